/** Tables: how wide their columns are, decided once here, and how high they become. */
import type { Face } from '../model/metrics.ts';
import { type Block, type Inline, inlineToPlain } from '../model/text.ts';
import { type Column, inlineLines, type Measure } from './measure.ts';

type Table = Extract<Block, { type: 'table' }>;

/** Right of the words of a cell, in CSS pixels: `td` in the theme. */
const CELL_GAP = 20;

/** Blocks whose tables know their columns, so that a table that goes on on the next slide keeps them. */
export function planTables(blocks: readonly Block[], column: Column, measure: Measure): Block[] {
  return blocks.map((block): Block => {
    switch (block.type) {
      case 'table':
        return { ...block, shares: columnShares(block, column, measure) };
      case 'list':
        return block.items.some(holdsTable) ? { ...block, items: block.items.map((item) => planTables(item, column, measure)) } : block;
      case 'quote':
        return holdsTable(block.children) ? { ...block, children: planTables(block.children, column, measure) } : block;
      default:
        return block;
    }
  });
}

function holdsTable(blocks: readonly Block[]): boolean {
  return blocks.some((block) => {
    if (block.type === 'list') return block.items.some(holdsTable);
    return block.type === 'table' || (block.type === 'quote' && holdsTable(block.children));
  });
}

/**
 * Shares of a table's width in per cent, one a column. Each column has at least the room of its longest word; what is left goes to those with more to
 * say. The theme sets tables with these fixed shares, so that planner and browser agree.
 */
function columnShares(table: Table, column: Column, { width }: Measure): number[] {
  const rows = [table.head, ...table.rows];
  const wanted = table.head.map((_, index) => {
    const cells = rows.map((row, at) => ({ text: inlineToPlain(row[index] ?? []), face: faceOf(at) }));
    const longest = greatest(cells.map(({ text, face }) => width(text, face, column.style.table)));
    const words = cells.flatMap(({ text, face }) => text.split(/\s+/).map((word) => width(word, face, column.style.table)));
    const widestWord = Math.min(column.width / 3, greatest(words));
    return { least: widestWord + CELL_GAP + 2, all: longest + CELL_GAP + 2 };
  });
  const least = sum(wanted.map((each) => each.least));
  if (least >= column.width) return wanted.map(() => 100 / wanted.length);
  // Columns take what they want up to an equal level, as water fills vessels: short ones are never wrapped for the sake of long ones.
  let level = column.width;
  const taken = () => sum(wanted.map((each) => Math.max(each.least, Math.min(each.all, level))));
  for (let step = column.width / 2; step > 0.5; step /= 2) level += taken() > column.width ? -step : step;
  const widths = wanted.map((each) => Math.max(each.least, Math.min(each.all, level)));
  const spare = Math.max(0, column.width - sum(widths));
  return widths.map((each) => round(((each + spare / widths.length) / column.width) * 100));
}

/** Height of a table in CSS pixels. */
export function tableHeight(table: Table, column: Column, measure: Measure): number {
  const { style } = column;
  const shares = table.shares ?? columnShares(table, column, measure);
  const lines = (cells: readonly Inline[][], face: Face) =>
    Math.max(
      1,
      ...cells.map((cell, index) => {
        const room = (column.width * (shares[index] ?? 100)) / 100 - CELL_GAP;
        return inlineLines(cell, { face, size: style.table }, room, measure.width, false);
      }),
    );
  const row = (cells: readonly Inline[][], face: Face) => lines(cells, face) * style.tableLine + style.cell;
  return row(table.head, 'sans-bold') + 1 + sum(table.rows.map((cells) => row(cells, 'sans') + 1));
}

const faceOf = (row: number): Face => (row === 0 ? 'sans-bold' : 'sans');
/** Not Math.max(...): a table may have more cells than a call may have arguments. */
const greatest = (numbers: readonly number[]) => numbers.reduce((most, each) => Math.max(most, each), 0);
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
const round = (value: number) => Math.floor(value * 100) / 100;
