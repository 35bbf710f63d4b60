/** Heights of blocks of text, in CSS pixels. */
import type { TextWidth } from '../../model/outputs/metrics.ts';
import { type Block, listDigits } from '../../model/text/text.ts';
import { type Column, codeLines, inlineLines, type Measure } from '../measure/measure.ts';
import { tableHeight } from './table.ts';

/** Height of blocks one below the other in a column. */
export function blocksHeight(blocks: readonly Block[], column: Column, measure: Measure): number {
  const { gap } = column.style;
  return blocks.reduce((sum, block, index) => sum + (index > 0 ? gap : 0) + rememberedHeight(block, column, measure), 0);
}

/** Splitting asks for the height of the same block again and again, and so does every theme that shows it. */
function rememberedHeight(block: Block, column: Column, measure: Measure): number {
  const { size, line, gap, table } = column.style;
  const key = `${column.width} ${size} ${line} ${gap} ${table} ${column.face}`;
  const known = heights.get(block) ?? { width: measure.width, heights: new Map<string, number>() };
  if (known.width !== measure.width) return blockHeight(block, column, measure);
  const height = known.heights.get(key) ?? blockHeight(block, column, measure);
  known.heights.set(key, height);
  heights.set(block, known);
  return height;
}

const heights = new WeakMap<Block, { width: TextWidth; heights: Map<string, number> }>();

function blockHeight(block: Block, column: Column, measure: Measure): number {
  const { style } = column;
  const indented = {
    ...column,
    width: column.width - style.indent - (block.type === 'list' ? (listDigits(block) - 1) * DIGIT * style.size : 0),
  };
  switch (block.type) {
    case 'paragraph':
      return inlineLines(block.children, { ...style, face: column.face }, column.width, measure.width) * style.line;
    case 'list':
      return block.items.reduce((sum, item, i) => sum + (i > 0 ? style.gap : 0) + blocksHeight(item, indented, measure), 0);
    case 'quote':
      return blocksHeight(block.children, indented, measure) + QUOTE_PADDING;
    case 'table':
      return tableHeight(block, column, measure);
    case 'code':
      return codeLines(block.value, style.table, column.width - CODE_PADDING, measure.width) * style.tableLine + style.cell;
    case 'image':
      // The theme lets no image become higher; a lower one leaves room.
      return measure.geometry.image.height;
  }
}

/** Width of a bold digit as a share of the font size: what a list is indented further for each digit of its numbers but the first; `--mark` in the theme. */
const DIGIT = 0.53;
/** Above and below a quote inside the points, in CSS pixels: `.points blockquote` in the theme. */
const QUOTE_PADDING = 4;
/** Left and right of code, in CSS pixels: `pre` in the theme. */
const CODE_PADDING = 24;
