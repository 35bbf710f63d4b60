/** Looks at a finished PDF as a reader would, before it gets its name and whenever somebody asks. */
import { ParseSpeeds, PDFDocument, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib';
import { findWrongCharacters } from '../page-characters.ts';
import { type PageOperations, readPages } from '../page-operations.ts';
import { readPage, type TextItem } from '../page-text.ts';
import type { OutlineEntry } from '../write/pdf-outline.ts';
import { inspectContent } from './inspect-content.ts';
import type { PdfFault } from './inspect-faults.ts';
import { inspectFonts } from './inspect-fonts.ts';
import { inspectGlyphs } from './inspect-glyphs.ts';
import { inspectLinks } from './inspect-links.ts';
import { inspectOutline } from './inspect-outline.ts';
import { holdsScript } from './inspect-scripts.ts';
import { inspectMetadata, inspectTags } from './inspect-tags.ts';
import { lostInDocument, lostOnPage, type Passage } from './lost-words.ts';
import { readShownText } from './shown-text.ts';

export { describeFault, type PdfFault } from './inspect-faults.ts';

/** What a PDF is to be. What is left out is not known, and only what a PDF says itself is looked at. */
export interface PdfExpectation {
  pages?: number;
  /** BCP 47. */
  languageTag?: string;
  /** What each page must show. */
  words?: readonly (readonly Passage[])[];
  /** What must be found somewhere: on a page whole, or at the end of one and the beginning of the next; in the document's order. */
  passages?: readonly Passage[];
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
  const opened = await open(pdf).catch(reasonOf);
  if (typeof opened === 'string') return { faults: [{ type: 'unreadable', reason: opened }], pages: null, languageTag: null };
  const { objects, pages, texts } = opened;
  const languageTag = languageOf(objects);
  const faults = [
    ...inspectDocument(objects, languageTag, expected),
    ...inspectTags(objects),
    ...inspectContent(pages),
    ...inspectMetadata(objects),
    ...inspectTexts(texts, expected),
    ...inspectLinks(objects),
    ...inspectFonts(objects),
    ...inspectGlyphs(objects, pages),
  ];
  return { faults: withoutRepetition(faults), pages: pages.length, languageTag };
}

interface Opened {
  objects: PDFDocument;
  pages: PageOperations[];
  texts: TextItem[][];
}

async function open(pdf: Uint8Array): Promise<Opened> {
  const objects = await PDFDocument.load(pdf, { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest });
  const pages = readPages(objects);
  const texts = readShownText(objects, pages) ?? (await (await import('./foreign-text.ts')).readForeignText(pdf));
  return { objects, pages, texts };
}

/** Of whatever reads a PDF: the file is at fault. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function languageOf({ catalog }: PDFDocument): string | null {
  const value = catalog.lookup(PDFName.of('Lang'));
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : null;
}

function inspectDocument(objects: PDFDocument, languageTag: string | null, expected: PdfExpectation): PdfFault[] {
  const faults: PdfFault[] = [];
  const { pages, languageTag: wanted = null } = expected;
  const found = objects.getPageCount();
  if (pages !== undefined && found !== pages) faults.push({ type: 'pages', expected: pages, found });
  faults.push(...inspectOutline(objects, expected.outline));
  if (languageTag === null || (wanted !== null && languageTag !== wanted)) {
    faults.push({ type: 'language', expected: wanted, found: languageTag });
  }
  if (holdsScript(objects)) faults.push({ type: 'script' });
  return faults;
}

function inspectTexts(
  texts: readonly TextItem[][],
  { words = [], passages = [], characters, unsure = new Set() }: PdfExpectation,
): PdfFault[] {
  const faults: PdfFault[] = [];
  const pages = texts.map((items) => readPage(items, unsure));
  for (const [index, text] of pages.entries()) {
    const page = index + 1;
    if (text.isEmpty) faults.push({ type: 'no-text', page });
    else faults.push(...lostOnPage(words[index] ?? [], text).map((lost): PdfFault => ({ type: 'lost', page, lost })));
    for (const character of findWrongCharacters(texts[index] ?? [], { characters, unsure }))
      faults.push({ type: 'code-point', page, character });
  }
  return [...faults, ...lostInDocument(passages, pages).map((lost): PdfFault => ({ type: 'lost', page: null, lost }))];
}

function withoutRepetition(faults: readonly PdfFault[]): PdfFault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}
