/** Blocks taken apart at the places where a slide may end, and put together again. */
import type { Block, Inline } from '../../model/text/text.ts';
import { inlineToPlain } from '../../model/text/text.ts';
import { splitClauses, splitSentences, splitWords } from './split-words.ts';

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
export interface Piece {
  trail: Step[];
  /** Place of the block among its neighbours. */
  block: number;
  fragment: Block;
}

/** How finely blocks are cut: at points and sentences; at every sentence; inside sentences, where nothing else helps. */
export type Grain = 'points' | 'sentences' | 'words';

/** Takes blocks apart. `fill` says how full a slide a block alone makes (1: exactly). */
export function toPieces(blocks: readonly Block[], grain: Grain, fill: (block: Block) => number, lang: string): Piece[] {
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
export function joinPieces(pieces: readonly Piece[], depth = 0): Block[] {
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
