/** Prints each format. All other steps of an export are the same for every format. */
import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'playwright-chromium';
import type { HandoutPage } from '../../model/outputs/handout.ts';
import { type Destinations, readDestinations } from '../../pdf/destinations.ts';
import { describeFault } from '../../pdf/inspect/inspect-pdf.ts';
import { describeLost, lostOnPage } from '../../pdf/inspect/lost-words.ts';
import { readPage } from '../../pdf/page-text.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { loadFonts } from '../page/load-fonts.ts';
import { watchFaults } from '../page/page-faults.ts';
import { screenshotSlides } from '../page/print.ts';
import { settled } from '../page/settled.ts';
import type { FromDeck, Job, PicturesJob } from '../run/export-job.ts';
import { type SlideEntry, slideEntries } from '../run/manifest.ts';
import type { OutputContent } from '../run/output-place.ts';
import type { Finisher, Session } from '../run/session.ts';
import { type ShowAttempt, withShownDeck } from '../run/show-deck.ts';
import { handoutExpectation, passagesOfSlide } from './deck-expectation.ts';
import { printDeck } from './deck-pdf.ts';
import { finishPrinted, listOf } from './finish-printed.ts';
import type { HandoutJob } from './handout-job.ts';
import { type PaperJob, paperExpectation } from './paper-job.ts';

export interface MadeOutput {
  content: OutputContent;
  pages: number;
  entries: SlideEntry[];
  /** Content files, relative to the content folder, sorted. */
  sources: string[];
}

/** The result of the browser. The remaining steps need no browser. */
export interface PrintedOutput {
  /** Throws ExpectedError when the output is not as planned. */
  finish(): Promise<MadeOutput>;
}

/** Prints an output to memory. Throws as the printer of its format does. */
export async function printOutput(job: Job, session: Session, attempt: ShowAttempt): Promise<PrintedOutput> {
  const { finisher, server } = session;
  finisher.warmUp();
  switch (job.format) {
    case 'slides': {
      const printed = await printDeck(job, session, attempt);
      return { finish: async () => ofDeck(job, await finishPrinted(printed, job, server.origin, finisher)) };
    }
    case 'png': {
      const pictures = await makePictures(job, session, attempt);
      return { finish: async () => ofDeck(job, pictures) };
    }
    case 'pptx': {
      // Imported here, because only presentations need it.
      const { makePresentation } = await import('../pptx/deck-presentation.ts');
      const finish = await makePresentation(job, session, attempt);
      return { finish: async () => ofDeck(job, await finish()) };
    }
    case 'handout': {
      const finish = await printHandout(job, session, attempt);
      return {
        async finish() {
          const { pdf, pages, entries } = await finish();
          return { content: pdf, pages, entries, sources: sourcesOf(entries) };
        },
      };
    }
    case 'briefing':
    case 'book': {
      const finish = await printPaperJob(job, session, attempt.signal);
      return {
        async finish() {
          const { pdf, pages, entries } = await finish();
          return { content: pdf, pages, entries, sources: [...job.sources] };
        },
      };
    }
  }
}

function ofDeck({ deck }: FromDeck, content: OutputContent): MadeOutput {
  const entries = slideEntries(deck);
  return { content, pages: entries.length, entries, sources: sourcesOf(entries) };
}

function sourcesOf(entries: readonly SlideEntry[]): string[] {
  return [...new Set(entries.flatMap(({ file }) => (file === null ? [] : [file])))].sort();
}

// Pictures of a deck's slides.

/** Returns a PNG of every slide at twice its size, by file name: `001.png` is the first. Throws as withShownDeck does. */
async function makePictures(job: PicturesJob, session: Session, attempt: ShowAttempt): Promise<Map<string, Uint8Array>> {
  const pictures = await withShownDeck(job, session, attempt, async (page) => {
    await checkWords(page, job);
    return screenshotSlides(page);
  });
  const digits = Math.max(3, String(pictures.length).length);
  return new Map(pictures.map((picture, index) => [`${String(index + 1).padStart(digits, '0')}.png`, picture]));
}

/** Checks the words on the page, because the finished picture cannot be searched. */
async function checkWords(page: Page, { deck }: PicturesJob): Promise<void> {
  const shown = await page.evaluate(visibleWords);
  const faults = deck.slides.flatMap((slide, index) => {
    const read = readPage([{ str: shown[index] ?? '', dir: 'ltr', hasEOL: true }]);
    return lostOnPage(passagesOfSlide(slide), read).map((lost) => `picture ${index + 1} ${describeLost(lost)}`);
  });
  if (faults.length > 0) throw new ExpectedError(`the pictures are not as planned: ${listOf(faults)}`);
}

