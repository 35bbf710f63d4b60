/** Cutting the points of an exchange into slides: at a point or sentence boundary, evenly, never inside a sentence. */
import type { Geometry } from '../model/metrics.ts';
import { type Block, blocksToPlain } from '../model/text.ts';
import { blocksHeight, type Column, type Measure } from './measure.ts';
import { joinPieces, type Piece, toPieces } from './pieces.ts';
import { countWords } from './words.ts';

/** Room on a slide: a column, its height in CSS pixels, and how many words a reader takes in at once. */
export interface Room extends Column {
  height: number;
  words: number;
}

/**
 * Distributes blocks over as few slides as they need. `rooms(i)` is the room on the i-th slide.
 * Pieces are as even as their boundaries allow; something that fits nowhere stands alone.
 */
export function splitBlocks(blocks: readonly Block[], rooms: (index: number) => Room, lang: string, measure: Measure): Block[][] {
  const pieces = toPieces(blocks, (block) => fillOf([block], rooms(1), measure), lang);
  if (pieces.length === 0) return [[]];
  for (let count = 1; count <= pieces.length; count += 1) {
    const cut = cutEvenly(pieces, count, rooms, measure);
    if (cut !== null) return cut;
  }
  return pieces.map((piece) => joinPieces([piece]));
}

/** The best way to lay the pieces out on exactly `count` slides, or null when some slide would overflow. */
function cutEvenly(pieces: Piece[], count: number, rooms: (index: number) => Room, measure: Measure): Block[][] | null {
  const fill = (from: number, to: number, slide: number) => fillOf(joinPieces(pieces.slice(from, to)), rooms(slide), measure);
  // best[to] = how the first `to` pieces lie on the slides so far, with the fullest slide as empty as possible.
  let best: ({ fullest: number; cuts: number[] } | null)[] = [{ fullest: 0, cuts: [] }, ...pieces.map(() => null)];
  for (let slide = 0; slide < count; slide += 1) {
    const next: typeof best = best.map(() => null);
    best.forEach((state, from) => {
      if (state === null) return;
      for (let to = from + 1; to <= pieces.length; to += 1) {
        const filled = fill(from, to, slide);
        if (filled > 1 && to > from + 1) break;
        const fullest = Math.max(state.fullest, filled);
        const known = next[to];
        if (filled <= 1 && (known === null || known === undefined || fullest <= known.fullest))
          next[to] = { fullest, cuts: [...state.cuts, to] };
      }
    });
    best = next;
  }
  const last = best[pieces.length];
  if (last === null || last === undefined) return null;
  return last.cuts.map((to, index) => joinPieces(pieces.slice(index === 0 ? 0 : (last.cuts[index - 1] ?? 0), to)));
}

/** How full a slide is with these blocks: 1 is exactly full, by height or by words, whichever is reached first. */
export function fillOf(blocks: readonly Block[], room: Room, measure: Measure): number {
  const height = blocksHeight(blocks, room, measure) / room.height;
  return Math.max(height, countWords(blocksToPlain(blocks)) / room.words);
}

/** The room for points on an exchange slide whose headline takes the given height. */
export function roomBelow(headlineHeight: number, beside: boolean, geometry: Geometry): Room {
  const { top, bottom, question, headline, body, figure, words } = geometry;
  const used = top + question.size * question.lineHeight + headline.gapBefore + headlineHeight + headline.gapAfter;
  return {
    width: beside ? figure.textWidth : body.width,
    size: beside ? figure.textSize : body.size,
    height: Math.max(1, bottom - used),
    words: beside ? words.besideFigure : words.alone,
  };
}
