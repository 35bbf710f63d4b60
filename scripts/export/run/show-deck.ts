/** Shows a deck in the page, completely and checked, before an output is made from it. */
import { stripVTControlCharacters } from 'node:util';
import type { Page } from 'playwright-chromium';
import { asToldWriteError, ExpectedError } from '../../shared/errors.ts';
import { listOf } from '../outputs/finish-printed.ts';
import { showPage } from '../page/print.ts';
import type { ShownDeck } from '../server/deck-server.ts';
import type { DeckJob, MadeOutput } from './export-job.ts';
import { slideEntries } from './manifest.ts';
import type { OutputContent } from './output-place.ts';
import type { Session } from './session.ts';

export interface ShowAttempt {
  /** The deck if the server already shows it, else null. */
  shown: ShownDeck | null;
  /** Aborted when the result is not needed any more: page and server must not be used then, because others use them. */
  signal: AbortSignal;
}

/**
 * Shows a deck with all its slides, and calls `make` with the page. Throws ExpectedError when it does not compile or does not fit, and the
 * signal's reason when that is aborted.
 */
export async function withShownDeck<T>(job: DeckJob, session: Session, attempt: ShowAttempt, make: (page: Page) => Promise<T>): Promise<T> {
  try {
    const page = await show(job, session, attempt);
    const made = await (job.part === undefined ? make(page) : withFirstSlides(page, job.part.slides, `${job.deck.name}.pdf`, make));
    attempt.signal.throwIfAborted();
    return made;
  } catch (error) {
    throw asToldWriteError(error, "Slidev's work folder");
  }
}

/** Returns an output with a page for each slide. */
export function madeFromDeck({ deck }: DeckJob, content: OutputContent): MadeOutput {
  const entries = slideEntries(deck);
  const sources = [...new Set(entries.flatMap(({ file }) => (file === null ? [] : [file])))].sort();
  return { content, pages: entries.length, entries, sources };
}

async function show(job: DeckJob, session: Session, { shown, signal }: ShowAttempt): Promise<Page> {
  const planned = job.part?.of ?? job.deck.slides.length;
  const deck = shown ?? (await session.server.showDeck(job.deck.file, signal));
  const { slides } = deck;
  signal.throwIfAborted();
  if (slides !== planned)
    throw new ExpectedError(`${job.deck.file} has ${slides} slides instead of ${planned}`, { hint: 'run generate again' });
  const page = await session.page();
  signal.throwIfAborted();
  try {
    await showPage(page, { ...deck, languageTag: job.deck.languageTag, look: 'look' in job.variant ? job.variant.look : 'light' });
  } catch (error) {
    throw withComplaint(error, session.server.complaints());
  }
  signal.throwIfAborted();
  // The slides of other parts are no fault of this output.
  const overflows = (await measureOverflow(page)).filter((each) => each.page <= job.deck.slides.length);
  signal.throwIfAborted();
  if (overflows.length > 0) throw new ExpectedError(describeOverflows(overflows, job), { hint: 'shorten the text of these slides' });
  return page;
}

/**
 * Calls `make` while the page shows only the first slides of the deck. Links to the others lead to their pages in the file `whole`. The page is
 * as before afterwards, because the next output shows it again.
 */
async function withFirstSlides<T>(page: Page, slides: number, whole: string, make: (page: Page) => Promise<T>): Promise<T> {
  await page.evaluate(hideOthers, { slides, whole });
  try {
    return await make(page);
  } finally {
    await page.evaluate(showAll);
  }
}