/** Runs in the page. */
function visibleWords(): string[] {
  const isSeen = (element: Element | null) => element?.checkVisibility({ visibilityProperty: true, opacityProperty: true }) === true;
  return [...document.querySelectorAll('.print-slide-container')].map((slide) => {
    const walker = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
    let text = '';
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) if (isSeen(node.parentElement)) text += node.textContent;
    return text;
  });
}

// A document as PDF: printed once to find out the pages of everything, then again with page numbers.

interface MadePaper {
  pdf: Uint8Array;
  pages: number;
  /** The page on which each exchange begins. */
  entries: SlideEntry[];
}

/**
 * Prints a document to memory. The returned function finishes and inspects it, and throws ExpectedError when it is not as planned. Throws
 * ExpectedError when the document cannot be shown completely, and the signal's reason when that is aborted.
 */
async function printPaperJob(job: PaperJob, session: Session, signal: AbortSignal): Promise<() => Promise<MadePaper>> {
  const { server, papers, finisher } = session;
  const page = await session.page();
  signal.throwIfAborted();
  await showPaper(page, `${server.origin}${papers.show(job.paper, job.images)}`);
  signal.throwIfAborted();
  await checkWidth(page, job);
  signal.throwIfAborted();
  const { printed, destinations } = await printNumbered(page, signal);
  signal.throwIfAborted();
  return () => finishPaper(job, { printed, destinations }, server.origin, finisher);
}

interface PrintedPaper {
  printed: Uint8Array;
  destinations: Destinations;
}

async function finishPaper(job: PaperJob, { printed, destinations }: PrintedPaper, origin: string, finisher: Finisher): Promise<MadePaper> {
  const { metadata, languageTag, date } = job;
  const { pdf, faults } = await finisher.finish({
    printed,
    finish: { metadata, languageTag, date, origin },
    expected: paperExpectation(job, destinations.pages),
  });
  if (faults.length > 0) throw new ExpectedError(`the PDF is not as planned: ${faults.map(describeFault).slice(0, MOST_NAMED).join('; ')}`);
  return { pdf, pages: destinations.pages, entries: entriesOf(job, destinations) };
}

/** Page numbers have a fixed width in our template, so one pass is enough. Other templates may need more. */
const MOST_PASSES = 4;
const MOST_NAMED = 5;

async function printNumbered(page: Page, signal: AbortSignal): Promise<PrintedPaper> {
  let known = await readDestinations(await printPaper(page, 'draft'));
  for (let pass = 1; pass <= MOST_PASSES; pass += 1) {
    signal.throwIfAborted();
    await fillPageNumbers(page, known);
    const printed = await printPaper(page, 'final');
    const destinations = await readDestinations(printed);
    if (isDeepStrictEqual(pagesOf(destinations), pagesOf(known))) return { printed, destinations };
    known = destinations;
  }
  throw new ExpectedError('its page numbers move what they count, again and again', {
    hint: 'give them a place of fixed width in templates/briefing/briefing.css',
  });
}

function pagesOf({ pages, places }: Destinations): [number, ...[string, number][]] {
  return [pages, ...[...places].map(([id, { page }]): [string, number] => [id, page])];
}

/** Throws when something is too wide, such as a table with many columns, because paper would cut it off. */
async function checkWidth(page: Page, { exchanges }: PaperJob): Promise<void> {
  const wide = await findTooWide(page);
  if (wide === null) return;
  const file = exchanges.find(({ id }) => id === wide.id)?.file;
  const what = wide.text === '' ? 'a figure' : `"${wide.text}"`;
  throw new ExpectedError(`${what}${file === undefined ? '' : ` of ${file}`} is ${wide.pixels} px wider than the page`, {
    hint: 'shorten the table, the figure or the label',
  });
}

function entriesOf({ exchanges }: PaperJob, { places }: Destinations): SlideEntry[] {
  return exchanges.flatMap(({ id, exchange, file, hash }) => {
    const place = places.get(id);
    return place === undefined ? [] : [{ page: place.page, slide: id, exchange, file, hash }];
  });
}

