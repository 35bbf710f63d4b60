/** Inspects a finished PDF as a reader sees it, before it gets its final name and on request. */
import {
  ParseSpeeds,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  type PDFPage,
  PDFRef,
  PDFStream,
  PDFString,
} from '@cantoo/pdf-lib';
import { formOf, type PageOperations, readPages } from '../page-operations.ts';
import { findWrongCharacters, readPage, type TextItem } from '../page-text.ts';
import { type FontReader, fontReader, type PrintedFont } from '../pdf-fonts.ts';
import type { Operation } from '../pdf-operators.ts';
import { contentOf, elementsOf, isElement, readStructure, type StructureElement } from '../pdf-structure.ts';
import { actualText, codesIn } from '../pdf-text.ts';
import type { OutlineEntry } from '../write/pdf-outline.ts';
import type { PdfFault } from './inspect-faults.ts';
import { lostInDocument, lostOnPage, type Passage } from './lost-words.ts';
import { readShownText } from './shown-text.ts';

export { describeFault, type PdfFault } from './inspect-faults.ts';

/** What a PDF should be like. Without an expectation, only what the PDF says about itself is checked. */
export interface PdfExpectation {
  pages?: number;
  /** BCP 47. */
  languageTag?: string;
  /** The text that each page must show. */
  words?: readonly (readonly Passage[])[];
  /** Text that must be found somewhere, in the document's order: whole on a page, or running over from one page to the next. */
  passages?: readonly Passage[];
  outline?: readonly OutlineEntry[];
  /** All characters in the text that are not ASCII. When given, characters that only look like these are found. */
  characters?: ReadonlySet<string>;
  /** Characters that the theme's fonts do not have. Whether their text can be read depends on the fonts of the machine. */
  unsure?: ReadonlySet<string>;
}

export interface Inspection {
  faults: PdfFault[];
  /** Null when the PDF cannot be read. */
  pages: number | null;
  languageTag: string | null;
}

/** Returns all faults of a PDF. Empty for a good one. */
export async function inspectPdf(pdf: Uint8Array, expected: PdfExpectation = {}): Promise<PdfFault[]> {
  return (await readInspection(pdf, expected)).faults;
}

/** Like `inspectPdf`, and also returns what the PDF says about itself. */
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
  const texts = readShownText(objects, pages) ?? (await (await import('../pdf-reader.ts')).readForeignText(pdf));
  return { objects, pages, texts };
}

/** Errors of any reader mean that the file is faulty. */
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

/** Returns whether a PDF contains JavaScript: an action of that type (ISO 32000-1, 12.6.4.16), or scripts by name. */
function holdsScript({ context }: PDFDocument): boolean {
  return context.enumerateIndirectObjects().some(([, object]) => holds(object));
}

const KIND = PDFName.of('S');
const SCRIPT = PDFName.of('JavaScript');
const CODE = PDFName.of('JS');

/** Does not follow references: every indirect object is checked by itself. */
function holds(object: PDFObject): boolean {
  if (object instanceof PDFStream) return holds(object.dict);
  if (object instanceof PDFArray) return object.asArray().some(holds);
  if (!(object instanceof PDFDict)) return false;
  if (object.get(KIND) === SCRIPT || object.has(SCRIPT) || object.has(CODE)) return true;
  return object.values().some(holds);
}

// Content: everything that a page paints must be tagged or marked as decoration.

/** Finds pages that paint something outside of all marks. A screen reader may read such content anywhere, or skip it. */
function inspectContent(pages: readonly PageOperations[]): PdfFault[] {
  return pages.flatMap(({ operations }, index): PdfFault[] => {
    const page = index + 1;
    if ('reason' in operations) return [{ type: 'unreadable', reason: `page ${page}: ${operations.reason}` }];
    return paintsUnmarked(operations) ? [{ type: 'unmarked', page }] : [];
  });
}

/** Operators that paint. Content of forms (`Do`) has marks of its own. */
const PAINTS = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'S', 's', 'sh', 'BI', 'Tj', 'TJ', "'", '"']);

function paintsUnmarked(operations: readonly Operation[]): boolean {
  let depth = 0;
  for (const { operator } of operations) {
    if (operator === 'BDC' || operator === 'BMC') depth += 1;
    else if (operator === 'EMC') depth -= 1;
    else if (depth === 0 && PAINTS.has(operator)) return true;
  }
  return false;
}

