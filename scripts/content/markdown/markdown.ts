/** Markdown -> the blocks of model/text.ts. Only an allow-list of nodes passes; everything else becomes the text its author wrote. */
import type { BlockContent, DefinitionContent, Heading, List, RootContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Block, Inline } from '../../model/text/text.ts';
import type { Findings } from '../findings.ts';
import type { ImageUse } from '../images/image-path.ts';
import { collectDefinitions } from './markdown-definitions.ts';
import { inlinesOf, literal, type MarkdownContext, paragraphBlocks } from './markdown-inline.ts';
import { tooManyPieces, tooManyPoints } from './markdown-size.ts';
import { findSpacedImages } from './spaced-images.ts';
import { reportTypedMarks } from './typed-marks.ts';
import { reportWideTables } from './wide-tables.ts';

/** A piece of a text at its top level, with its line in the file and its column. */
export type Part = { line: number; column: number } & (
  | { type: 'heading'; depth: number; children: Inline[] }
  | { type: 'block'; block: Block }
);

export interface MarkdownText {
  parts: Part[];
  /** The images that are shown; whether they exist is still to be found out. */
  images: ImageUse[];
}

/** Parses the Markdown of `file`, whose first line stands in line `line` of it. Never throws: impossible images and depths are findings. */
export function readMarkdown(text: string, file: string, line: number, findings: Findings): MarkdownText {
  const source = text.trimEnd();
  if (source.trim() === '') return { parts: [], images: [] };
  const deep = TOO_DEEP.exec(source);
  if (deep !== null) {
    return refused(file, line + (source.slice(0, deep.index).match(/\n/g)?.length ?? 0), TOO_DEEP_TEXT, findings);
  }
  // The parser takes its time for lists, so what is beyond all measure does not get there.
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

/** A heading that is no section of its own: a paragraph in bold. */
export function headingAsParagraph(children: Inline[]): Block {
  return { type: 'paragraph', children: [{ type: 'strong', children }] };
}

const TOO_DEEP_TEXT = 'it is nested too deeply';

function refused(file: string, line: number, reason: string, findings: Findings): MarkdownText {
  findings.add('invalid-value', { file, line, column: 1 }, { key: 'text', reason });
  return { parts: [], images: [] };
}

type Options = NonNullable<Parameters<typeof fromMarkdown>[1]>;

/** A line of dashes below a paragraph is a line of dashes, and an unclosed `<!--` must not swallow the sections that follow. */
const disabled = ['setextUnderline', 'htmlFlow'];
const options = optionsWithout(disabled);
const plainOptions = optionsWithout([...disabled, 'htmlText', 'attention', 'labelStartLink', 'labelStartImage']);

function optionsWithout(constructs: string[]): Options {
  return { extensions: [gfmTable(), { disable: { null: constructs } }], mdastExtensions: [gfmTableFromMarkdown()] };
}

/** A hundred quotes or lists inside each other, in one line or by indentation: nobody means it, and the parser takes minutes. */
const TOO_DEEP = /^(?:(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))){100}|[ \t]{400}[ \t]*\S)/m;

/**
 * Emphasis, links and raw HTML take the parser time by the square of their marks in a paragraph. Where that would be seconds,
 * nobody wrote the marks for people to read: then they stay visible text.
 */
function isTangled(source: string): boolean {
  let effort = 0;
  for (const paragraph of source.split(/\n(?=[ \t]*(?:\n|[-+*][ \t]|\d{1,9}[.)][ \t]))/)) {
    effort += (paragraph.match(/[*_[<]/g)?.length ?? 0) * paragraph.length;
  }
  return effort > 100_000_000;
}

function partsOf(node: RootContent, context: MarkdownContext): Part[] {
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

/** Rows may be written with too few or too many cells; every row comes out as wide as the widest. */
function table(node: Table, context: MarkdownContext): Block {
  const cells = node.children.map((row) => row.children.map((cell) => inlinesOf(cell.children, context)));
  const width = Math.max(...cells.map((row) => row.length));
  const pad = (row: Inline[][]) => [...row, ...Array.from({ length: width - row.length }, (): Inline[] => [])];
  const align = Array.from({ length: width }, (_, index) => node.align?.[index] ?? null);
  return { type: 'table', align, head: pad(cells[0] ?? []), rows: cells.slice(1).map(pad) };
}
