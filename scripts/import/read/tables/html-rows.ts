/** Rows of tables. Cells with time, speaker and words become one line, `speaker [time]: words`. */
import { readClock } from '../cues/clock.ts';
import type { HtmlBlock } from './html-blocks.ts';

/** The indexes of the blocks where a row and its cells begin. */
export interface OpenRow {
  from: number;
  cells: number[];
  isInnermost: boolean;
}

/** Returns the blocks of a row, unchanged when the row is not part of a transcript. */
export function spokenRow(blocks: readonly HtmlBlock[], { from, cells }: OpenRow): readonly HtmlBlock[] {
  const texts = cells.map((start, index) => blocks.slice(start - from, (cells[index + 1] ?? from + blocks.length) - from).filter(isFilled));
  const [words, ...before] = texts.filter((cell) => cell.length > 0).reverse();
  const short = before.map((cell) => (cell.length === 1 ? (cell[0]?.text ?? '') : '')).reverse();
  const first = words?.[0];
  if (words === undefined || first === undefined || short.length === 0 || short.length > 2) return blocks;
  if (short.some((text) => text === '' || text.length > 60)) return blocks;
  const time = short.find((text) => clockIn(text) !== null);
  const name = short.find((text) => clockIn(text) === null);
  if (name === undefined || (short.length === 2 && time === undefined)) return blocks;
  const label = `${name.replace(/\s*[:：]$/, '')}${time === undefined ? '' : ` [${clockIn(time)}]`}: `;
  return [{ ...first, text: label + first.text }, ...words.slice(1)].flatMap((block) => [block, { ...block, text: '', level: 0 }]);
}

function isFilled({ text }: HtmlBlock): boolean {
  return text !== '';
}

/** Returns the start time of a cell, without brackets. Null when it holds none. */
function clockIn(text: string): string | null {
  const clock = text.replace(/^[[(]|[\])]$/g, '').split(/\s*(?:-->|[-–—])\s*/)[0] ?? '';
  return readClock(clock) === null ? null : clock;
}
