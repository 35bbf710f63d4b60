/**
 * Finds out how a program counted the characters of a text. The standard says code points, but programs also count UTF-16 units, and a
 * line end of two characters as one or two. The names of the selections, and word boundaries at their ends, show which count is right.
 */
import type { QdaSelection } from './project.ts';

/** Maps a position as the program counts to one in the text with plain line ends. Returns null outside the text. */
export type PositionMap = (position: number) => number | null;

/** Returns the most plausible map. `text` has the line ends of the file. */
export function findPositions(text: string, selections: readonly QdaSelection[]): PositionMap {
  const plain = text.replace(/\r\n?/g, '\n');
  const maps = candidates(text);
  const scores = maps.map((map) => selections.reduce((sum, selection) => sum + scoreOf(selection, map, plain), 0));
  // Of equal scores the first wins: code points and unchanged line ends, as in the standard.
  const best = scores.indexOf(Math.max(...scores));
  return maps[best] ?? ((position) => position);
}

function candidates(text: string): PositionMap[] {
  const hasPairs = /[\ud800-\udbff]/.test(text);
  const hasReturns = text.includes('\r');
  const kinds = [
    { points: true, returns: true },
    ...(hasReturns ? [{ points: true, returns: false }] : []),
    ...(hasPairs ? [{ points: false, returns: true }] : []),
    ...(hasPairs && hasReturns ? [{ points: false, returns: false }] : []),
  ];
  return kinds.map((kind) => mapOf(text, kind));
}

/** Builds a map in one pass. `points`: a surrogate pair counts as one. `returns`: CR LF counts as two. */
function mapOf(text: string, { points, returns }: { points: boolean; returns: boolean }): PositionMap {
  if (!text.includes('\r') && (!points || !/[\ud800-\udbff]/.test(text))) {
    return (position) => (position >= 0 && position <= text.length ? position : null);
  }
  const offsets: number[] = [];
  let plain = 0;
  for (let at = 0; at < text.length; at += 1) {
    const isReturn = text[at] === '\r' && text[at + 1] === '\n';
    if (isReturn) {
      if (returns) offsets.push(plain);
      continue;
    }
    const isPair = isHigh(text.charCodeAt(at)) && at + 1 < text.length;
    offsets.push(plain);
    if (isPair && points) {
      plain += 2;
      at += 1;
    } else plain += 1;
  }
  offsets.push(plain);
  return (position) => offsets[position] ?? null;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/**
 * Scores a selection under a map. A name that matches the text counts most; cut words and white space at the ends count against it; line
 * ends at its ends count for it.
 */
function scoreOf({ name, start, end }: QdaSelection, map: PositionMap, plain: string): number {
  const [from, to] = [map(start), map(end)];
  if (from === null || to === null || from >= to) return -10;
  const passage = plain.slice(from, to);
  const words = compact(passage);
  const expected = compact(name.replace(/(?:\.{3}|…)$/, ''));
  const isNamed = expected.length > 1 && words !== '' && (words.startsWith(expected) || expected.startsWith(words));
  const faults = [isCut(plain, from), isCut(plain, to), /^\s/.test(passage), /\s$/.test(passage)];
  const edges = [plain[from - 1], plain[to]].filter((beside) => beside === undefined || beside === '\n');
  return (isNamed ? 10 : 0) + (words === expected ? 1 : 0) + edges.length / 4 - faults.filter(Boolean).length;
}

function isCut(text: string, at: number): boolean {
  return /[\p{L}\p{N}]/u.test(text[at - 1] ?? '') && /[\p{L}\p{N}]/u.test(text[at] ?? '');
}

function compact(text: string): string {
  return text.replace(/\s+/g, '');
}
