/**
 * Cuts the text of an exchange at the end of a point or sentence: where a slide is full, or into several slides, evenly, without losing text
 * or leaving a single line alone.
 */
import { type Block, blocksToPlain, type Inline, inlineToPlain } from '../../model/text/text.ts';
import { blocksHeight } from '../slides/block-sizes.ts';
import type { Column, Measure } from './measure.ts';
import { splitClauses, splitSentences, splitWords } from './split-words.ts';

/** The room for text on a slide: a column and its height in CSS pixels. */
export interface SlideRoom extends Column {
  height: number;
}

/**
 * Returns the beginning of blocks that fits the room, and the rest. The cut is at the end of a point, of a sentence where whole points would
 * leave much of the room empty, and inside a sentence only when not even one fits.
 */
export function cutBlocks(blocks: readonly Block[], room: SlideRoom, lang: string, measure: Measure): { kept: Block[]; rest: Block[] } {
  for (const [grain, enough] of [
    ['points', WELL_FILLED],
    ['sentences', 0],
    ['words', 0],
  ] as const) {
    const pieces = toPieces(blocks, grain, (block) => fillOf([block], room, measure), lang);
    const first = (count: number) => joinPieces(pieces.slice(0, count));
    let count = 0;
    while (count < pieces.length && fillOf(first(count + 1), room, measure) <= 1) count += 1;
    while (count > 1 && count < pieces.length && endsOpen(first(count))) count -= 1;
    if (count > 0 && fillOf(first(count), room, measure) >= enough) return { kept: first(count), rest: joinPieces(pieces.slice(count)) };
  }
  return { kept: [], rest: [...blocks] };
}

/** As a share of the room. */
const WELL_FILLED = 0.7;

/** The room on every slide, in the usual size or, as a last resort, in compact type. */
export interface Rooms {
  usual: SlideRoom;
  compact: SlideRoom;
  /** Whether the slides hold nothing but text. Then a single line looks lost. */
  bare: boolean;
}

export interface Portion {
  blocks: Block[];
  size: 'usual' | 'compact';
}

/**
 * Distributes blocks over as few slides as possible and as evenly as points and sentences allow. Smaller type and cuts inside a sentence
 * are used only for a line that would stand alone or a sentence that fits on no slide. A block that cannot be cut (an image) and is too
 * large gets a slide of its own; the export reports by how much it is too large.
 */
export function splitBlocks(blocks: readonly Block[], rooms: Rooms, lang: string, measure: Measure): Portion[] {
  if (blocks.length === 0) return [{ blocks: [], size: 'usual' }];
  let best: Layout | null = null;
  for (const attempt of ATTEMPTS) {
    const layout = layOut(blocks, attempt, rooms, lang, measure);
    if (best === null || layout.flaws < best.flaws) best = layout;
    if (best.flaws === 0) break;
  }
  return (best?.portions ?? []).map((portion) => ({ blocks: portion, size: best?.size ?? 'usual' }));
}

interface Attempt {
  grain: Grain;
  size: 'usual' | 'compact';
}

/** Ways to split, from the best to those that are acceptable only instead of a flaw. */
const ATTEMPTS: readonly Attempt[] = [
  { grain: 'points', size: 'usual' },
  { grain: 'sentences', size: 'usual' },
  { grain: 'points', size: 'compact' },
  { grain: 'sentences', size: 'compact' },
  { grain: 'words', size: 'usual' },
];

interface Layout {
  portions: Block[][];
  size: 'usual' | 'compact';
  /** Single lines or sentences left alone, and pieces that do not fit anywhere. */
  flaws: number;
}

function layOut(blocks: readonly Block[], { grain, size }: Attempt, rooms: Rooms, lang: string, measure: Measure): Layout {
  const room = rooms[size];
  const pieces = toPieces(blocks, grain, (block) => fillOf([block], room, measure), lang);
  const page = rememberPages(pieces, room, rooms.bare, measure);
  const cuts = cutEvenly(pieces.length, countGreedily(pieces.length, page), page);
  return {
    portions: cuts.map((to, index) => joinPieces(pieces.slice(index === 0 ? 0 : (cuts[index - 1] ?? 0), to))),
    size,
    flaws: cuts.reduce((sum, to, index) => sum + page(index === 0 ? 0 : (cuts[index - 1] ?? 0), to, index).flaws, 0),
  };
}

function rememberPages(pieces: readonly Piece[], room: SlideRoom, bare: boolean, measure: Measure): Page {
  const known = new Map<string, { fill: number; flaws: number }>();
  return (from, to, slide) => {
    const key = `${from} ${to} ${slide === 0}`;
    let page = known.get(key);
    if (page === undefined) {
      const blocks = joinPieces(pieces.slice(from, to));
      const fill = fillOf(blocks, room, measure);
      const isLast = to === pieces.length;
      const isLone = bare && slide > 0 && fill * room.height <= room.style.line;
      const flaws = (fill > 1 ? 2 : 0) + (isLone ? 1 : 0) + (!isLast && endsOpen(blocks) ? 1 : 0);
      page = { fill: to === from + 1 ? Math.min(1, fill) : fill, flaws };
      known.set(key, page);
    }
    return page;
  };
}

