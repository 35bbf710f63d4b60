/** Blocks taken apart at the places where a slide may end, and put together again. */
import type { Block, Inline } from '../model/text.ts';
import { splitSentences } from './words.ts';

/** The smallest part that stays whole. Neighbours of the same group are joined again when they land on one slide. */
export interface Piece {
  group: number;
  content:
    | { type: 'item'; item: Block[]; ordered: boolean; start: number }
    | { type: 'sentence'; children: Inline[] }
    | { type: 'row'; table: Extract<Block, { type: 'table' }>; row: Inline[][] }
    | { type: 'whole'; block: Block };
}

/** Takes blocks apart: lists at their items, long paragraphs at their sentences, long tables at their rows. `fill` says how full a slide a block makes (1: exactly). */
export function toPieces(blocks: readonly Block[], fill: (block: Block) => number, lang: string): Piece[] {
  return blocks.flatMap((block, group): Piece[] => {
    if (block.type === 'list') {
      return block.items
        .flatMap((item) => (fill({ ...block, items: [item] }) > 1 ? splitItem(item, lang) : [item]))
        .map((item, index) => ({ group, content: { type: 'item', item, ordered: block.ordered, start: block.start + index } }));
    }
    if (block.type === 'paragraph' && fill(block) > 0.5) {
      return splitSentences(block.children, lang).map((children) => ({ group, content: { type: 'sentence', children } }));
    }
    if (block.type === 'table' && block.rows.length > 1 && fill(block) > 1) {
      return block.rows.map((row) => ({ group, content: { type: 'row', table: block, row } }));
    }
    return [{ group, content: { type: 'whole', block } }];
  });
}

/** The blocks that pieces make when they stand on one slide. */
export function joinPieces(pieces: readonly Piece[]): Block[] {
  const groups: Piece[][] = [];
  for (const piece of pieces) {
    const last = groups.at(-1);
    if (last?.[0]?.group === piece.group) last.push(piece);
    else groups.push([piece]);
  }
  return groups.map(joinGroup);
}

function joinGroup(group: readonly Piece[]): Block {
  const contents = group.map(({ content }) => content);
  const first = contents[0];
  switch (first?.type) {
    case 'item':
      return {
        type: 'list',
        ordered: first.ordered,
        start: first.start,
        items: contents.flatMap((c) => (c.type === 'item' ? [c.item] : [])),
      };
    case 'sentence':
      return { type: 'paragraph', children: contents.flatMap((c) => (c.type === 'sentence' ? c.children : [])) };
    case 'row':
      return { ...first.table, rows: contents.flatMap((c) => (c.type === 'row' ? [c.row] : [])) };
    case 'whole':
      return first.block;
    default:
      throw new TypeError('A group of pieces is never empty');
  }
}

/** A list item too long for a slide becomes several: one for each sentence. */
function splitItem(item: readonly Block[], lang: string): Block[][] {
  return item.flatMap((block): Block[][] =>
    block.type === 'paragraph' ? splitSentences(block.children, lang).map((children) => [{ type: 'paragraph', children }]) : [[block]],
  );
}
