/**
 * The page that shows decks one after the other: Slidev's app is unmounted and mounted again with the next deck, without loading scripts,
 * styles and fonts again.
 */

/** Modules of Slidev that depend on the deck, by id. They are empty on the stage, which fills them. */
export const EMPTY_MODULES: Readonly<Record<string, string>> = {
  // Reactive, because values computed from the settings of one deck are wrong for the next one.
  '/@slidev/configs': "import { reactive } from 'vue';\nexport default reactive({});\n",
  '/@slidev/slides': "import { shallowRef } from 'vue';\nexport const slides = shallowRef([]);\n",
  '/@slidev/title-renderer': 'export default { render: () => null };\n',
};

/**
 * Returns the script of the page, which Vite bundles: Slidev's own main.ts, run again for every deck. `showOnStage` takes a deck from
 * deck-data.ts. When only some slides differ from the shown deck, only these are rendered again.
 */
export function stageScript(client: string, layouts: Readonly<Record<string, string>>): string {
  const files = Object.entries(layouts);
  // Slidev's own list of layouts is invalid when a layout has a hyphen in its name.
  const imports = files.map(([, file], index) => `import layout${index} from ${JSON.stringify(file)};`);
  const list = files.map(([name], index) => `${JSON.stringify(name)}: layout${index}`);
  return `${imports.join('\n')}\nconst layouts = { ${list.join(', ')} };\n${script(client)}`;
}

const script = (client: string) => `
import { useHead } from '@unhead/vue';
import { createApp, createStaticVNode, h, nextTick, reactive, shallowReactive } from 'vue';
import configs from '#slidev/configs';
import { slides } from '#slidev/slides';
import App from ${JSON.stringify(`${client}/App.vue`)};
import { useNav } from ${JSON.stringify(`${client}/composables/useNav.ts`)};
import { frontmatterToProps, useSlideContext } from ${JSON.stringify(`${client}/context.ts`)};
import setupMain from ${JSON.stringify(`${client}/setup/main.ts`)};
import ${JSON.stringify(`${client}/pages/print.vue`)};

/** What is shown: the app, Slidev's navigation in it, and the deck with its routes. */
let shown = null;

/** One deck after the other, also where somebody does not wait. */
let turn = Promise.resolve();
globalThis.showOnStage = (deck) => {
  turn = turn.catch(() => {}).then(() => put(deck));
  return turn;
};

async function put(deck) {
  // Shown by whoever has seen to its fonts.
  document.documentElement.style.display = 'none';
  if (shown !== null && isAlike(shown.deck, deck)) await replaceSlides(deck);
  else await replaceDeck(deck);
}

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const isAlike = (one, other) => one.slides.length === other.slides.length && isSame(one.configs, other.configs);

async function replaceSlides(deck) {
  const stays = deck.slides.map((slide, index) => isSame(slide, shown.deck.slides[index]));
  const routes = deck.slides.map((slide, index) => (stays[index] ? shown.routes[index] : routeOf(slide, index)));
  shown.nav.printRange.value = routes.map(({ no }) => no).filter((no) => stays[no - 1]);
  await nextTick();
  slides.value = routes;
  shown.nav.printRange.value = routes.map(({ no }) => no);
  Object.assign(shown, { deck, routes });
  await nextTick();
}

async function replaceDeck(deck) {
  shown?.app.unmount();
  shown = null;
  for (const name of Object.keys(configs)) if (!Object.hasOwn(deck.configs, name)) delete configs[name];
  Object.assign(configs, deck.configs);
  const routes = deck.slides.map(routeOf);
  slides.value = routes;
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
  shown = { app, nav, deck, routes };
}

/** A slide as Slidev's own list has it: what its compiler writes into modules, made here. */
function routeOf({ layout, slots, title, level, ...slide }, index) {
  const no = index + 1;
  const frontmatter = reactive(slide.frontmatter);
  const contents = Object.fromEntries(Object.entries(slots).map(([name, html]) => [name, () => createStaticVNode(html, 1)]));
  const component = {
    setup() {
      const { $clicksContext } = useSlideContext();
      $clicksContext.setup();
      return () => h(layouts[layout], frontmatterToProps(frontmatter, index), contents);
    },
  };
  const meta = shallowReactive({
    get layout() { return frontmatter.layout; },
    get transition() { return frontmatter.transition; },
    get class() { return frontmatter.class; },
    get clicks() { return frontmatter.clicks; },
    get name() { return frontmatter.name; },
    get preload() { return frontmatter.preload; },
    slide: { title, level, frontmatter, id: index, no, index, note: '', noteHTML: '', filepath: '', start: 0, sourceIndex: index },
    __clicksContext: null,
    __preloaded: false,
  });
  return { no, meta, load: async () => ({ default: component }), component };
}
`;