// A handout as PDF: the deck is shown as for its slides, and the page is rearranged before it is printed.

interface MadeHandout {
  pdf: Uint8Array;
  pages: number;
  /** The page of each slide. */
  entries: SlideEntry[];
}

/**
 * Prints a handout to memory. The returned function finishes and inspects it, and throws ExpectedError when it is not as planned. Throws as
 * printDeck does.
 */
async function printHandout(job: HandoutJob, session: Session, attempt: ShowAttempt): Promise<() => Promise<MadeHandout>> {
  const printed = await withShownDeck({ ...job, look: 'light' }, session, attempt, async (page) => {
    await showHandout(page, job.page);
    attempt.signal.throwIfAborted();
    await page.evaluate(keepShortParagraphs);
    return printPaper(page, 'final');
  });
  return () => finishHandout(job, printed, session.server.origin, session.finisher);
}

async function finishHandout(job: HandoutJob, printed: Uint8Array, origin: string, finisher: Finisher): Promise<MadeHandout> {
  const { deck, metadata, date, unsure, passages } = job;
  const { languageTag } = deck;
  const destinations = await readDestinations(printed);
  const places = deck.slides.map((_, index) => destinationOf(index + 1, destinations));
  const expected = handoutExpectation(deck, { places, pages: destinations.pages, passages, unsure });
  const finish = { metadata, languageTag, date, origin, outline: expected.outline, sections: 'tags' as const };
  const { pdf, faults } = await finisher.finish({ printed, finish, expected });
  if (faults.length > 0) throw new ExpectedError(`the PDF is not as planned: ${listOf(faults.map(describeFault))}`);
  const entries = slideEntries(deck).map((entry, index) => ({ ...entry, page: places[index]?.page ?? entry.page }));
  return { pdf, pages: destinations.pages, entries };
}

function destinationOf(slide: number, { places }: Destinations): { page: number; y: number } {
  const place = places.get(placeOf(slide));
  if (place !== undefined) return place;
  throw new ExpectedError(`the handout does not say where slide ${slide} stands`, { hint: 'correct the template handout.html.hbs' });
}

// Rearranges a shown deck for paper: moves each slide to its place in the handout, smaller but equally sharp.

/** Returns the id of a slide's place, as the template writes it. Slides are counted from 1. */
const placeOf = (slide: number): string => `handout.${slide}`;

/** Puts the slides of the shown deck into a handout. Throws ExpectedError when a slide has no place, or something does not load. */
async function showHandout(page: Page, { html, style }: HandoutPage): Promise<void> {
  const lost = await page.evaluate(arrange, { html, style });
  if (lost !== null)
    throw new ExpectedError(`the handout has no place for slide ${lost}`, { hint: 'correct the template handout.html.hbs' });
  const broken = await page.evaluate(settled);
  if (broken !== null) throw new ExpectedError(`the page reports an error: ${broken}`);
}

/**
 * Runs in the page. Returns the first slide without a place. Each slide is scaled by an SVG with a view box of the slide's size: CSS zoom
 * would break its lines differently, and Chromium prints transformed elements as separate forms, in which some readers find no text.
 */
function arrange({ html, style }: { html: string; style: string }): number | null {
  const frame = (slide: HTMLElement): Element => {
    const { width, height } = slide.getBoundingClientRect();
    const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    drawing.setAttribute('viewBox', `0 0 ${width} ${height}`);
    drawing.setAttribute('role', 'none');
    const inside = document.createElementNS('http://www.w3.org/2000/svg', 'foreignObject');
    inside.setAttribute('width', String(width));
    inside.setAttribute('height', String(height));
    drawing.append(inside);
    inside.append(slide);
    return drawing;
  };
  const slides = [...document.querySelectorAll<HTMLElement>('.print-slide-container')];
  const handout = Object.assign(document.createElement('div'), { innerHTML: html });
  const places = new Map([...handout.querySelectorAll<HTMLElement>('[data-slide]')].map((place) => [place.dataset.slide, place]));
  for (const [index, slide] of slides.entries()) {
    const place = places.get(String(index + 1));
    if (place === undefined) return index + 1;
    // All headlines of a deck have the first level. In a document they are one level lower.
    for (const headline of slide.querySelectorAll('h1')) headline.ariaLevel = place.dataset.level ?? '1';
    place.append(frame(slide));
  }
  document.head.append(Object.assign(document.createElement('style'), { textContent: style }));
  document.body.replaceChildren(...handout.childNodes);
  return null;
}