/** Runs in the page. */
function hideOthers({ slides, whole }: { slides: number; whole: string }): void {
  const all = [...document.querySelectorAll<HTMLElement>('.print-slide-container')];
  const first = all.slice(0, slides);
  for (const link of first.flatMap((slide) => [...slide.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')])) {
    const href = link.getAttribute('href') ?? '';
    const target = document.getElementById(href.slice(1))?.closest<HTMLElement>('.print-slide-container') ?? null;
    const number = target === null ? 0 : all.indexOf(target) + 1;
    if (number <= slides) continue;
    link.dataset.whole = href;
    link.setAttribute('href', `/${whole}#page=${number}`);
  }
  for (const slide of all.slice(slides)) slide.style.display = 'none';
}

/** Runs in the page. */
function showAll(): void {
  for (const slide of document.querySelectorAll<HTMLElement>('.print-slide-container')) slide.style.removeProperty('display');
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-whole]')) {
    link.setAttribute('href', link.dataset.whole ?? '');
    delete link.dataset.whole;
  }
}

/** Adds the server's reason: the page only knows that a file did not load. */
function withComplaint(error: unknown, complaints: readonly string[]): unknown {
  const complaint = stripVTControlCharacters(complaints[0] ?? '').split('\n')[0] ?? '';
  if (!(error instanceof ExpectedError) || complaint === '') return error;
  return new ExpectedError(`${error.message}; Slidev says: ${complaint}`, { cause: error });
}

function describeOverflows(overflows: readonly Overflow[], { deck }: DeckJob): string {
  return listOf(
    overflows.map(({ page, slide, pixels, edge, text }) => {
      const names = [slide, deck.slides[page - 1]?.source].filter((name) => typeof name === 'string');
      const where = names.length === 0 ? `slide ${page}` : `slide ${page} (${names.join(', ')})`;
      return `${where} leaves its box by ${pixels} px at the ${edge}: "${text}"`;
    }),
  );
}

type Edge = 'top' | 'right' | 'bottom' | 'left';

/** Content that extends beyond its box or its slide. */
export interface Overflow {
  /** Counted from 1. */
  page: number;
  /** Id of the slide, or null when its root has none. */
  slide: string | null;
  edge: Edge;
  /** By how many CSS pixels, rounded up. */
  pixels: number;
  /** The beginning of the overflowing text. */
  text: string;
}

/**
 * Measures every slide of the page: the content of an element marked `data-fit` must stay inside it, and all text and pictures must stay on
 * the slide. Returns the worst place per slide and edge; up to 1 px is rounding. Does not measure `aria-hidden` decoration outside of
 * footers, and text for screen readers only.
 */
export async function measureOverflow(page: Page): Promise<Overflow[]> {
  return page.evaluate(measureSlides);
}

