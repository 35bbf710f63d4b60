/** Heights of blocks of text, in CSS pixels, from the widths of the embedded fonts. Pure: the widths come in. */
import type { Face, FigureSize, Geometry, TextStyle, TextWidth } from '../model/metrics.ts';
import { type Block, type Inline, inlineToPlain } from '../model/text.ts';
import { tableHeight } from './table.ts';

export interface Measure {
  geometry: Geometry;
  width: TextWidth;
  figureSize: FigureSize;
}

/** Number of lines that text takes in a column, with a browser's greedy breaking. */
export function countLines(text: string, face: Face, size: number, column: number, width: TextWidth): number {
  let lines = 0;
  for (const paragraph of text.split('\n')) {
    lines += 1;
    let used = 0;
    for (const { word, space } of breakIntoWords(paragraph)) {
      const wordWidth = width(word, face, size);
      if (used > 0 && used + wordWidth > column) {
        lines += 1;
        used = 0;
      }
      // A word longer than the column is broken inside by the theme (overflow-wrap).
      if (wordWidth > column) lines += Math.ceil(wordWidth / column) - 1;
      used = wordWidth > column ? wordWidth % column : used + wordWidth;
      used += space === '' ? 0 : width(space, face, size);
    }
  }
  return lines;
}

/** A text column: its width in CSS pixels and how the text in it is set. */
export interface Column {
  width: number;
  style: TextStyle;
}

/** Height of blocks one below the other in a column. */
export function blocksHeight(blocks: readonly Block[], column: Column, measure: Measure): number {
  const { gap } = column.style;
  return blocks.reduce((sum, block, index) => sum + (index > 0 ? gap : 0) + rememberedHeight(block, column, measure), 0);
}

/** Splitting asks for the height of the same block again and again, and so does every theme that shows it. */
function rememberedHeight(block: Block, column: Column, measure: Measure): number {
  const { size, line, gap, table } = column.style;
  const key = `${column.width} ${size} ${line} ${gap} ${table}`;
  const known = heights.get(block) ?? { width: measure.width, heights: new Map<string, number>() };
  if (known.width !== measure.width) return blockHeight(block, column, measure);
  const height = known.heights.get(key) ?? blockHeight(block, column, measure);
  known.heights.set(key, height);
  heights.set(block, known);
  return height;
}

const heights = new WeakMap<Block, { width: TextWidth; heights: Map<string, number> }>();

/** Height of a text in lines of the given height. */
export function textHeight(text: string, type: { face: Face; size: number; line: number }, column: number, { width }: Measure): number {
  return text === '' ? 0 : countLines(text, type.face, type.size, column, width) * type.line;
}

function blockHeight(block: Block, column: Column, measure: Measure): number {
  const { style } = column;
  const indented = { ...column, width: column.width - style.indent };
  switch (block.type) {
    case 'paragraph':
      return inlineLines(block.children, style.size, column.width, measure.width) * style.line;
    case 'list':
      return block.items.reduce((sum, item, i) => sum + (i > 0 ? style.gap : 0) + blocksHeight(item, indented, measure), 0);
    case 'quote':
      return blocksHeight(block.children, indented, measure) + QUOTE_PADDING;
    case 'table':
      return tableHeight(block, column, measure);
    case 'code':
      return countLines(block.value, 'mono', style.table, column.width - CODE_PADDING, measure.width) * style.tableLine + style.cell;
    case 'image':
      // The theme lets no image become higher; a lower one leaves room.
      return measure.geometry.image.height;
  }
}

function inlineLines(inline: readonly Inline[], size: number, column: number, width: TextWidth): number {
  // Bold is a little wider: where some of the text is bold, all of it is taken for bold, so that the estimate errs towards too many lines.
  const face: Face = inline.some((node) => node.type === 'strong') ? 'sans-bold' : 'sans';
  return countLines(inlineToPlain(inline), face, size, column, width);
}

/** Above and below a quote inside the points, in CSS pixels: `.points blockquote` in the theme. */
const QUOTE_PADDING = 4;
/** Left and right of code, in CSS pixels: `pre` in the theme. */
const CODE_PADDING = 24;

/** Pieces between which a browser may break: words with the space behind them; every ideograph for itself, punctuation kept with its neighbour. */
function breakIntoWords(text: string): { word: string; space: string }[] {
  return [...text.matchAll(WORD)].map((match) => ({ word: match[1] ?? '', space: match[2] ?? '' }));
}

const OPENING = '「『(《〈【〔“‘（［｛';
const CLOSING = '、。，．：；！？」』）》〉】〕”’…—％·］｝';
const WIDE = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}';
const WORD = new RegExp(
  `([${OPENING}]*(?:[${WIDE}]|[^\\s${WIDE}${OPENING}${CLOSING}]+?(?:-(?=\\p{L})|(?=[\\s${WIDE}${OPENING}${CLOSING}]|$))|[${CLOSING}])[${CLOSING}]*)(\\s*)`,
  'gu',
);
