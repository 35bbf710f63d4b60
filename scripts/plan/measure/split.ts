/** Cutting the points of an exchange into slides: at a point or sentence boundary, evenly, nothing lost and no line left alone. */
import { type Block, blocksToPlain } from '../../model/text/text.ts';
import { blocksHeight } from '../slides/block-sizes.ts';
import { countGreedily, cutEvenly, type Page } from './cut.ts';
import type { Column, Measure } from './measure.ts';
import { type Grain, joinPieces, type Piece, toPieces } from './pieces.ts';
import { countBlockWords } from './split-words.ts';

/** Room on a slide: a column, its height in CSS pixels, and how many words a reader takes in at once. */
export interface Room extends Column {
  height: number;
  words: number;
  /** Nothing but text stands on the slide: then a single line looks lost. */
  bare: boolean;
}

/** How the text of slide number `slide` is set: as usual, or smaller because nothing else helps. */
export type Rooms = (slide: number, size: 'usual' | 'compact') => Room;

export interface Portion {
  blocks: Block[];
  size: 'usual' | 'compact';
}

/**
 * Distributes blocks over as few slides as they need. Slides are as even as the boundaries of points and sentences allow. Only to spare a line
 * that would stand alone, or a sentence that fits on no slide, is text set smaller or cut inside a sentence. A block that cannot be cut (an image)
 * and fits nowhere has a slide of its own; the export says by how much it is off.
 */
export function splitBlocks(blocks: readonly Block[], rooms: Rooms, lang: string, measure: Measure): Portion[] {
  if (blocks.length === 0) return [{ blocks: [], size: 'usual' }];
  let best = layOut(blocks, USUAL, rooms, lang, measure);
  for (const attempt of ATTEMPTS) {
    // A little more on each slide is better than one slide more.
    const mayBeShorter = attempt === FULLER && best.portions.length > 1;
    if (best.flaws === 0 && !mayBeShorter) continue;
    const layout = layOut(blocks, attempt, rooms, lang, measure);
    const isShorter = mayBeShorter && layout.portions.length < best.portions.length && layout.flaws <= best.flaws;
    if (isShorter || layout.flaws < best.flaws) best = layout;
  }
  return best.portions.map((portion) => ({ blocks: portion, size: best.size }));
}

interface Attempt {
  grain: Grain;
  size: 'usual' | 'compact';
  /** Words beyond the usual number, as a factor. */
  spread: number;
}

const USUAL: Attempt = { grain: 'points', size: 'usual', spread: 1 };
const FULLER: Attempt = { grain: 'points', size: 'usual', spread: 1.2 };

/** What may be better, from what is nearly as good to what is only better than a flaw. */
const ATTEMPTS: readonly Attempt[] = [
  FULLER,
  { grain: 'sentences', size: 'usual', spread: 1 },
  { grain: 'points', size: 'compact', spread: 1.25 },
  { grain: 'sentences', size: 'compact', spread: 1.25 },
  { grain: 'words', size: 'usual', spread: 1 },
];

interface Layout {
  portions: Block[][];
  size: 'usual' | 'compact';
  /** Lines left alone, sentences left behind, pieces that fit nowhere. */
  flaws: number;
}

function layOut(blocks: readonly Block[], { grain, size, spread }: Attempt, rooms: Rooms, lang: string, measure: Measure): Layout {
  const roomOf = (slide: number): Room => {
    const room = rooms(slide, size);
    return { ...room, words: room.words * spread };
  };
  // What is cut is what does not fit on a slide without a figure, a later one.
  const pieces = toPieces(blocks, grain, (block) => fillOf([block], roomOf(FAR), measure), lang);
  const page = rememberPages(pieces, roomOf, measure);
  const cuts = cutEvenly(pieces.length, countGreedily(pieces.length, page), page);
  return {
    portions: cuts.map((to, index) => joinPieces(pieces.slice(index === 0 ? 0 : (cuts[index - 1] ?? 0), to))),
    size,
    flaws: cuts.reduce((sum, to, index) => sum + page(index === 0 ? 0 : (cuts[index - 1] ?? 0), to, index).flaws, 0),
  };
}

/** A slide so late that no figure stands on it. */
const FAR = 1000;

function rememberPages(pieces: readonly Piece[], roomOf: (slide: number) => Room, measure: Measure): Page {
  const known = new Map<string, { fill: number; flaws: number }>();
  return (from, to, slide) => {
    const room = roomOf(slide);
    const key = `${from} ${to} ${room.width} ${room.height} ${room.words} ${room.style.size} ${slide === 0}`;
    let page = known.get(key);
    if (page === undefined) {
      const blocks = joinPieces(pieces.slice(from, to));
      const fill = fillOf(blocks, room, measure);
      const isLast = to === pieces.length;
      const tooHigh = blocksHeight(blocks, room, measure) > room.height;
      const flaws = (tooHigh ? 2 : 0) + (slide > 0 && isLoneLine(blocks, room, measure) ? 1 : 0) + (!isLast && endsOpen(blocks) ? 1 : 0);
      page = { fill: to === from + 1 ? Math.min(1, fill) : fill, flaws };
      known.set(key, page);
    }
    return page;
  };
}

function isLoneLine(blocks: readonly Block[], room: Room, measure: Measure): boolean {
  return room.bare && blocksHeight(blocks, room, measure) <= room.style.line;
}

/** Whether the text announces what then stands on the next slide only. */
function endsOpen(blocks: readonly Block[]): boolean {
  return /[:：]\s*$/.test(blocksToPlain(blocks.slice(-1)));
}

/** How full a slide is with these blocks: 1 is exactly full, by height or by words, whichever is reached first. */
function fillOf(blocks: readonly Block[], room: Room, measure: Measure): number {
  const height = blocksHeight(blocks, room, measure) / room.height;
  return Math.max(height, countBlockWords(blocks) / room.words);
}