// Shows a document in the browser's page, fills in its page numbers, and prints it.

/**
 * Shows a document. Resolves when it is laid out with all its fonts and images. Throws ExpectedError for anything that could not be loaded,
 * and BrowserFault when the document is not to blame.
 */
export async function showPaper(page: Page, url: string): Promise<void> {
  const faults = watchFaults(page, url);
  try {
    await page.goto(url, { waitUntil: 'load' });
    await page.evaluate(loadFonts);
    await page.evaluate(() => document.documentElement.removeAttribute('hidden'));
    const broken = await page.evaluate(settled);
    const fault = faults.all()[0] ?? (broken === null ? null : new ExpectedError(`the page reports an error: ${broken}`));
    if (fault !== null) throw fault;
    await page.evaluate(keepShortParagraphs);
  } finally {
    faults.stop();
  }
}

/**
 * Prints the shown document. A draft has no tags and is faster. Layout for paper also loads the fonts that only the margins need. Throws
 * ExpectedError when one of them cannot be loaded.
 */
export async function printPaper(page: Page, kind: 'draft' | 'final'): Promise<Uint8Array> {
  const isFinal = kind === 'final';
  const pdf = await page.pdf({ tagged: isFinal, outline: isFinal, printBackground: true, preferCSSPageSize: true });
  const broken = await page.evaluate(settled);
  if (broken !== null) throw new ExpectedError(`the page reports an error: ${broken}`);
  return pdf;
}

/** Returns what is wider than the text of the shown document. Null when nothing is. `id` is that of the nearest headline before it. */
async function findTooWide(page: Page): Promise<{ id: string; pixels: number; text: string } | null> {
  return page.evaluate(widest);
}

/** Writes the page of each anchor into the places for it. Throws ExpectedError for an anchor that does not exist. */
async function fillPageNumbers(page: Page, { places }: Destinations): Promise<void> {
  const numbers = Object.fromEntries([...places].map(([id, place]) => [id, String(place.page)]));
  const missing = await page.evaluate(writePageNumbers, numbers);
  if (missing !== null)
    throw new ExpectedError(`the document names the page of "${missing}", which is nowhere in it`, { hint: 'correct the template' });
}

/** Runs in the page, whose body is as wide as the text on paper. */
function widest(): { id: string; pixels: number; text: string } | null {
  const edge = document.body.getBoundingClientRect().right;
  /** Spaces of code at a line end extend beyond it without being visible: they are in its box, but not in its block's scroll width. */
  const rightOf = (element: Element) => {
    const { left, right } = element.getBoundingClientRect();
    return element.matches('pre') ? Math.max(right, left + element.scrollWidth) : right;
  };
  let found: { element: Element; pixels: number } | null = null;
  for (const element of document.body.querySelectorAll(':not(pre *)')) {
    const pixels = Math.ceil(rightOf(element) - edge);
    // Up to one pixel is rounding.
    if (pixels > 1 && (found === null || pixels > found.pixels)) found = { element, pixels };
  }
  if (found === null) return null;
  const { element, pixels } = found;
  const id = element.closest('article')?.querySelector('h3')?.id ?? element.closest('[id]')?.id ?? '';
  return { id, pixels, text: (element.textContent ?? '').trim().slice(0, 60) };
}

/**
 * Runs in the page. Keeps short paragraphs together: when a paragraph has fewer lines than `orphans` and `widows` together, Chromium 143
 * respects only the former and leaves the last line alone on the next page.
 */
function keepShortParagraphs(): void {
  for (const paragraph of document.querySelectorAll('p')) {
    const { lineHeight, orphans, widows } = getComputedStyle(paragraph);
    const lines = Math.round(paragraph.getBoundingClientRect().height / Number.parseFloat(lineHeight));
    if (lines < Number(orphans) + Number(widows)) paragraph.style.breakInside = 'avoid';
  }
}

/** Runs in the page. */
function writePageNumbers(numbers: Record<string, string>): string | null {
  for (const element of document.querySelectorAll<HTMLElement>('[data-page-of]')) {
    const id = element.dataset.pageOf ?? '';
    const number = Object.hasOwn(numbers, id) ? numbers[id] : undefined;
    if (number === undefined) return id;
    element.textContent = number;
  }
  return null;
}