/** Whether the text ends with a colon, so that what it announces is on the next slide. */
function endsOpen(blocks: readonly Block[]): boolean {
  return /[:：]\s*$/.test(blocksToPlain(blocks.slice(-1)));
}

/** Returns how full a slide is with these blocks. 1 is exactly full. */
function fillOf(blocks: readonly Block[], room: SlideRoom, measure: Measure): number {
  return blocksHeight(blocks, room, measure) / room.height;
}

// Distribution of pieces over slides: as few slides as possible, then the fewest flaws, then evenly. Independent of text

/** Returns how full slide `slide` is with the pieces from `from` up to `to`. A single piece counts as fitting, however large. */
type Page = (from: number, to: number, slide: number) => { fill: number; flaws: number };

/** Counts slides by filling them greedily. This is the minimum, because any part of what fits on a slide fits too. */
function countGreedily(pieces: number, page: Page): number {
  let slides = 0;
  for (let from = 0; from < pieces; slides += 1) {
    let to = from + 1;
    while (to < pieces && page(from, to + 1, slides).fill <= 1) to += 1;
    from = to;
  }
  return slides;
}

/** A way to place the first `to` pieces on the slides so far. */
interface State {
  to: number;
  flaws: number;
  fullest: number;
  before: State | null;
}

/**
 * Returns the end of each of `count` slides: with the fewest flaws, then with the least full fullest slide, then with fuller slides
 * first.
 */
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

/** Adds a slide, once for each number of pieces that fits on it and leaves no more than the remaining slides hold. */
function nextStates(before: State, pieces: number, enough: number, page: (to: number) => { fill: number; flaws: number }): State[] {
  const next: State[] = [];
  for (let to = before.to + 1; to <= pieces; to += 1) {
    const { fill, flaws } = page(to);
    if (fill > 1) break;
    if (to >= enough) next.push({ to, flaws: before.flaws + flaws, fullest: Math.max(before.fullest, fill), before });
  }
  return next;
}

/** Returns the best state for each number of pieces. Of equal states the last one wins, because its fuller slides come first. */
function bestOf(states: readonly State[]): State[] {
  const best = new Map<number, State>();
  for (const state of states) {
    const known = best.get(state.to);
    const isBetter = known === undefined || state.flaws < known.flaws || (state.flaws === known.flaws && state.fullest <= known.fullest);
    if (isBetter) best.set(state.to, state);
  }
  return [...best.values()].sort((a, b) => a.to - b.to);
}

/** Returns, by number of slides, how many pieces the first slides must hold at least so that the others can hold the rest. */
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

// Splitting blocks into pieces, and joining them again

type List = Extract<Block, { type: 'list' }>;

/** A list item or quote on the path from the top level to a piece. */
interface Step {
  /** Index of the list or quote among its neighbours. */
  block: number;
  /** Null in a quote. */
  list: Pick<List, 'ordered' | 'start'> | null;
  item: number;
  /** Whether the piece is the first of the item. */
  opens: boolean;
}

/** The smallest part that stays whole: a block, or a fragment of one. Fragments on the same slide are joined again. */
interface Piece {
  trail: Step[];
  /** Index of the block among its neighbours. */
  block: number;
  fragment: Block;
}

/** Where blocks are cut: at points and sentences, at every sentence, or, as a last resort, inside sentences. */
type Grain = 'points' | 'sentences' | 'words';

/** Splits blocks into pieces. `fill` returns how full a slide is with one block alone (1: exactly full). */
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
      if (block.type === 'quote' && (grain !== 'points' || fill(block) > 1))
        return cutAll(block.children, [...trail, { block: place, list: null, item: 0, opens: true }]);
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

/** Joins neighbouring pieces on one slide into blocks. */
function joinPieces(pieces: readonly Piece[], depth = 0): Block[] {
  return groupBy(pieces, (piece) => piece.trail[depth]?.block ?? piece.block).flatMap((group) => {
    const first = group[0]?.trail[depth];
    if (first === undefined && group.every(({ trail }) => trail.length <= depth))
      return joinFragments(group.map(({ fragment }) => fragment));
    return [first?.list === null ? { type: 'quote', children: joinPieces(group, depth + 1) } : joinItems(group, depth)];
  });
}

/** Joins pieces of one list: whole items and parts of items. */
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

/** A whole item is a list of one item. Its number is its position in the list. */
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
      // A transcript of a speech recogniser may contain no full stop for minutes.
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
