/** Calculates the heights of text blocks, in CSS pixels. */
import type { Face, TextWidth } from '../../model/outputs/metrics.ts';
import { type Block, type Inline, inlineToPlain, listDigits } from '../../model/text/text.ts';
import { toPieces } from '../../model/text/text-pieces.ts';
import { type Column, cellLines, codeLines, type Measure, paragraphLines, paragraphWords } from '../measure/measure.ts';

/** Returns the height of blocks one below the other in a column. */
export function blocksHeight(blocks: readonly Block[], column: Column, measure: Measure): number {
  const { gap } = column.style;
  return blocks.reduce((sum, block, index) => sum + (index > 0 ? gap : 0) + rememberedHeight(block, column, measure), 0);
}

/** Caches heights, because splitting and every theme that shows a block ask for them again and again. */
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
  switch (block.type) {
    case 'paragraph':
      return paragraphLines(block.children, { ...style, face: column.face }, column.width, measure) * style.line;
    case 'list': {
      const inList = columnIn(block, column);
      return block.items.reduce((sum, item, i) => sum + (i > 0 ? style.gap : 0) + blocksHeight(item, inList, measure), 0);
    }
    case 'quote':
      return blocksHeight(block.children, columnIn(block, column), measure) + QUOTE_PADDING;
    case 'table':
      return tableHeight(block, column, measure);
    case 'code':
      return codeLines(block.value, style.table, column.width - CODE_PADDING, measure.width) * style.tableLine + style.cell;
    case 'image':
      // The theme limits images to this height. A lower image leaves some room.
      return measure.geometry.image.height;
  }
}

/** Returns the column of what stands in a list or quote. */
function columnIn(block: Extract<Block, { type: 'list' | 'quote' }>, column: Column): Column {
  const { indent, size } = column.style;
  return { ...column, width: column.width - indent - (block.type === 'list' ? (listDigits(block) - 1) * DIGIT * size : 0) };
}

/** Returns blocks that say which words their paragraphs keep whole: Chinese ones, in paragraphs of more than one line. */
export function keepWords(blocks: readonly Block[], column: Column, measure: Measure): Block[] {
  return blocks.map((block): Block => {
    switch (block.type) {
      case 'paragraph': {
        const kept = paragraphWords(block.children, { ...column.style, face: column.face }, column.width, measure);
        return kept.length === 0 ? block : { ...block, kept };
      }
      case 'list':
        return { ...block, items: block.items.map((item) => keepWords(item, columnIn(block, column), measure)) };
      case 'quote':
        return { ...block, children: keepWords(block.children, columnIn(block, column), measure) };
      default:
        return block;
    }
  });
}

/**
 * Width of a bold digit as a share of the font size. A list is indented by it for each digit of its numbers after the first; `--mark` in
 * the theme.
 */
const DIGIT = 0.53;
/** Above and below a quote among points, in CSS pixels: `.points blockquote` in the theme. */
const QUOTE_PADDING = 4;
/** Left and right of code, in CSS pixels: `pre` in the theme. */
const CODE_PADDING = 24;

// Tables: the widths of their columns, and their heights

type Table = Extract<Block, { type: 'table' }>;

/** To the right of the words of a cell, in ems of the table's font size: `td` in the theme. */
const CELL_GAP = 1;
/** In ems. Extra room for each column, so that rounding does not break a word. */
const SLACK = 0.1;
/** The smallest scale of a table with too many columns: 12 px of 20. */
const LEAST_SCALE = 0.6;
/** The largest share of the table for one word. Longer words, such as addresses, are broken. */
const WIDEST_WORD = 1 / 3;

/** Returns blocks whose tables have fixed column widths, so that a table keeps them when it continues on the next slide. */
export function planTables(blocks: readonly Block[], column: Column, measure: Measure): Block[] {
  return blocks.map((block): Block => {
    switch (block.type) {
      case 'table':
        return planTable(block, column, measure);
      case 'list':
        return block.items.some(holdsTable)
          ? { ...block, items: block.items.map((item) => planTables(item, indented(column), measure)) }
          : block;
      case 'quote':
        return holdsTable(block.children) ? { ...block, children: planTables(block.children, indented(column), measure) } : block;
      default:
        return block;
    }
  });
}

const indented = (column: Column): Column => ({ ...column, width: column.width - column.style.indent });

/** Returns by how much the widest table in blocks is too wide for its column, in CSS pixels. */
export function tableExcess(blocks: readonly Block[]): number {
  return greatest(
    blocks.map((block) => {
      if (block.type === 'table') return block.excess ?? 0;
      if (block.type === 'list') return greatest(block.items.map(tableExcess));
      return block.type === 'quote' ? tableExcess(block.children) : 0;
    }),
  );
}

