/**
 * The page in which decks are shown one after the other: Slidev's app is taken down and put up again with another deck, while what it cost to read scripts,
 * styles and fonts stays (a deck after the first one 0.1 s instead of 0.3 s).
 */

/** Where the page has its own modules: settings and slides that Slidev's client takes for those of its only deck. */
export const STAGE_FILES: Readonly<Record<string, string>> = {
  // Reactive, for what was worked out from the settings of one deck is not right for the next one.
  '/deck/configs.js':
    "import { reactive } from '/shell/vue.js';\nimport configs from './first.js';\nexport default reactive({ ...configs });\n",
  '/deck/slides.js': "import { shallowRef } from '/shell/vue.js';\nexport const slides = shallowRef([]);\n",
};

/** Where the page looks for what is of one deck; the shell is made without it. */
export const DECK_MODULES: Readonly<Record<string, string>> = {
  '/@slidev/configs': '/deck/configs.js',
  '/@slidev/slides': '/deck/slides.js',
  '/@slidev/title-renderer': '/deck/titles.js',
};

/**
 * The script that the page starts with, as Vite bundles it: Slidev's own main.ts, done again for every deck. A deck is the address of a module that exports
 * its `configs`, its `routes` with their `versions`, and the addresses of its own `styles`. Of a deck that differs from the shown one in some slides only, just
 * these are put up again.
 */
export const stageScript = (client: string): string => `
import { useHead } from '@unhead/vue';
import { createApp, h, nextTick } from 'vue';
import configs from '#slidev/configs';
import { slides } from '#slidev/slides';
import App from ${JSON.stringify(`${client}/App.vue`)};
import { useNav } from ${JSON.stringify(`${client}/composables/useNav.ts`)};
import setupMain from ${JSON.stringify(`${client}/setup/main.ts`)};

/** What is shown: the app, Slidev's navigation in it, the deck and its style sheets. */
let shown = null;

globalThis.showOnStage = async (address) => {
  const deck = await import(/* @vite-ignore */ address);
  // Shown by whoever has seen to its fonts.
  document.documentElement.style.display = 'none';
  if (shown !== null && isAlike(shown.deck, deck)) await replaceSlides(deck);
  else await replaceDeck(deck);
};

const isAlike = (one, other) =>
  one.routes.length === other.routes.length &&
  one.styles.length + other.styles.length === 0 &&
  JSON.stringify(one.configs) === JSON.stringify(other.configs);

async function replaceSlides(deck) {
  const isSame = (index) => deck.versions[index] === shown.deck.versions[index];
  const routes = deck.routes.map((route, index) => (isSame(index) ? shown.deck.routes[index] : route));
  shown.nav.printRange.value = routes.map(({ no }) => no).filter((no) => isSame(no - 1));
  await nextTick();
  slides.value = routes;
  shown.nav.printRange.value = routes.map(({ no }) => no);
  shown.deck = { ...deck, routes };
  await nextTick();
}

async function replaceDeck(deck) {
  shown?.app.unmount();
  for (const sheet of shown?.sheets ?? []) sheet.remove();
  shown = null;
  for (const name of Object.keys(configs)) if (!Object.hasOwn(deck.configs, name)) delete configs[name];
  Object.assign(configs, deck.configs);
  slides.value = deck.routes;
  const sheets = deck.styles.map((href) => Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));
  // What fails to load says so itself.
  await Promise.all(sheets.map((sheet) => new Promise((resolve) => {
    sheet.onload = resolve;
    sheet.onerror = resolve;
    document.head.append(sheet);
  })));
  let nav = null;
  const app = createApp({
    setup() {
      nav = useNav();
      return () => h(App);
    },
  });
  await setupMain(app);
  app.mount('#app');
  await app.config.globalProperties.$router.isReady();
  // Slidev's own title is that of the first deck.
  app.runWithContext(() => useHead({ title: configs.slidesTitle }));
  await nextTick();
  shown = { app, nav, deck, sheets };
}
`;
