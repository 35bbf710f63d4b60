/** Markdown -> the blocks of model/text.ts. Only nodes on an allow-list are converted; all others are shown as they were typed. */
import type { BlockContent, DefinitionContent, Heading, List, Nodes, PhrasingContent, Root, RootContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { type Block, type Inline, inlineToPlain } from '../../model/text/text.ts';
import type { Findings } from '../findings.ts';
import { collectDefinitions, type ImageUse, inlinesOf, literal, type MarkdownContext, paragraphBlocks } from './markdown-inline.ts';
import { reportTypedMarks } from './typed-marks.ts';

/** A top-level piece of a text, with its line and column in the file. */
export type MarkdownPart = { line: number; column: number } & (
  | { type: 'heading'; depth: number; children: Inline[] }
  | { type: 'block'; block: Block }
);

export interface MarkdownText {
  parts: MarkdownPart[];
  /** The images that are shown. Whether they exist is checked later. */
  images: ImageUse[];
}

/** Returns all blocks of a text. Headings become bold paragraphs. */
export function wholeText({ parts }: MarkdownText): Block[] {
  return parts.map((part) => (part.type === 'block' ? part.block : headingAsParagraph(part.children)));
}

/** Parses Markdown that begins at line `line` of `file`. Never throws: invalid images and excessive nesting are reported. */
export function readMarkdown(text: string, file: string, line: number, findings: Findings): MarkdownText {
  const source = text.trimEnd();
  if (source.trim() === '') return { parts: [], images: [] };
  const deep = TOO_DEEP.exec(source);
  if (deep !== null) {
    return refused(file, line + (source.slice(0, deep.index).match(/\n/g)?.length ?? 0), TOO_DEEP_TEXT, findings);
  }
  // The parser is slow for lists, so texts with far too many items are not parsed.
  const unread = tooManyPoints(source);
  if (unread !== null) return refused(file, line, unread, findings);
  try {
    const root = fromMarkdown(source, isTangled(source) ? plainOptions : options);
    findSpacedImages(root, source);
    const context: MarkdownContext = {
      source,
      file,
      line,
      definitions: collectDefinitions(root),
      findings,
      images: [],
      quoted: false,
    };
    const parts = root.children.flatMap((node) => partsOf(node, context));
    reportTypedMarks(root, context);
    reportWideTables(root, context);
    const unshown = tooManyPieces(parts, file);
    if (unshown !== null) return refused(file, line, unshown, findings);
    return { parts, images: context.images };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refused(file, line, TOO_DEEP_TEXT, findings);
  }
}

/** Turns a heading that starts no section into a bold paragraph. */
export function headingAsParagraph(children: Inline[]): Block {
  return { type: 'paragraph', children: [{ type: 'strong', children }] };
}

const TOO_DEEP_TEXT = 'it is nested too deeply';

function refused(file: string, line: number, reason: string, findings: Findings): MarkdownText {
  findings.add('invalid-value', { file, line, column: 1 }, { key: 'text', reason });
  return { parts: [], images: [] };
}

type Options = NonNullable<Parameters<typeof fromMarkdown>[1]>;

/**
 * Disabled syntax: dashes below a paragraph must not make it a heading, and an unclosed `<!--` must not swallow the sections that follow.
 */
const disabled = ['setextUnderline', 'htmlFlow'];
const options = optionsWithout(disabled);
const plainOptions = optionsWithout([...disabled, 'htmlText', 'attention', 'labelStartLink', 'labelStartImage']);

function optionsWithout(constructs: string[]): Options {
  return { extensions: [gfmTable(), { disable: { null: constructs } }], mdastExtensions: [gfmTableFromMarkdown()] };
}

/** A hundred nested quotes or lists, in one line or by indentation. No real text has them, and parsing them takes minutes. */
const TOO_DEEP = /^(?:(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))){100}|[ \t]{400}[ \t]*\S)/m;

/**
 * Whether a text has so many marks that parsing takes seconds: emphasis, links and raw HTML take quadratic time in the marks of a
 * paragraph. No real text has so many; they then stay visible text.
 */