/** Runs in the page, so it must not use anything outside itself. */
function measureSlides(): Overflow[] {
  const tolerance = 1;
  const worst = new Map<string, Overflow>();

  // Remembered per element, because all of its descendants need it.
  const hidden = new Map<Element, boolean>();
  const isHidden = (element: Element | null): boolean => {
    if (element === null) return false;
    const known = hidden.get(element);
    if (known !== undefined) return known;
    const found = hidesItself(element) || isHidden(element.parentElement);
    hidden.set(element, found);
    return found;
  };
  const hidesItself = (element: Element): boolean => {
    if (element.getAttribute('aria-hidden') === 'true' && element.closest('footer') === null) return true;
    const { overflowX, position } = getComputedStyle(element);
    if (position !== 'absolute' || overflowX === 'visible') return false;
    const { width, height } = element.getBoundingClientRect();
    return width <= 1 && height <= 1;
  };

  /** A line of text is as high as its `line-height`. A range measures the font's own box, which is larger. */
  const measured = new Map<Text, DOMRect[]>();
  const textBoxes = (node: Text): DOMRect[] => {
    const boxes = measured.get(node) ?? measureText(node);
    measured.set(node, boxes);
    return boxes;
  };
  /** Preserved spaces at a line end extend beyond it without being visible, so each word is measured there. */
  const partsOf = (node: Text, parent: Element): DOMRect[] => {
    const range = document.createRange();
    range.selectNodeContents(node);
    if (getComputedStyle(parent).whiteSpaceCollapse !== 'preserve') return [...range.getClientRects()];
    return [...node.data.matchAll(/\S+/g)].flatMap(({ index, 0: word }) => {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      return [...range.getClientRects()];
    });
  };
  const measureText = (node: Text): DOMRect[] => {
    const parent = node.parentElement;
    if (parent === null || (node.textContent ?? '').trim() === '') return [];
    // A drawing may be scaled down, including its lines.
    const scale = parent instanceof SVGGraphicsElement ? (parent.getScreenCTM()?.a ?? 1) : 1;
    const lineHeight = Number.parseFloat(getComputedStyle(parent).lineHeight) * scale;
    return partsOf(node, parent).map((box) => {
      if (Number.isNaN(lineHeight) || box.height <= lineHeight) return box;
      return new DOMRect(box.x, box.y + (box.height - lineHeight) / 2, box.width, lineHeight);
    });
  };

  interface Item {
    box: DOMRect;
    text: string;
  }
  const nodesIn = (root: Element, kind: number): Node[] => {
    const walker = document.createTreeWalker(root, kind);
    const nodes: Node[] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) nodes.push(node);
    return nodes;
  };
  const texts = (root: Element): Item[] =>
    nodesIn(root, NodeFilter.SHOW_TEXT)
      .filter((node) => node instanceof Text)
      .filter((node) => node.parentElement !== null && !isHidden(node.parentElement))
      .flatMap((node) => textBoxes(node).map((box) => ({ box, text: (node.textContent ?? '').trim() })));

  const pictures = new Set(['img', 'svg', 'canvas', 'video', 'table', 'hr']);
  const isPicture = (element: Element) => pictures.has(element.tagName.toLowerCase());
  const isBlock = (element: Element) =>
    element.closest('svg') === null && !['inline', 'contents', 'none'].includes(getComputedStyle(element).display);
  const boxes = (root: Element, wanted: (element: Element) => boolean): Item[] =>
    nodesIn(root, NodeFilter.SHOW_ELEMENT)
      .filter((node) => node instanceof Element)
      .filter((element) => wanted(element) && !isHidden(element))
      .map((element) => ({
        box: element.getBoundingClientRect(),
        text: (element.textContent ?? '').trim() || element.tagName.toLowerCase(),
      }))
      .filter(({ box }) => box.width > 0 && box.height > 0);

  const compare = (page: number, slide: string | null, frame: DOMRect, { box, text }: Item) => {
    const beyond: Record<Edge, number> = {
      top: frame.top - box.top,
      right: box.right - frame.right,
      bottom: box.bottom - frame.bottom,
      left: frame.left - box.left,
    };
    for (const edge of ['top', 'right', 'bottom', 'left'] as const) {
      if (beyond[edge] <= tolerance) continue;
      const overflow: Overflow = { page, slide, edge, pixels: Math.ceil(beyond[edge]), text: text.replace(/\s+/g, ' ').slice(0, 60) };
      const known = worst.get(`${page} ${edge}`);
      if (known === undefined || known.pixels < overflow.pixels) worst.set(`${page} ${edge}`, overflow);
    }
  };

  for (const [index, container] of [...document.querySelectorAll('.print-slide-container')].entries()) {
    const slide = container.querySelector<HTMLElement>('[data-slide-id]')?.dataset.slideId ?? null;
    const edges = container.getBoundingClientRect();
    for (const item of [...texts(container), ...boxes(container, isPicture)]) compare(index + 1, slide, edges, item);
    for (const fit of container.querySelectorAll('[data-fit]')) {
      const frame = fit.getBoundingClientRect();
      for (const item of [...texts(fit), ...boxes(fit, (element) => isPicture(element) || isBlock(element))])
        compare(index + 1, slide, frame, item);
    }
  }
  return [...worst.values()].sort((a, b) => a.page - b.page);
}