/**
 * Finds fonts that another machine would replace (not embedded) or that make searching and copying unreliable (Type 3, or without a map to
 * Unicode).
 */
function inspectFonts({ context }: PDFDocument): PdfFault[] {
  const faults = new Map<string, PdfFault>();
  for (const [, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict) || nameIn(object, 'Type') !== 'Font') continue;
    const reason = faultOf(object);
    const name = nameIn(object, 'BaseFont') ?? '(unnamed)';
    if (reason !== null) faults.set(`${name} ${reason}`, { type: 'font', name, reason });
  }
  return [...faults.values()];
}

function faultOf(font: PDFDict): 'type3' | 'not-embedded' | 'no-unicode' | null {
  const kind = nameIn(font, 'Subtype');
  if (kind === 'Type3') return 'type3';
  if (kind !== 'Type0') return hasFile(font) || kind?.startsWith('CIDFont') ? null : 'not-embedded';
  const descendants = font.lookup(PDFName.of('DescendantFonts'));
  const first = descendants instanceof PDFArray ? descendants.lookup(0) : undefined;
  if (!(first instanceof PDFDict) || !hasFile(first)) return 'not-embedded';
  // Its codes are glyphs, so only the map gives their text.
  return nameIn(font, 'Encoding') === 'Identity-H' && !font.has(PDFName.of('ToUnicode')) ? 'no-unicode' : null;
}