function isTangled(source: string): boolean {
  let effort = 0;
  for (const paragraph of source.split(/\n(?=[ \t]*(?:\n|[-+*][ \t]|\d{1,9}[.)][ \t]))/)) {
    effort += (paragraph.match(/[*_[<]/g)?.length ?? 0) * paragraph.length;
  }
  return effort > 100_000_000;
}

function partsOf(node: RootContent, context: MarkdownContext): MarkdownPart[] {
  const start = node.position?.start;
  const place = { line: context.line + (start?.line ?? 1) - 1, column: start?.column ?? 1 };
  if (node.type === 'heading') {
    const children = inlinesOf(node.children, context);
    return [{ ...place, type: 'heading', depth: node.depth, children }];
  }
  return blocksOf([node], context).map((block) => ({ ...place, type: 'block', block }));
}

function blocksOf(nodes: readonly (RootContent | BlockContent | DefinitionContent)[], context: MarkdownContext): Block[] {
  return nodes.flatMap((node) => {
    switch (node.type) {
      case 'paragraph':
        return paragraphBlocks(node.children, context);
      case 'heading':
        return nestedHeading(node, context);
      case 'list':
        return [list(node, context)];
      case 'blockquote':
        return [{ type: 'quote', children: blocksOf(node.children, { ...context, quoted: true }) }];
      case 'table':
        return [table(node, context)];
      case 'code':
        return [{ type: 'code', value: node.value }];
      case 'definition':
        return context.definitions.isUsed(node) ? [] : [{ type: 'paragraph', children: literal(node, context) }];
      default:
        return [{ type: 'paragraph', children: literal(node, context) }];
    }
  });
}

function nestedHeading(node: Heading, context: MarkdownContext): Block[] {
  const children = inlinesOf(node.children, context);
  return children.length > 0 ? [headingAsParagraph(children)] : [];
}

function list(node: List, context: MarkdownContext): Block {
  return {
    type: 'list',
    ordered: node.ordered === true,
    start: node.start ?? 1,
    items: node.children.map((item) => blocksOf(item.children, context)),
  };
}

/** Rows may have too few or too many cells. All rows are filled up to the widest. */
function table(node: Table, context: MarkdownContext): Block {
  const cells = node.children.map((row) => row.children.map((cell) => inlinesOf(cell.children, context)));
  const width = Math.max(...cells.map((row) => row.length));
  const pad = (row: Inline[][]) => [...row, ...Array.from({ length: width - row.length }, (): Inline[] => [])];
  const align = Array.from({ length: width }, (_, index) => node.align?.[index] ?? null);
  return { type: 'table', align, head: pad(cells[0] ?? []), rows: cells.slice(1).map(pad) };
}

/**
 * Converts images whose path contains spaces or brackets, such as `![a map](map 1.png)`. CommonMark does not parse them as images,
 * but they can mean nothing else. The parser leaves them in the text of a paragraph, where they are replaced by image nodes.
 */
function findSpacedImages(root: Root, source: string): void {
  if (!SPACED_IMAGE.test(source)) return;
  const visit = (node: Nodes) => {
    if (node.type === 'paragraph') node.children = node.children.flatMap((child) => withSpacedImages(child, source));
    else if ('children' in node) node.children.forEach(visit);
  };
  visit(root);
}

const SPACED_IMAGE =
  /!\[([^\]\n]{0,300})\]\(\s*((?:[^()<>\n]|\([^()<>\n]{0,100}\)){1,300}?\.(?:png|jpe?g|webp|gif|svg|avif|bmp|tiff?|heic))(?:\s+["'][^"'\n]{0,300}["'])?\s*\)/i;

/** Splits a text node at such images. An image escaped with a backslash stays text. */
function withSpacedImages(node: PhrasingContent, source: string): PhrasingContent[] {
  if (node.type !== 'text') return [node];
  const nodes: PhrasingContent[] = [];
  const end = node.position?.end.offset ?? 0;
  let [from, searched] = [0, node.position?.start.offset ?? 0];
  for (const { 0: whole, 1: alt = '', 2: url = '', index } of node.value.matchAll(new RegExp(SPACED_IMAGE, 'gi'))) {
    const at = source.indexOf(whole, searched);
    if (at === -1 || at + whole.length > end || source[at - 1] === '\\' || !/[\s()]/.test(url)) continue;
    const position = { start: pointAt(at, source), end: pointAt(at + whole.length, source) };
    nodes.push({ ...node, value: node.value.slice(from, index) }, { type: 'image', url, alt, position });
    from = index + whole.length;
    searched = at + whole.length;
  }
  return [...nodes, { ...node, value: node.value.slice(from) }];
}

