/** Cutting the points of an exchange into slides: at a point or sentence boundary, evenly, never inside a sentence. */
import type { Geometry } from '../model/metrics.ts';
import { type Block, blocksToPlain } from '../model/text.ts';
import { blocksHeight, type Column, countLines, type Measure } from './measure.ts';
import { joinPieces, type Piece, toPieces } from './pieces.ts';
import { countWords } from './words.ts';

/** Room on a slide: a column, its height in CSS pixels, and how many words a reader takes in at once. */
export interface Room extends Column {
  height: number;
  words: number;
}

/**
 * Distributes blocks over as few slides as they need. `rooms(i)` is the room on the i-th slide.
 * Pieces are as even as their boundaries allow; one that fits nowhere stands on a slide of its own, and the export will say by how much it is off.
 */
export function splitBlocks(blocks: readonly Block[], rooms: (index: number) => Room, lang: string, measure: Measure): Block[][] {
  const pieces = toPieces(blocks, (block) => fillOf([block], rooms(1), measure), lang);
  if (pieces.length === 0) return [[]];
  const fill = rememberFills(pieces, rooms, measure);
  // Each slide holds at most what fits from its first piece on, so filling greedily gives the least number of slides.
  const fewest = countGreedily(pieces.length, fill);
  return cutEvenly(pieces, fewest, fill);
}

/** How full slide number `slide` is with the pieces from `from` up to `to`. A single piece counts as fitting, however large. */
type Fill = (from: number, to: number, slide: number) => number;

function rememberFills(pieces: readonly Piece[], rooms: (index: number) => Room, measure: Measure): Fill {
  const known = new Map<string, number>();
  return (from, to, slide) => {
    const room = rooms(slide);
    const key = `${from} ${to} ${room.width} ${room.size} ${room.height} ${room.words}`;
    let fill = known.get(key);
    if (fill === undefined) {
      fill = fillOf(joinPieces(pieces.slice(from, to)), room, measure);
      if (to === from + 1) fill = Math.min(1, fill);
      known.set(key, fill);
    }
    return fill;
  };
}

function countGreedily(pieces: number, fill: Fill): number {
  let slides = 0;
  for (let from = 0; from < pieces; slides += 1) {
    let to = from + 1;
    while (to < pieces && fill(from, to + 1, slides) <= 1) to += 1;
    from = to;
  }
  return slides;
}

/** The layout on exactly `count` slides whose fullest slide is as empty as can be; of equal ones that with the fuller slides first. */
function cutEvenly(pieces: readonly Piece[], count: number, fill: Fill): Block[][] {
  // best[to] = how the first `to` pieces lie on the slides so far.
  let best: (Layout | null)[] = [{ fullest: 0, cuts: [] }, ...pieces.map(() => null)];
  for (let slide = 0; slide < count; slide += 1) {
    const next: (Layout | null)[] = best.map(() => null);
    best.forEach((state, from) => {
      if (state === null) return;
      for (let to = from + 1; to <= pieces.length; to += 1) {
        const filled = fill(from, to, slide);
        if (filled > 1) break;
        const fullest = Math.max(state.fullest, filled);
        const known = next[to] ?? null;
        if (known === null || fullest <= known.fullest) next[to] = { fullest, cuts: [...state.cuts, to] };
      }
    });
    best = next;
  }
  const cuts = best[pieces.length]?.cuts ?? [];
  return cuts.map((to, index) => joinPieces(pieces.slice(index === 0 ? 0 : (cuts[index - 1] ?? 0), to)));
}

interface Layout {
  fullest: number;
  /** After which piece each slide ends. */
  cuts: number[];
}

/** How full a slide is with these blocks: 1 is exactly full, by height or by words, whichever is reached first. */
export function fillOf(blocks: readonly Block[], room: Room, measure: Measure): number {
  const height = blocksHeight(blocks, room, measure) / room.height;
  return Math.max(height, countWords(blocksToPlain(blocks)) / room.words);
}

/** The room for points below a header of the given height. */
export function roomBelow(header: number, beside: boolean, geometry: Geometry): Room {
  const { top, bottom, body, figure, words } = geometry;
  return {
    width: beside ? figure.textWidth : body.width,
    size: beside ? figure.textSize : body.size,
    height: Math.max(1, bottom - top - header),
    words: beside ? words.besideFigure : words.alone,
  };
}

/** Height of question line and headline with the gaps around them. A continued slide has its part, such as "(1/2)", behind the headline. */
export function headerHeight(question: string | null, headline: string, continued: boolean, { geometry, width }: Measure): number {
  const { question: small, headline: large } = geometry;
  const lines = (text: string, face: 'sans' | 'serif-bold', size: number) => countLines(text, face, size, large.width, width);
  const above = question === null ? 0 : lines(question, 'sans', small.size) * small.size * small.lineHeight + large.gapBefore;
  // The part never stands alone on a line: it goes with the last word.
  const text = continued ? `${headline}0(9/9)` : headline;
  return above + lines(text, 'serif-bold', large.size) * large.size * large.lineHeight + large.gapAfter;
}
