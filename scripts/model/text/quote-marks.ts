/** The quotes (`>`) in rich text. */
import { type Block, inlineToPlain } from './text.ts';

export type Quote = Extract<Block, { type: 'quote' }>;

/** The quotes among blocks, however deep in lists; a quote inside a quote is part of it. */
export function quotesIn(blocks: readonly Block[]): Quote[] {
  return blocks.flatMap((block) => {
    if (block.type === 'quote') return [block];
    return block.type === 'list' ? block.items.flatMap(quotesIn) : [];
  });
}

/** The texts of blocks, each of which is set in one piece: paragraphs, cells of tables, code. What an image says instead of itself is none. */
export function textsOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap(textsIn);
}

function textsIn(block: Block): string[] {
  switch (block.type) {
    case 'paragraph':
      return [inlineToPlain(block.children)];
    case 'list':
      return block.items.flatMap(textsOf);
    case 'quote':
      return textsOf(block.children);
    case 'table':
      return [block.head, ...block.rows].flat().map(inlineToPlain);
    case 'code':
      return [block.value];
    case 'image':
      return [];
  }
}
