/** Heights of blocks of text, in CSS pixels, from the widths of the embedded fonts. Pure: the widths come in. */
import { inlineRuns } from '../model/inline-runs.ts';
import { breakLines, breakRuns } from '../model/lines.ts';
import type { Face, Geometry, TextWidth } from '../model/metrics.ts';
import type { Block, Inline } from '../model/text.ts';

export interface Measure {
  geometry: Geometry;
  width: TextWidth;
}

/** Number of lines that text takes in a column, as the browser breaks it. */
export function countLines(text: string, face: Face, size: number, column: number, width: TextWidth): number {
  return breakLines(text, { face, size, column }, width).length;
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
        Math.max(1, ...cells.map((inline) => inlineLines(inline, table.size, cell, measure.width, false))) * table.size * table.lineHeight +
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

function inlineLines(inline: readonly Inline[], size: number, column: number, width: TextWidth, tail = true): number {
  return breakRuns(inlineRuns(inline), { size, column, tail }, width).length;
}

/** Above and below a quote, in CSS pixels. */
const QUOTE_PADDING = 4;
/** Left and right of code, in CSS pixels. */
const CODE_PADDING = 24;
