/** A document in the browser's page: shown, its page numbers filled in, printed. */
import type { Page } from 'playwright-chromium';
import type { Destinations } from '../../pdf/destinations.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { loadFonts } from './load-fonts.ts';
import { watchFaults } from './page-faults.ts';
import { settled } from './settled.ts';

/** Shows a document and returns when it is laid out with all its fonts and images. Throws ExpectedError for what could not be loaded, and BrowserFault when that is not its fault. */
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
 * Prints the shown document. A draft has no tags and is quicker; laying it out for paper also loads the fonts that only its margins need. Throws ExpectedError
 * when one of them cannot be had.
 */
export async function printPaper(page: Page, kind: 'draft' | 'final'): Promise<Uint8Array> {
  const isFinal = kind === 'final';
  const pdf = await page.pdf({ tagged: isFinal, outline: isFinal, printBackground: true, preferCSSPageSize: true });
  const broken = await page.evaluate(settled);
  if (broken !== null) throw new ExpectedError(`the page reports an error: ${broken}`);
  return pdf;
}

/** What is wider than the text of the shown document; null when nothing is. `id` is that of the nearest headline before it. */
export async function findTooWide(page: Page): Promise<{ id: string; pixels: number; text: string } | null> {
  return page.evaluate(widest);
}

/** Writes the page of each anchor where the document leaves room for it. Throws ExpectedError for an anchor that is nowhere. */
export async function fillPageNumbers(page: Page, { places }: Destinations): Promise<void> {
  const numbers = Object.fromEntries([...places].map(([id, place]) => [id, String(place.page)]));
  const missing = await page.evaluate(writePageNumbers, numbers);
  if (missing !== null)
    throw new ExpectedError(`the document names the page of "${missing}", which is nowhere in it`, { hint: 'correct the template' });
}

/** Runs in the page, whose body is as wide as the text on paper. */
function widest(): { id: string; pixels: number; text: string } | null {
  const edge = document.body.getBoundingClientRect().right;
  /** Spaces of code that stand where a line ends hang out of it, unseen: they are in its box, but not in what its block scrolls. */
  const rightOf = (element: Element) => {
    const { left, right } = element.getBoundingClientRect();
    return element.matches('pre') ? Math.max(right, left + element.scrollWidth) : right;
  };
  let found: { element: Element; pixels: number } | null = null;
  for (const element of document.body.querySelectorAll(':not(pre *)')) {
    const pixels = Math.ceil(rightOf(element) - edge);
    // A pixel is what rounding makes.
    if (pixels > 1 && (found === null || pixels > found.pixels)) found = { element, pixels };
  }
  if (found === null) return null;
  const { element, pixels } = found;
  const id = element.closest('article')?.querySelector('h3')?.id ?? element.closest('[id]')?.id ?? '';
  return { id, pixels, text: (element.textContent ?? '').trim().slice(0, 60) };
}

/**
 * Runs in the page. Where a paragraph has fewer lines than `orphans` and `widows` together, Chromium 143 looks after the first alone and leaves its last
 * line on the next page: such paragraphs are not divided.
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
