/** The content of pages: what is decoration is marked as such, text is set in runs, and every glyph says what it stands for. */
import { PDFDict, type PDFDocument, PDFName, type PDFPage, PDFRawStream, PDFRef } from '@cantoo/pdf-lib';
import { type FontReader, fontReader, type PrintedFont, streamBytes } from '../pdf-fonts.ts';
import { type Operation, readOperations, writeOperations } from '../pdf-operators.ts';
import type { StructureElement } from '../pdf-structure.ts';
import { type FontsByName, readTextObject, type TextObject } from '../pdf-text.ts';
import { PageRewriter } from './pdf-rewriter.ts';

/** What the pages turned out to hold, by page and number of marked content. */
export interface ContentFindings {
  /** Paints nothing that could be read: a background, a rule. */
  isDecoration(page: PDFRef, mcid: number): boolean;
  textOf(page: PDFRef, mcid: number): string;
}

/** The block that marked content stands in. */
export type Blocks = ReadonlyMap<PDFRef, ReadonlyMap<number, StructureElement>>;

/** Rewrites the content of all pages. Throws Error for content that is not as Chromium writes it. */
export function rewritePages(pdf: PDFDocument, blocks: Blocks): ContentFindings {
  const reader = fontReader(pdf);
  const pages = pdf.getPages().flatMap((page) => readPageContent(page, reader));
  // In forms (what is see-through, for one) glyphs may mean something else, and nobody looks there.
  if (pages.every(({ forms }) => forms.size === 0)) reader.writeUnicode(correctUnicode(pages));
  const findings = new Map(pages.map((page) => [page.reference, new PageRewriter(page, blocks.get(page.reference) ?? new Map())]));
  for (const [, rewriter] of findings) {
    const { target, operations } = rewriter.rewrite();
    pdf.context.assign(target, pdf.context.flateStream(Buffer.from(writeOperations(operations), 'latin1')));
  }
  return {
    isDecoration: (page, mcid) => findings.get(page)?.decoration.has(mcid) === true,
    textOf: (page, mcid) => findings.get(page)?.texts.get(mcid)?.join('') ?? '',
  };
}

/** A page's content, taken apart. */
export interface PageContent {
  reference: PDFRef;
  /** The stream that holds it. */
  target: PDFRef;
  /** Operations and, in their places among them, whole text objects. */
  parts: (Operation | TextObject)[];
  fonts: FontsByName;
  /** Names of content that stands elsewhere, with marks of its own. */
  forms: ReadonlySet<string>;
}

function readPageContent({ ref, node }: PDFPage, reader: FontReader): PageContent[] {
  const target = node.get(PDFName.of('Contents'));
  const stream = node.lookup(PDFName.of('Contents'));
  if (!(target instanceof PDFRef) || !(stream instanceof PDFRawStream)) return [];
  const resources = node.Resources();
  const fonts = (name: string) => reader.fontOf(resources, name);
  const parts = divideParts(readOperations(Buffer.from(streamBytes(stream)).toString('latin1')), fonts);
  return [{ reference: ref, target, fonts, parts, forms: formsIn(resources) }];
}

function formsIn(resources: PDFDict | undefined): Set<string> {
  const objects = resources?.lookupMaybe(PDFName.of('XObject'), PDFDict);
  const isForm = (object: unknown) => object instanceof PDFRawStream && object.dict.lookup(PDFName.of('Subtype')) === PDFName.of('Form');
  return new Set((objects?.keys() ?? []).filter((key) => isForm(objects?.lookup(key))).map(String));
}

function divideParts(operations: readonly Operation[], fonts: FontsByName): PageContent['parts'] {
  const parts: PageContent['parts'] = [];
  let object: Operation[] | null = null;
  for (const operation of operations) {
    if (operation.operator === 'BT') object = [];
    if (object === null) parts.push(operation);
    else object.push(operation);
    if (object === null || operation.operator !== 'ET') continue;
    parts.push(readTextObject(object, fonts));
    object = null;
  }
  if (object !== null) throw new Error('a text object does not end');
  return parts;
}

/**
 * Where two characters share a glyph, Chromium's map to Unicode names one of them, and text that means the other carries it as ActualText, which
 * not every reader looks at. Where a glyph always means the other, the map is to say so.
 */
function correctUnicode(pages: readonly PageContent[]): Set<PrintedFont> {
  const meanings = new Map<PrintedFont, Map<number, Set<string | null>>>();
  for (const { font, code, said, shared } of pages.flatMap(({ parts }) => parts.flatMap((part) => ('glyphs' in part ? part.glyphs : [])))) {
    const ofFont = meanings.get(font) ?? new Map<number, Set<string | null>>();
    const ofCode = ofFont.get(code) ?? new Set();
    meanings.set(font, ofFont.set(code, ofCode.add(shared ? null : said)));
  }
  const changed = new Set<PrintedFont>();
  for (const [font, codes] of meanings) {
    for (const [code, said] of codes) {
      const [meaning = null] = said;
      if (said.size !== 1 || meaning === null || meaning === '' || meaning === font.unicode.get(code)) continue;
      font.unicode.set(code, meaning);
      changed.add(font);
    }
  }
  return changed;
}
