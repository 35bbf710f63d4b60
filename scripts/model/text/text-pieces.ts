/** Text taken apart at the places where a line may end, with the widths of the pieces: what a paragraph needs to be set in any column. */

import type { Face, TextWidth } from '../outputs/metrics.ts';
import { breakOffsets } from './line-breaks.ts';
import { dashesInRanges } from './ranges.ts';
import { type Stretch, tailStart } from './tail.ts';

/** A stretch of text in one face. A line feed in it begins a new line. */
export interface Run {
  text: string;
  face: Face;
  /** Share of the paragraph's font size; 1 where it is left out. */
  scale?: number;
  /** Room at either end of the run besides its text, as a share of its own size. */
  padding?: number;
}

/** What may stand on a line of its own. Widths are in CSS pixels. */
export interface Piece {
  from: number;
  /** Where the piece ends, without and with the space behind it. */
  end: number;
  to: number;
  word: number;
  advance: number;
  /** What kerning changes when it stands behind the piece before it. */
  joint: number;
  /** May not be broken even if it is wider than the column. */
  whole: boolean;
}

/** The pieces of one paragraph. With `tail` the end of a Chinese one is a single piece. */
export function toPieces(runs: readonly Run[], size: number, tail: boolean, width: TextWidth): Piece[] {
  const text = runs.map((run) => run.text).join('');
  const kept = (tail ? tailStart(text, boxesIn(runs)) : null) ?? text.length;
  const dashes = dashesInRanges(text);
  let from = 0;
  return breakOffsets(text).flatMap((to) => {
    if ((to > kept && to < text.length) || dashes.has(to)) return [];
    const end = from + text.slice(from, to).trimEnd().length;
    const [word, joint] = [widthBetween(runs, from, end, size, width), from === 0 ? 0 : jointAt(runs, from, size, width)];
    const piece = {
      from,
      end,
      to,
      word,
      advance: end === to ? word : widthBetween(runs, from, to, size, width),
      joint,
      whole: from === kept,
    };
    from = to;
    return [piece];
  });
}

/** The runs with room at their ends. */
function boxesIn(runs: readonly Run[]): Stretch[] {
  let end = 0;
  return runs.flatMap(({ text, padding }): Stretch[] => {
    end += text.length;
    return padding === undefined ? [] : [[end - text.length, end]];
  });
}

/** Width of the text between two offsets, at the given font size. */
export function widthBetween(runs: readonly Run[], from: number, to: number, size: number, width: TextWidth): number {
  let [sum, start] = [0, 0];
  for (const { text, face, scale = 1, padding = 0 } of runs) {
    const end = start + text.length;
    if (end > from && start < to) {
      const ends = (start >= from ? 1 : 0) + (end <= to ? 1 : 0);
      sum += width(text.slice(Math.max(0, from - start), to - start), face, size * scale) + ends * padding * size * scale;
    }
    start = end;
  }
  return sum;
}

function jointAt(runs: readonly Run[], at: number, size: number, width: TextWidth): number {
  let start = 0;
  for (const { text, face, scale = 1 } of runs) {
    const end = start + text.length;
    if (start < at && at < end) {
      const [last, first] = [text.charAt(at - start - 1), text.charAt(at - start)];
      if (last > LAST_LATIN || first > LAST_LATIN) return 0;
      const of = (part: string) => width(part, face, size * scale);
      return of(last + first) - of(last) - of(first);
    }
    start = end;
  }
  return 0;
}

/** Ideographs have their square; only Latin letters are kerned across a place where a line may end. */
const LAST_LATIN = '\u024f';
