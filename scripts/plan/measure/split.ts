/** Cutting the points of an exchange into slides: at a point or sentence boundary, evenly, nothing lost and no line left alone. */
import { type Block, blocksToPlain, type Inline, inlineToPlain } from '../../model/text/text.ts';
import { blocksHeight } from '../slides/block-sizes.ts';
import type { Column, Measure } from './measure.ts';
import { countBlockWords, splitClauses, splitSentences, splitWords } from './split-words.ts';

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

// Where a sequence of pieces is cut into slides: on as few as it needs, with the fewest flaws, evenly. Knows nothing of text.

/** What slide number `slide` looks like with the pieces from `from` up to `to`. A single piece counts as fitting, however large. */
type Page = (from: number, to: number, slide: number) => { fill: number; flaws: number };

/** Each slide holds at most what fits from its first piece on, so filling greedily gives the least number of slides. */
function countGreedily(pieces: number, page: Page): number {
  let slides = 0;
  for (let from = 0; from < pieces; slides += 1) {
    let to = from + 1;
    while (to < pieces && page(from, to + 1, slides).fill <= 1) to += 1;
    from = to;
  }
  return slides;
}

/** How the first `to` pieces lie on the slides so far. */
interface State {
  to: number;
  flaws: number;
  fullest: number;
  before: State | null;
}

/** After which piece each of `count` slides ends: with the fewest flaws, then with the fullest slide as empty as can be; of equal ones that with the fuller slides first. */
function cutEvenly(pieces: number, count: number, page: Page): number[] {
  const least = leastBefore(pieces, count, page);
  let states: State[] = [{ to: 0, flaws: 0, fullest: 0, before: null }];
  for (let slide = 0; slide < count; slide += 1) {
    const enough = least[slide + 1] ?? 0;
    states = bestOf(states.flatMap((state) => nextStates(state, pieces, enough, (to) => page(state.to, to, slide))));
  }
  const last = states.find(({ to }) => to === pieces);
  if (last === undefined) throw new TypeError('what can be laid out greedily can be laid out evenly');
  const cuts: number[] = [];
  for (let state: State | null = last; state !== null && state.to > 0; state = state.before) cuts.unshift(state.to);
  return cuts;
}

/** One slide more, with each number of pieces that fits on it and leaves no more than the slides behind it hold. */
function nextStates(before: State, pieces: number, enough: number, page: (to: number) => { fill: number; flaws: number }): State[] {
  const next: State[] = [];
  for (let to = before.to + 1; to <= pieces; to += 1) {
    const { fill, flaws } = page(to);
    if (fill > 1) break;
    if (to >= enough) next.push({ to, flaws: before.flaws + flaws, fullest: Math.max(before.fullest, fill), before });
  }
  return next;
}

/** For each number of pieces the best state; of equal ones the last, which has the fuller slides first. */
function bestOf(states: readonly State[]): State[] {
  const best = new Map<number, State>();
  for (const state of states) {
    const known = best.get(state.to);
    const isBetter = known === undefined || state.flaws < known.flaws || (state.flaws === known.flaws && state.fullest <= known.fullest);
    if (isBetter) best.set(state.to, state);
  }
  return [...best.values()].sort((a, b) => a.to - b.to);
}

/** How many pieces must stand on the first slides at least, so that the others hold the rest; by number of slides. */
function leastBefore(pieces: number, count: number, page: Page): number[] {
  const least = [pieces];
  for (let slide = count - 1; slide >= 0; slide -= 1) {
    const to = least[0] ?? 0;
    let from = Math.max(0, to - 1);
    while (from > 0 && page(from - 1, to, slide).fill <= 1) from -= 1;
    least.unshift(from);
  }
  return least;
}

// Blocks taken apart at the places where a slide may end, and put together again.

type List = Extract<Block, { type: 'list' }>;

/** A list item on the way from the top down to a piece. */
interface Step {
  /** Place of the list among its neighbours. */
  block: number;
  list: Pick<List, 'ordered' | 'start'>;
  item: number;
  /** Whether the piece is the first of the item. */
  opens: boolean;
}

/** The smallest part that stays whole: a block, or a fragment of one that is joined to its neighbours again when they land on one slide. */
interface Piece {
  trail: Step[];
  /** Place of the block among its neighbours. */
  block: number;
  fragment: Block;
}

/** How finely blocks are cut: at points and sentences; at every sentence; inside sentences, where nothing else helps. */
type Grain = 'points' | 'sentences' | 'words';