function pointAt(offset: number, source: string): { line: number; column: number; offset: number } {
  const lines = source.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1, offset };
}

/**
 * Warns of tables whose words do not fit side by side even in small type. Slides and pages cannot show them, because words are not
 * broken.
 */
function reportWideTables(
  root: Root,
  { source, file, line, findings }: Pick<MarkdownContext, 'source' | 'file' | 'line' | 'findings'>,
): void {
  const visit = (node: Nodes) => {
    if (node.type !== 'table') {
      if ('children' in node) node.children.forEach(visit);
      return;
    }
    if (neededEms(node, source) <= MOST_EMS) return;
    const start = node.position?.start ?? { line: 1, column: 1 };
    findings.add(
      'wide-table',
      { file, line: line + start.line - 1, column: start.column },
      { columns: node.children[0]?.children.length ?? 0 },
    );
  };
  visit(root);
}

/** The width of a page in ems at the smallest type that tables take (block-sizes.ts). */
const MOST_EMS = 62;
/** Average width of a letter, and the gap beside a column, in ems. */
const LETTER = 0.52;
const GAP = 1.1;
/** In letters. Longer words, such as addresses, are broken anyway. */
const LONGEST_WORD = 14;

function neededEms(table: Table, source: string): number {
  const widths = new Map<number, number>();
  for (const row of table.children) {
    for (const [index, cell] of row.children.entries()) {
      const text = source.slice(cell.position?.start.offset ?? 0, cell.position?.end.offset ?? 0).replaceAll('|', ' ');
      const words = text.split(/\s+|(?<=[-/\p{Script=Han}])/u).map((word) => (/\p{Script=Han}/u.test(word) ? 1 : word.length * LETTER));
      widths.set(index, Math.min(LONGEST_WORD, Math.max(widths.get(index) ?? 0, ...words)));
    }
  }
  return [...widths.values()].reduce((sum, width) => sum + width + GAP, 0);
}

// Limits on the length of a text: beyond them a deck is unreadable and takes minutes and gigabytes to make

/** Two thousand points make a deck of hundreds of slides. */
const MOST_PIECES = 2000;
const SENTENCE = 50;
const POINT = /^[ \t>]*(?:[-+*]|\d{1,9}[.)])[ \t]/gm;

/** Returns why a text has too many list items to be parsed, since the parser is slow for lists. Null when it can be parsed. */
function tooManyPoints(source: string): string | null {
  return tooMany(source.match(POINT)?.length ?? 0);
}

/** Returns why a parsed text is too long for slides, or null. Notes and transcripts of exchanges do not count. */
function tooManyPieces(parts: readonly MarkdownPart[], file: string): string | null {
  let sum = 0;
  for (const part of parts) {
    if (part.type === 'block') sum += countPieces(part.block);
    else if (file.startsWith('interviews/') && part.depth === 2 && /^(?:notes|transcript)$/i.test(inlineToPlain(part.children).trim()))
      break;
  }
  return tooMany(sum);
}

function tooMany(pieces: number): string | null {
  if (pieces <= MOST_PIECES) return null;
  return `it has about ${pieces} points, rows, sentences and lines of code; at most ${MOST_PIECES} can be shown`;
}

function countPieces(block: Block): number {
  const sumOf = (blocks: readonly Block[]) => blocks.reduce((sum, each) => sum + countPieces(each), 0);
  switch (block.type) {
    case 'list':
      return block.items.reduce((sum, item) => sum + 1 + sumOf(item), 0);
    case 'quote':
      return sumOf(block.children);
    case 'table':
      return block.rows.length;
    case 'code':
      return block.value.split('\n').length;
    case 'paragraph':
      return Math.floor(inlineToPlain(block.children).length / SENTENCE);
    case 'image':
      return 1;
  }
}