function hasFile(font: PDFDict): boolean {
  const descriptor = font.lookup(PDFName.of('FontDescriptor'));
  return descriptor instanceof PDFDict && ['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor.has(PDFName.of(key)));
}

function nameIn(dict: PDFDict, key: string): string | null {
  const value = dict.lookup(PDFName.of(key));
  return value instanceof PDFName ? value.decodeText() : null;
}

// Tags and metadata, which screen readers and archives use.

/** Checks that the PDF is tagged and that its figures have alternative text. */
function inspectTags(pdf: PDFDocument): PdfFault[] {
  const marks = pdf.catalog.lookup(PDFName.of('MarkInfo'));
  const isMarked = marks instanceof PDFDict && String(marks.lookup(PDFName.of('Marked'))) === 'true';
  const elements = [...elementsOf(readStructure(pdf) ?? [])];
  if (!isMarked || elements.every(({ kids }) => kids.every(isElement))) return [{ type: 'not-tagged' }];
  const numbers = new Map<PDFRef, number>(pdf.getPages().map(({ ref }, index) => [ref, index + 1]));
  const pageOf = (element: StructureElement) => {
    const content = contentOf(element)[0];
    return content === undefined ? null : (numbers.get(content.page) ?? null);
  };
  const silent = elements.filter(({ type, dict }) => ['Figure', 'Formula'].includes(type) && !saysSomething(dict));
  return silent.map((element) => ({ type: 'no-alt', page: pageOf(element) }));
}

/** Checks the title, that it is displayed, and the XMP. */
function inspectMetadata(pdf: PDFDocument): PdfFault[] {
  const faults: PdfFault[] = [];
  if ((pdf.getTitle() ?? '').trim() === '') faults.push({ type: 'metadata', what: 'title' });
  if (pdf.catalog.getViewerPreferences()?.getDisplayDocTitle() !== true) faults.push({ type: 'metadata', what: 'shown-title' });
  if (!(pdf.catalog.lookup(PDFName.of('Metadata')) instanceof PDFStream)) faults.push({ type: 'metadata', what: 'xmp' });
  return faults;
}

function saysSomething(dict: PDFDict): boolean {
  return ['Alt', 'ActualText'].some((key) => {
    const value = dict.lookup(PDFName.of(key));
    return (value instanceof PDFString || value instanceof PDFHexString) && value.decodeText().trim() !== '';
  });
}

// Glyphs: for a character without a glyph the page shows the font's box or nothing, even if the text is right.

/** Returns a fault for each page that shows such a character, margins included. Skips fonts whose codes are not glyphs. */
function inspectGlyphs(pdf: PDFDocument, pages: readonly PageOperations[]): PdfFault[] {
  const fonts = fontReader(pdf);
  return pages.flatMap(({ operations, resources }, index): PdfFault[] => {
    if ('reason' in operations) return [];
    const missing = [...missingIn(operations, resources, fonts, 0)];
    if (missing.length === 0) return [];
    return [{ type: 'no-glyph', page: index + 1, text: missing.join('') || null }];
  });
}

/** In TrueType and OpenType, glyph 0 is `.notdef`, shown for characters that the font does not have. */
const NOT_DEFINED = 0;
const DEEPEST = 20;

/** Yields the text of each missing glyph. Empty when the page does not give it. */
function* missingIn(operations: readonly Operation[], resources: PDFDict | undefined, fonts: FontReader, depth: number): Generator<string> {
  let font: PrintedFont | null = null;
  const marks: (string | null)[] = [];
  for (const { operator, operands } of operations) {
    const [first = ''] = operands;
    if (operator === 'Tf') font = fonts.fontOf(resources, first);
    else if (operator === 'BDC' || operator === 'BMC') marks.push(actualText(operands));
    else if (operator === 'EMC') marks.pop();
    else if (operator === 'Tj' || operator === 'TJ') {
      if (font !== null && codesIn(first).includes(NOT_DEFINED)) yield marks.findLast((said) => said !== null) ?? '';
    } else if (operator === 'Do' && depth < DEEPEST) {
      const form = formOf(first, resources);
      if (form !== null) yield* missingIn(form.operations, form.resources, fonts, depth + 1);
    }
  }
}

/** Checks that there is an outline. When the expected outline is given, reports the first entry that differs in title, depth or page. */
function inspectOutline(pdf: PDFDocument, expected: readonly OutlineEntry[] | undefined): PdfFault[] {
  const there = linesFound(pdf);
  if (there.length === 0) return [{ type: 'no-outline' }];
  if (expected === undefined) return [];
  const wanted = linesWanted(expected, 0);
  const place = Array.from({ length: Math.max(wanted.length, there.length) }, (_, index) => index).find(
    (index) => wanted[index] !== there[index],
  );
  if (place === undefined) return [];
  return [{ type: 'outline', place: place + 1, expected: wanted[place] ?? null, found: there[place] ?? null }];
}

const line = (title: string, depth: number, page: number) => `${'- '.repeat(depth)}${title}, page ${page}`;

function linesWanted(entries: readonly OutlineEntry[], depth: number): string[] {
  return entries.flatMap(({ title, page, entries: inner }) => [line(title, depth, page), ...linesWanted(inner, depth + 1)]);
}

function linesFound(pdf: PDFDocument): string[] {
  const pages = new Map<PDFObject | undefined, number>(pdf.getPages().map(({ ref }, index) => [ref, index + 1]));
  const lines: string[] = [];
  // Guards against an outline that refers back to itself.
  const seen = new Set<PDFRef>();
  const visit = (first: PDFObject | undefined, depth: number) => {
    for (let next = first; next instanceof PDFRef && !seen.has(next); ) {
      seen.add(next);
      const entry = pdf.context.lookup(next);
      if (!(entry instanceof PDFDict)) return;
      const title = entry.lookup(PDFName.of('Title'));
      const text = title instanceof PDFString || title instanceof PDFHexString ? title.decodeText() : '';
      lines.push(line(text, depth, pages.get(targetOf(pdf, entry)) ?? 0));
      visit(entry.get(PDFName.of('First')), depth + 1);
      next = entry.get(PDFName.of('Next'));
    }
  };
  const outline = pdf.catalog.lookup(PDFName.of('Outlines'));
  if (outline instanceof PDFDict) visit(outline.get(PDFName.of('First')), 0);
  return lines;
}

/** Returns the page of an outline entry, which may be given directly or by name (ISO 32000-1, 12.3.2). */
function targetOf(pdf: PDFDocument, entry: PDFDict): PDFObject | undefined {
  const action = entry.lookup(PDFName.of('A'));
  const place = action instanceof PDFDict ? action.lookup(PDFName.of('D')) : entry.lookup(PDFName.of('Dest'));
  const named = place instanceof PDFName ? pdf.catalog.lookupMaybe(PDFName.of('Dests'), PDFDict)?.lookup(place) : place;
  return named instanceof PDFArray ? named.get(0) : undefined;
}

// Links: their targets, and whether all readers can follow them.

/**
 * Finds links that lead nowhere, to the machine that made the PDF, or anywhere but to the web, a mail address or a PDF in the same folder;
 * links without description or tag, or out of order; and scripts.
 */
function inspectLinks(pdf: PDFDocument): PdfFault[] {
  const pages = new Set<PDFObject>(pdf.getPages().map(({ ref }) => ref));
  return pdf.getPages().flatMap((page, index) => inspectPage(pdf, page, index + 1, pages));
}

function inspectPage(pdf: PDFDocument, { node }: PDFPage, page: number, pages: ReadonlySet<PDFObject>): PdfFault[] {
  const annotations = (node.Annots()?.asArray() ?? []).map((each) => pdf.context.lookup(each)).filter((each) => each instanceof PDFDict);
  const links = annotations.filter((each) => each.lookup(PDFName.of('Subtype')) === PDFName.of('Link'));
  const faults = links.flatMap((link) => inspectLink(pdf, link, page, pages));
  const isOrdered = links.length === 0 || node.lookup(PDFName.of('Tabs')) === PDFName.of('S');
  return isOrdered ? faults : [...faults, { type: 'tab-order', page }];
}

function inspectLink(pdf: PDFDocument, link: PDFDict, page: number, pages: ReadonlySet<PDFObject>): PdfFault[] {
  const description = textIn(link, 'Contents');
  const faults = inspectTarget(pdf, link, { page, pages, text: description });
  if (description === '') faults.push({ type: 'no-description', page });
  if (!link.has(PDFName.of('StructParent'))) faults.push({ type: 'untagged-link', page });
  return faults;
}

interface Place {
  page: number;
  pages: ReadonlySet<PDFObject>;
  text: string;
}

function inspectTarget(pdf: PDFDocument, link: PDFDict, { page, pages, text }: Place): PdfFault[] {
  const leads = (destination: PDFObject | undefined): PdfFault[] =>
    isPlace(pdf, destination, pages) ? [] : [{ type: 'dead-link', page, text }];
  const action = link.lookup(PDFName.of('A'));
  if (!(action instanceof PDFDict)) return leads(link.lookup(PDFName.of('Dest')));
  const kind = action.lookup(PDFName.of('S'));
  const name = kind instanceof PDFName ? kind.decodeText() : 'nothing';
  switch (name) {
    case 'GoTo':
      return leads(action.lookup(PDFName.of('D')));
    case 'GoToR': {
      const file = textIn(action, 'F');
      return /^[^/\\:]+\.pdf$/i.test(file) ? [] : [{ type: 'link', page, url: file }];
    }
    case 'URI': {
      const url = textIn(action, 'URI');
      if (/^javascript:/i.test(url)) return [{ type: 'script' }];
      return isPublic(url) ? [] : [{ type: 'link', page, url }];
    }
    case 'JavaScript':
      return [{ type: 'script' }];
    default:
      return [{ type: 'action', page, action: name }];
  }
}

/** Returns whether a destination is on a page of the PDF. Names are looked up as in PDF 1.1 and as Chromium writes them. */
function isPlace(pdf: PDFDocument, destination: PDFObject | undefined, pages: ReadonlySet<PDFObject>): boolean {
  if (destination instanceof PDFArray) {
    const target = destination.get(0);
    return target instanceof PDFRef && pages.has(target);
  }
  const named = destination instanceof PDFName ? pdf.catalog.lookupMaybe(PDFName.of('Dests'), PDFDict)?.lookup(destination) : undefined;
  return named instanceof PDFArray && isPlace(pdf, named, pages);
}

/** Returns whether a URL is absolute and means the same on every machine. */
function isPublic(url: string): boolean {
  if (/^mailto:[^\s@]+@/i.test(url)) return true;
  const host = /^https?:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]+)/i.exec(url)?.[1]?.toLowerCase();
  return host !== undefined && !/^(?:localhost|.*\.localhost|127(?:\.\d+){1,3}|0(?:\.0){0,3}|\[(?:::1|::)\])$/.test(host);
}

function textIn(dict: PDFDict, key: string): string {
  const value = dict.lookup(PDFName.of(key));
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : '';
}