/** Takes blocks apart. `fill` says how full a slide a block alone makes (1: exactly). */
function toPieces(blocks: readonly Block[], grain: Grain, fill: (block: Block) => number, lang: string): Piece[] {
  const cut = (block: Block): Block[] => {
    switch (block.type) {
      case 'paragraph':
        return grain === 'points' && fill(block) <= 0.5 ? [block] : cutParagraph(block.children, grain, fill, lang);
      case 'table':
        return block.rows.length > 1 && fill(block) > 0.9 ? block.rows.map((row) => ({ ...block, rows: [row] })) : [block];
      case 'code':
        return fill(block) > 0.9 ? block.value.split('\n').map((value) => ({ type: 'code', value })) : [block];
      default:
        return [block];
    }
  };
  const cutAll = (all: readonly Block[], trail: readonly Step[]): Piece[] =>
    all.flatMap((block, place) => {
      if (block.type !== 'list') return cut(block).map((fragment) => ({ trail: [...trail], block: place, fragment }));
      const { ordered, start } = block;
      return block.items.flatMap((item, index) => {
        const step = { block: place, list: { ordered, start }, item: index, opens: true };
        const whole = { ...block, items: [item] };
        if (grain === 'points' && fill(whole) <= 1) return [{ trail: [...trail], block: place, fragment: itemFragment(block, index) }];
        return cutAll(item, [...trail, step]).map((piece, at) => (at === 0 ? piece : resume(piece, trail.length)));
      });
    });
  return cutAll(blocks, []);
}

/** The blocks that neighbouring pieces make when they stand on one slide. */
function joinPieces(pieces: readonly Piece[], depth = 0): Block[] {
  return groupBy(pieces, (piece) => piece.trail[depth]?.block ?? piece.block).flatMap((group) => {
    const first = group[0]?.trail[depth];
    if (first === undefined && group.every(({ trail }) => trail.length <= depth))
      return joinFragments(group.map(({ fragment }) => fragment));
    return [joinItems(group, depth)];
  });
}

/** Pieces of one list: whole items beside items that were cut. */
function joinItems(pieces: readonly Piece[], depth: number): Block {
  const items = groupBy(pieces, (piece) => piece.trail[depth]?.item ?? fragmentItem(piece));
  const first = pieces[0];
  const step = first?.trail[depth];
  const fragment = first?.fragment;
  const list = step?.list ?? (fragment?.type === 'list' ? fragment : { ordered: false, start: 1 });
  const start = step === undefined ? list.start : list.start + step.item;
  return {
    type: 'list',
    ordered: list.ordered,
    start,
    items: items.flatMap((group) =>
      group[0]?.trail[depth] === undefined
        ? group.flatMap((piece) => (piece.fragment.type === 'list' ? piece.fragment.items : []))
        : [joinPieces(group, depth + 1)],
    ),
    ...(step?.opens === false ? { resumes: true } : {}),
  };
}

/** Whole items are lists of one; their number is their place in the list. */
function fragmentItem(piece: Piece): number {
  return piece.fragment.type === 'list' ? -1 - piece.fragment.start : 0;
}

function itemFragment(list: List, index: number): Block {
  return { ...list, start: list.start + index, items: [list.items[index] ?? []] };
}

function resume(piece: Piece, depth: number): Piece {
  return { ...piece, trail: piece.trail.map((step, at) => (at === depth ? { ...step, opens: false } : step)) };
}

function joinFragments(fragments: readonly Block[]): Block[] {
  const [first, ...rest] = fragments;
  if (first === undefined) return [];
  if (rest.length === 0) return [first];
  switch (first.type) {
    case 'paragraph':
      return [{ type: 'paragraph', children: fragments.flatMap((each) => (each.type === 'paragraph' ? each.children : [])) }];
    case 'table':
      return [{ ...first, rows: fragments.flatMap((each) => (each.type === 'table' ? each.rows : [])) }];
    case 'code':
      return [{ type: 'code', value: fragments.map((each) => (each.type === 'code' ? each.value : '')).join('\n') }];
    case 'list':
      return [{ ...first, items: fragments.flatMap((each) => (each.type === 'list' ? each.items : [])) }];
    default:
      return [...fragments];
  }
}

function cutParagraph(children: readonly Inline[], grain: Grain, fill: (block: Block) => number, lang: string): Block[] {
  const paragraph = (part: Inline[]): Block => ({ type: 'paragraph', children: part });
  return splitSentences(children, lang)
    .flatMap((sentence) => {
      // A speech recogniser's transcript may go on for minutes without a full stop.
      const isTooLong = fill(paragraph(sentence)) > 1;
      if (!isTooLong && grain !== 'words') return [sentence];
      const clauses = splitClauses(sentence);
      return clauses.flatMap((clause) => (fill(paragraph(clause)) > 1 || clauses.length === 1 ? splitWords(clause, lang) : [clause]));
    })
    .filter((part) => inlineToPlain(part) !== '')
    .map(paragraph);
}

function groupBy<T>(items: readonly T[], key: (item: T) => number): T[][] {
  const groups: { key: number; items: T[] }[] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last?.key === key(item)) last.items.push(item);
    else groups.push({ key: key(item), items: [item] });
  }
  return groups.map((group) => group.items);
}
