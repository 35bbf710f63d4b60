/** Heights of blocks of text, in CSS pixels, from the widths of the embedded fonts. Pure: the widths come in. */
import type { Face, Geometry, TextWidth } from '../model/metrics.ts';
import { type Block, type Inline, inlineToPlain } from '../model/text.ts';

export interface Measure {
  geometry: Geometry;
  width: TextWidth;
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

/** Width of a text column and the size of its text, in CSS pixels. */
export interface Column {
  width: number;
  size: number;
}

/** Height of blocks one below the other in a column. */
export function blocksHeight(blocks: readonly Block[], column: Column, measure: Measure): number {
  const { gap } = measure.geometry.body;
  return blocks.reduce((sum, block, index) => sum + (index > 0 ? gap : 0) + blockHeight(block, column, measure), 0);
}

function blockHeight(block: Block, column: Column, measure: Measure): number {
  const { body, table } = measure.geometry;
  const line = column.size * body.lineHeight;
  const indented = { ...column, width: column.width - body.indent };
  switch (block.type) {
    case 'paragraph':
      return inlineLines(block.children, column.size, column.width, measure.width) * line;
    case 'list':
      return block.items.reduce((sum, item, i) => sum + (i > 0 ? body.gap : 0) + blocksHeight(item, indented, measure), 0);
    case 'quote':
      return blocksHeight(block.children, indented, measure) + QUOTE_PADDING;
    case 'table': {
      const cell = column.width / Math.max(1, block.head.length) - 2 * table.cellPadding;
      const row = (cells: Inline[][]) =>
        Math.max(1, ...cells.map((inline) => inlineLines(inline, table.size, cell, measure.width))) * table.size * table.lineHeight +
        2 * table.cellPadding;
      return [block.head, ...block.rows].reduce((sum, cells) => sum + row(cells), 0);
    }
    case 'code':
      return (
        countLines(block.value, 'mono', table.size, column.width - CODE_PADDING, measure.width) * table.size * table.lineHeight +
        2 * table.cellPadding
      );
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

/** Above and below a quote, in CSS pixels. */
const QUOTE_PADDING = 4;
/** Left and right of code, in CSS pixels. */
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
