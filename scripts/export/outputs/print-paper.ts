/** Documents as PDF: printed once to find out the pages of everything, then again with page numbers. */
import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'playwright-chromium';
import { type Destinations, readDestinations } from '../../pdf/destinations.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { loadFonts } from '../page/load-fonts.ts';
import { settled, watchFaults } from '../page/page-faults.ts';
import type { FinishOutput, PaperJob } from '../run/export-job.ts';
import type { SlideEntry } from '../run/manifest.ts';
import type { Session } from '../run/session.ts';
import type { ShowAttempt } from '../run/show-deck.ts';
import { finishPrinted } from './finish-printed.ts';
import { paperExpectation } from './pdf-expectations.ts';

/**
 * Prints a document to memory. Throws ExpectedError when the document cannot be shown completely, and the signal's reason when that is
 * aborted.
 */
export async function printDocument(job: PaperJob, session: Session, { signal }: ShowAttempt): Promise<FinishOutput> {
  const { server, papers } = session;
  const page = await session.page();
  signal.throwIfAborted();
  await showPaper(page, `${server.origin}${papers.show(job.paper, job.images)}`);
  signal.throwIfAborted();
  await checkWidth(page, job);
  signal.throwIfAborted();
  const { printed, destinations } = await printNumbered(page, signal);
  signal.throwIfAborted();
  const { pages } = destinations;
  return async () => ({
    content: await finishPrinted(printed, job, paperExpectation(job, pages), session),
    pages,
    entries: entriesOf(job, destinations),
    sources: [...job.sources],
  });
}

interface PrintedPaper {
  printed: Uint8Array;
  destinations: Destinations;
}

/** Page numbers have a fixed width in our template, so one pass is enough. Other templates may need more. */
const MOST_PASSES = 4;

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
export function keepShortParagraphs(): void {
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
