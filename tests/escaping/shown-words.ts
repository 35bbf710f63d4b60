/** What a browser shows of a deck: the words of every slide, read from the page, and what happened meanwhile. */
import type { JSHandle, Page } from 'playwright-chromium';
import { showPage } from '../../scripts/export/page/print.ts';
import type { Session } from '../../scripts/export/run/session.ts';
import { TRAP } from '../arbitraries.ts';
import type { Words } from './planned-words.ts';

export interface Shown {
  words: Words[];
  documentTitle: string;
  /** Warnings and errors of the page. */
  complaints: string[];
  /** Whether some text was run. */
  trapped: boolean;
}

/** Chromium says that of the policy in our answers (export/answer-headers.ts), whatever the page holds. */
const OF_OUR_POLICY = /^An iframe which has both allow-scripts and allow-same-origin/;

/** Sessions that show a deck on the stage, as it is printed, and by Slidev's development server, as it is presented. */
export interface Sessions {
  printed: Session;
  /** Here alone Slidev compiles titles and renders notes. */
  live: Session;
}

/** Shows a deck as for printing and reads it; its titles as for presenting. Throws what showPage throws. */
export async function readShown({ printed, live }: Sessions, file: string, languageTag: string): Promise<Shown> {
  const shown = await printed.server.showDeck(file);
  const page = await printed.page();
  const complaints: string[] = [];
  const listen = (message: { type(): string; text(): string }) => {
    if ((message.type() === 'warning' || message.type() === 'error') && !OF_OUR_POLICY.test(message.text()))
      complaints.push(message.text());
  };
  page.on('console', listen);
  try {
    await showPage(page, { ...shown, languageTag });
    const { words, documentTitle } = await page.evaluate(readSlides);
    const { titles, notes } = await readLive(live, file, languageTag);
    const trapped = await page.evaluate((name) => Object.hasOwn(window, name), TRAP);
    const whole = words.map((each, index) => ({ ...each, notes: notes[index] ?? [], title: titles[index] ?? '' }));
    return { words: whole, documentTitle, complaints, trapped };
  } finally {
    page.off('console', listen);
  }
}

/** Runs in the page. */
function readSlides(): { words: Omit<Words, 'title' | 'notes'>[]; documentTitle: string } {
  /** A text for each piece that stands by itself: a block, a line, a drawn line; in the footer also what is not read aloud. */
  const piecesOf = (root: Element): string[] => {
    const pieces = [''];
    const walk = (node: Node) => {
      if (node instanceof Text) {
        const isPre = node.parentElement !== null && getComputedStyle(node.parentElement).whiteSpace.startsWith('pre');
        const [first = '', ...rest] = isPre ? node.data.split('\n') : [node.data];
        pieces[pieces.length - 1] += first;
        pieces.push(...rest);
      } else if (node instanceof Element && (node.getAttribute('aria-hidden') !== 'true' || node.closest('footer') !== null)) {
        const alone = node.tagName === 'BR' || !/^(?:inline|contents)$/.test(getComputedStyle(node).display);
        if (alone) pieces.push('');
        for (const child of node.childNodes) walk(child);
        if (alone) pieces.push('');
      }
    };
    walk(root);
    return pieces;
  };
  const words = [...document.querySelectorAll<HTMLElement>('.print-slide-container [data-slide-id]')].map((slide) => ({
    headline: slide.querySelector('h1')?.textContent ?? '',
    pieces: piecesOf(slide),
    isVisible: [...slide.querySelectorAll('*')].every((element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
    ),
    links: [...slide.querySelectorAll<HTMLAnchorElement>('a[target=_blank]')].map((link) => link.getAttribute('href') ?? ''),
    alts: [...slide.querySelectorAll('[role=img], img')].map(
      (image) => image.getAttribute('aria-label') ?? image.getAttribute('alt') ?? '',
    ),
  }));
  return { words, documentTitle: document.title };
}

/** The notes of every slide as Slidev's NoteDisplay.vue shows them, by `v-html`. */
async function readNotes(page: Page, slides: number): Promise<string[][]> {
  const addresses = numbers(slides).map((number) => `/@slidev/slides/${number}/frontmatter`);
  const modules = await load<{ meta: { slide: { noteHTML: string } } }>(page, addresses);
  return modules.evaluate((all) =>
    all.map(({ meta }) => {
      const box = document.createElement('div');
      box.innerHTML = meta.slide.noteHTML;
      document.body.append(box);
      if (box.querySelector(':not(p, br)') !== null) return [box.innerHTML];
      for (const end of box.querySelectorAll('br')) end.replaceWith('\n\n');
      const notes = [...box.children].flatMap((paragraph) => (paragraph.textContent ?? '').split('\n\n'));
      box.remove();
      return notes;
    }),
  );
}

async function readLive(
  { server, page: open }: Session,
  file: string,
  languageTag: string,
): Promise<{ titles: string[]; notes: string[][] }> {
  const shown = await server.showDeck(file);
  const { slides } = shown;
  const page = await open();
  await showPage(page, { ...shown, languageTag });
  return { titles: await readTitles(page, slides), notes: await readNotes(page, slides) };
}

/** Every title as Slidev's TitleRenderer shows it, in the surroundings that its component asks for. */
async function readTitles(page: Page, slides: number): Promise<string[]> {
  const renderer = '/@slidev/title-renderer.md';
  // The page itself may ask for no text; the cookie is the same.
  const code = await (await page.request.get(`${new URL(page.url()).origin}${renderer}?import`)).text();
  // From where it imports them itself: another copy of Vue would know nothing of this one's components.
  const [, vue = ''] = /"([^"]*\/vue\/dist\/[^"]*)"/.exec(code) ?? [];
  const [, client = ''] = /"([^"]*)\/context\.ts"/.exec(code) ?? [];
  const modules = await load<VueModules[number]>(page, [vue, renderer, `${client}/constants.ts`]);
  return modules.evaluate((loaded, all) => {
    const [{ createApp, h, ref }, { default: TitleRenderer }, names] = loaded as VueModules;
    return all.map((number) => {
      const box = document.createElement('div');
      const app = createApp({ render: () => h(TitleRenderer, { no: number }) });
      app.provide(names.injectionSlidevContext, { nav: {} });
      app.provide(names.injectionClicksContext, ref({ current: 0 }));
      app.provide(names.injectionCurrentPage, ref(number));
      app.provide(names.injectionRenderContext, ref('none'));
      app.mount(box);
      return box.textContent ?? '';
    });
  }, numbers(slides));
}

type VueModules = [typeof import('vue'), { default: import('vue').Component }, Record<string, symbol>];

/** Modules of the page's own; asked for by a text, for what compiles this file would make another thing of `import`. */
function load<T>(page: Page, urls: readonly string[]): Promise<JSHandle<T[]>> {
  return page.evaluateHandle(`Promise.all(${JSON.stringify(urls)}.map((url) => import(url)))`) as Promise<JSHandle<T[]>>;
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
