/** Looks at a finished PDF as a reader would, before it gets its name and whenever somebody asks. */
import { PDFDocument } from '@cantoo/pdf-lib';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { inspectContent } from './inspect-content.ts';
import type { PdfFault } from './inspect-faults.ts';
import { inspectFonts } from './inspect-fonts.ts';
import { inspectLinks } from './inspect-links.ts';
import { inspectOutline } from './inspect-outline.ts';
import { inspectMetadata, inspectTags } from './inspect-tags.ts';
import { findWrongCharacters } from './page-characters.ts';
import { isOnPages, type PageText, readPage } from './page-text.ts';
import type { OutlineEntry } from './pdf-outline.ts';
import { loadPdfReader } from './pdf-reader.ts';

export { describeFault, type PdfFault } from './inspect-faults.ts';

/** What a PDF is to be. What is left out is not known, and only what a PDF says itself is looked at. */
export interface PdfExpectation {
  pages?: number;
  /** BCP 47. */
  languageTag?: string;
  /** Headline of each page, which its text must contain. */
  titles?: readonly string[];
  /** The quotes of each page, which its text must contain whole. */
  quotes?: readonly (readonly string[])[];
  /** What must be found somewhere: on a page whole, or at the end of one and the beginning of the next. */
  passages?: readonly string[];
  outline?: readonly OutlineEntry[];
  /** All that is written in it and is not ASCII; where that is known, characters that only look like these are found. */
  characters?: ReadonlySet<string>;
  /** Characters that the theme's fonts do not have: whether their text can be read depends on the machine's. */
  unsure?: ReadonlySet<string>;
}

export interface Inspection {
  faults: PdfFault[];
  /** Null when it cannot be read. */
  pages: number | null;
  languageTag: string | null;
}

/** Every way in which a PDF is not what was planned; none for a good one. */
export async function inspectPdf(pdf: Uint8Array, expected: PdfExpectation = {}): Promise<PdfFault[]> {
  return (await readInspection(pdf, expected)).faults;
}

/** The same, with what the PDF says of itself. */
export async function readInspection(pdf: Uint8Array, expected: PdfExpectation = {}): Promise<Inspection> {
  const { getDocument, VerbosityLevel } = await loadPdfReader();
  // A copy, for pdf.js takes the bytes away from whoever gave them; and of this type, for it refuses Node's own.
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: VerbosityLevel.ERRORS, isEvalSupported: false, useSystemFonts: false });
  try {
    const opened = await Promise.all([task.promise, PDFDocument.load(pdf, { updateMetadata: false })]).catch(reasonOf);
    if (typeof opened === 'string') return { faults: [{ type: 'unreadable', reason: opened }], pages: null, languageTag: null };
    const [document, objects] = opened;
    const languageTag = await languageOf(document);
    const faults = [
      ...(await inspectDocument(document, languageTag, expected)),
      ...inspectTags(objects),
      ...inspectContent(objects),
      ...inspectMetadata(objects),
      ...(await inspectPages(document, expected)),
      ...inspectLinks(objects),
      ...inspectFonts(objects),
    ];
    return { faults: withoutRepetition(faults), pages: document.numPages, languageTag };
  } finally {
    await task.destroy();
  }
}

/** Of whatever reads a PDF: the file is at fault. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function languageOf(document: PDFDocumentProxy): Promise<string | null> {
  const { info } = await document.getMetadata();
  return 'Language' in info && typeof info.Language === 'string' ? info.Language : null;
}

async function inspectDocument(document: PDFDocumentProxy, languageTag: string | null, expected: PdfExpectation): Promise<PdfFault[]> {
  const faults: PdfFault[] = [];
  const { pages, languageTag: wanted = null } = expected;
  if (pages !== undefined && document.numPages !== pages) faults.push({ type: 'pages', expected: pages, found: document.numPages });
  faults.push(...(await inspectOutline(document, expected.outline)));
  if (languageTag === null || (wanted !== null && languageTag !== wanted)) {
    faults.push({ type: 'language', expected: wanted, found: languageTag });
  }
  if ((await document.getJSActions()) !== null) faults.push({ type: 'script' });
  return faults;
}

async function inspectPages(
  document: PDFDocumentProxy,
  { titles = [], quotes = [], passages = [], characters, unsure = new Set() }: PdfExpectation,
): Promise<PdfFault[]> {
  const faults: PdfFault[] = [];
  const pages: PageText[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const items = (await page.getTextContent()).items.flatMap((item) => ('str' in item ? [item] : []));
    const text = readPage(items, unsure);
    pages.push(text);
    const title = titles[number - 1];
    if (text.isEmpty) faults.push({ type: 'no-text', page: number });
    else if (title !== undefined && !text.holds(title) && !text.holdsLetters(title)) faults.push({ type: 'no-title', page: number, title });
    for (const quote of quotes[number - 1] ?? []) {
      if (!text.holds(quote)) faults.push({ type: 'no-quote', page: number, quote });
    }
    for (const character of findWrongCharacters(items, { characters, unsure }))
      faults.push({ type: 'code-point', page: number, character });
  }
  for (const passage of passages) if (!isOnPages(passage, pages)) faults.push({ type: 'no-passage', passage });
  return faults;
}

function withoutRepetition(faults: readonly PdfFault[]): PdfFault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}
