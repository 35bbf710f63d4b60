/** Rewrites the content of pages: marks decoration as such, sets text in runs, and corrects the text of glyphs. */
import { PDFDict, type PDFDocument, PDFName, type PDFPage, PDFRawStream, PDFRef } from '@cantoo/pdf-lib';
import { type FontReader, fontReader, type PrintedFont, streamBytes } from '../pdf-fonts.ts';
import { type Operation, readOperations, writeOperations } from '../pdf-operators.ts';
import type { StructureElement } from '../pdf-structure.ts';
import { actualText, type FontsByName, hexOf, type Line, readText, readTextObject, setRuns, type TextObject } from '../pdf-text.ts';

/** What the pages contain, by page and number of marked content (MCID). */
export interface ContentFindings {
  /** Whether the content paints nothing readable, such as a background or a rule. */
  isDecoration(page: PDFRef, mcid: number): boolean;
  textOf(page: PDFRef, mcid: number): string;
}

/** The block of each marked content, by page and MCID. */
export type Blocks = ReadonlyMap<PDFRef, ReadonlyMap<number, StructureElement>>;

/** Rewrites the content of all pages. Throws Error for content that is not as Chromium writes it. */
export function rewritePages(pdf: PDFDocument, blocks: Blocks): ContentFindings {
  const reader = fontReader(pdf);
  const pages = pdf.getPages().flatMap((page) => readPageContent(page, reader));
  // Forms (used for transparency, for example) may use glyphs with other meanings, and they are not read.
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

/** A page's parsed content. */
export interface PageContent {
  reference: PDFRef;
  /** The stream that holds the content. */
  target: PDFRef;
  /** Operations and whole text objects, in order. */
  parts: (Operation | TextObject)[];
  fonts: FontsByName;
  /** Names of forms, which have marks of their own. */
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
 * Corrects Unicode maps. When two characters share a glyph, Chromium's map names one of them, and text with the other has ActualText, which
 * not every reader uses. When a glyph always stands for the other character, the map is changed to say so.
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

// Rewrites one page: decoration marked as such, text in runs, spaces at line breaks.

const PAINTS_PATH = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'S', 's']);
const BUILDS_PATH = new Set(['m', 'l', 'c', 'v', 'y', 'h', 're', 'W', 'W*']);
const PAINTS_PICTURE = new Set(['Do', 'sh', 'BI']);

interface Mark {
  /** Null when the mark does not belong to the tree. */
  mcid: number | null;
  /** Its operation, which is replaced if the content is decoration. */
  begin: Operation;
  paints: boolean;
  shows: boolean;
}

class PageRewriter {
  readonly decoration = new Set<number>();
  readonly texts = new Map<number, string[]>();
  private readonly content: PageContent;
  private readonly blocks: ReadonlyMap<number, StructureElement>;
  private readonly marks: Mark[] = [];
  private written: Operation[] = [];
  private pathStart: number | null = null;
  private before: TextBefore | null = null;

  constructor(content: PageContent, blocks: ReadonlyMap<number, StructureElement>) {
    this.content = content;
    this.blocks = blocks;
  }

  rewrite(): { target: PDFRef; operations: Operation[] } {
    for (const part of this.content.parts) {
      if ('glyphs' in part) this.takeText(part);
      else this.take(part);
    }
    return { target: this.content.target, operations: this.written };
  }

  private take(operation: Operation): void {
    const { operator } = operation;
    if (operator === 'BDC' || operator === 'BMC') this.begin(operation);
    else if (operator === 'EMC') this.end(operation);
    else if (BUILDS_PATH.has(operator)) {
      this.pathStart ??= this.written.length;
      this.written.push(operation);
    } else if (PAINTS_PATH.has(operator)) {
      this.paint([...this.written.splice(this.pathStart ?? this.written.length), operation], false);
      this.pathStart = null;
    } else if (operator === 'Do' && this.marks.length === 0 && this.content.forms.has(operation.operands[0] ?? ''))
      this.written.push(operation);
    else if (PAINTS_PICTURE.has(operator)) this.paint([operation], true);
    else {
      this.pathStart = null;
      this.written.push(operation);
    }
  }

  private begin(operation: Operation): void {
    const begin = { ...operation };
    const [, mcid] = /\/MCID\s+(\d+)/.exec(operation.operands[1] ?? '') ?? [];
    this.marks.push({ mcid: mcid === undefined ? null : Number(mcid), begin, paints: false, shows: false });
    this.written.push(begin);
  }