function holdsTable(blocks: readonly Block[]): boolean {
  return blocks.some((block) => {
    if (block.type === 'list') return block.items.some(holdsTable);
    return block.type === 'table' || (block.type === 'quote' && holdsTable(block.children));
  });
}

/**
 * Sets the columns of a table (shares of its width in per cent) and its scale. Each column has room for its longest word; the remaining
 * width goes to columns with more text. When the words alone are too wide, the table is set smaller. The theme uses both values, so
 * planner and browser agree.
 */
function planTable(table: Table, column: Column, measure: Measure): Table {
  const needs = neededWidth(table, column, measure);
  const scale = Math.max(LEAST_SCALE, Math.min(1, Math.floor((column.width / (needs * column.style.table)) * 100) / 100));
  const excess = Math.max(0, Math.ceil(needs * column.style.table * scale - column.width));
  const { scale: _scale, excess: _excess, ...plain } = table;
  return {
    ...plain,
    shares: columnShares(table, column, scale, measure),
    ...(scale < 1 ? { scale } : {}),
    ...(excess > 1 ? { excess } : {}),
  };
}

/** Returns the least width of a table in ems: the longest word of every column and the gap beside it. */
function neededWidth(table: Table, column: Column, measure: Measure): number {
  return sum(leastWidths(table, column.width / column.style.table, measure));
}

const SIZE = 100;

function leastWidths(table: Table, room: number, { width }: Measure): number[] {
  const rows = [table.head, ...table.rows];
  return table.head.map((_, index) => {
    const words = rows.flatMap((row, at) => {
      const runs = [{ text: inlineToPlain(row[index] ?? []).replaceAll('\n', ' '), face: faceOf(at) }];
      return toPieces(runs, SIZE, {}, width).map(({ word }) => word / SIZE);
    });
    return Math.min(room * WIDEST_WORD, greatest(words)) + CELL_GAP + SLACK;
  });
}

function columnShares(table: Table, column: Column, scale: number, measure: Measure): number[] {
  const { width } = measure;
  const em = column.style.table * scale;
  const rows = [table.head, ...table.rows];
  const least = leastWidths(table, column.width / column.style.table, measure).map((each) => each * em);
  const wanted = table.head.map((_, index) => {
    const longest = greatest(rows.map((row, at) => width(inlineToPlain(row[index] ?? []), faceOf(at), em)));
    return { least: least[index] ?? 0, all: longest + (CELL_GAP + SLACK) * em };
  });
  if (sum(least) >= column.width) return wanted.map((each) => round((each.least / sum(least)) * 100));
  // Columns get the width they want, up to a common level. Short columns are never wrapped in favour of long ones.
  let level = column.width;
  const taken = () => sum(wanted.map((each) => Math.max(each.least, Math.min(each.all, level))));
  for (let step = column.width / 2; step > 0.5; step /= 2) level += taken() > column.width ? -step : step;
  const widths = wanted.map((each) => Math.max(each.least, Math.min(each.all, level)));
  const spare = Math.max(0, column.width - sum(widths));
  return widths.map((each) => round(((each + spare / widths.length) / column.width) * 100));
}

/** Returns the height of a table in CSS pixels. */
function tableHeight(given: Table, column: Column, measure: Measure): number {
  const { style } = column;
  const table = given.shares === undefined ? planTable(given, column, measure) : given;
  const { shares = [], scale = 1 } = table;
  const em = style.table * scale;
  const lines = (cells: readonly Inline[][], face: Face) =>
    Math.max(
      1,
      ...cells.map((cell, index) => {
        const room = (column.width * (shares[index] ?? 100)) / 100 - CELL_GAP * em;
        return cellLines(cell, { face, size: em }, room, measure.width);
      }),
    );
  const row = (cells: readonly Inline[][], face: Face) => (lines(cells, face) * style.tableLine + style.cell) * scale;
  return row(table.head, 'sans-bold') + 1 + sum(table.rows.map((cells) => row(cells, 'sans') + 1));
}

const faceOf = (row: number): Face => (row === 0 ? 'sans-bold' : 'sans');
/** Math.max(...) would fail for a table with more cells than a call may have arguments. */
const greatest = (numbers: readonly number[]) => numbers.reduce((most, each) => Math.max(most, each), 0);
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
const round = (value: number) => Math.floor(value * 100) / 100;