  private end(operation: Operation): void {
    const mark = this.marks.pop();
    const outer = this.marks.at(-1);
    if (mark !== undefined && outer !== undefined) {
      outer.paints ||= mark.paints;
      outer.shows ||= mark.shows;
    }
    this.written.push(operation);
    if (mark === undefined || mark.mcid === null || mark.shows || this.isPicture(mark.mcid)) return;
    this.decoration.add(mark.mcid);
    if (mark.paints) Object.assign(mark.begin, ARTIFACT);
    else {
      this.written.pop();
      this.written = this.written.filter((each) => each !== mark.begin);
    }
  }

  /** The lines of a drawing are content, not decoration. */
  private isPicture(mcid: number): boolean {
    return this.blocks.get(mcid)?.type === 'Figure';
  }

  private paint(operations: readonly Operation[], shows: boolean): void {
    const mark = this.marks.at(-1);
    if (mark === undefined) this.written.push(ARTIFACT, ...operations, END);
    else {
      mark.paints = true;
      mark.shows ||= shows;
      this.written.push(...operations);
    }
  }

  private takeText(object: TextObject): void {
    const { fonts } = this.content;
    const { operations, line } = setRuns(withoutRepetition(object, fonts), fonts);
    this.paint(operations, true);
    const mcid = this.marks.findLast((mark) => mark.mcid !== null)?.mcid ?? null;
    const block = mcid === null ? undefined : this.blocks.get(mcid);
    if (mcid === null || block === undefined) return;
    const text = readText(object);
    if (this.before !== null && this.before.block === block && this.before.line.baseline !== line.baseline) this.divide(this.before, text);
    const texts = this.texts.get(mcid) ?? [];
    texts.push(text);
    this.texts.set(mcid, texts);
    this.before = { block, texts, line };
  }

  /** Adds the space that Chromium drops at a line break. Without it, readers that ignore positions would join two words. */
  private divide({ texts, line: { last } }: TextBefore, next: string): void {
    if (!isWordBreak(texts.at(-1) ?? '', next)) return;
    texts.push(' ');
    const space = [...(last?.font.unicode ?? [])].find(([, said]) => said === ' ')?.[0];
    if (last === null || space === undefined) return;
    const { operation } = last;
    operation.operands = [(operation.operands[0] ?? '').replace(/>(\]?)$/, `${hexOf(space)}>$1`)];
  }
}

interface TextBefore {
  block: StructureElement;
  /** The texts of its marked content so far. */
  texts: string[];
  line: Line;
}

const ARTIFACT: Operation = { operator: 'BMC', operands: ['/Artifact'] };
const END: Operation = { operator: 'EMC', operands: [] };

/** Returns whether there is a space between two lines of a text: not after a hyphen inside a word, and not in Chinese or Japanese. */
function isWordBreak(before: string, after: string): boolean {
  if (before === '' || after === '' || /^\s/.test(after) || /\s$/.test(before)) return false;
  if (WITHOUT_SPACES.test(before.slice(-1)) || WITHOUT_SPACES.test(after.slice(0, 1))) return false;
  return !/\p{L}[-\u00ad\u2010]$/u.test(before);
}

const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff60]/u;

/**
 * Removes ActualText that only repeats the text of its glyphs: not every reader uses it, and some take its end for the end of the
 * surrounding text.
 */
function withoutRepetition(object: TextObject, fonts: FontsByName): TextObject {
  if (object.glyphs.every(({ said }) => said === null)) return object;
  const needless = new Set<Operation>();
  const { operations } = object;
  let begin = -1;
  for (const [at, operation] of operations.entries()) {
    if (operation.operator === 'BDC') begin = at;
    if (operation.operator !== 'EMC' || begin === -1) continue;
    const [opening] = operations.slice(begin, begin + 1);
    const set = operations.slice(0, at).filter(({ operator }) => operator === 'Tf');
    const inside = readTextObject([...set.slice(-1), ...operations.slice(begin + 1, at)], fonts);
    // For searching, a no-break space is a space.
    if (opening !== undefined && actualText(opening.operands)?.replaceAll('\u00a0', ' ') === readText(inside))
      needless.add(opening).add(operation);
    begin = -1;
  }
  return { ...object, operations: operations.filter((operation) => !needless.has(operation)) };
}
