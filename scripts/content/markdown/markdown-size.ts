/** How much of a text can be shown: beyond that nobody would read the slides, and making them takes minutes and gigabytes. */
import { type Block, inlineToPlain } from '../../model/text/text.ts';
import type { Part } from './markdown.ts';

/** Two thousand points make a deck of hundreds of slides. */
const MOST_PIECES = 2000;
const SENTENCE = 50;
const POINT = /^[ \t>]*(?:[-+*]|\d{1,9}[.)])[ \t]/gm;

/** Why a text is not even parsed, for the parser takes its time over lists; null when it is. */
export function tooManyPoints(source: string): string | null {
  return tooMany(source.match(POINT)?.length ?? 0);
}

/** Why a parsed text is too long for slides; null when it is not. The notes and the transcript of an exchange are as long as they are. */
export function tooManyPieces(parts: readonly Part[], file: string): string | null {
  let sum = 0;
  for (const part of parts) {
    if (part.type === 'block') sum += countPieces(part.block);
    else if (file.startsWith('interviews/') && part.depth === 2 && /^(?:notes|transcript)$/i.test(inlineToPlain(part.children).trim()))
      break;
  }
  return tooMany(sum);
}

function tooMany(pieces: number): string | null {
  if (pieces <= MOST_PIECES) return null;
  return `it has about ${pieces} points, rows, sentences and lines of code; at most ${MOST_PIECES} can be shown`;
}

function countPieces(block: Block): number {
  const sumOf = (blocks: readonly Block[]) => blocks.reduce((sum, each) => sum + countPieces(each), 0);
  switch (block.type) {
    case 'list':
      return block.items.reduce((sum, item) => sum + 1 + sumOf(item), 0);
    case 'quote':
      return sumOf(block.children);
    case 'table':
      return block.rows.length;
    case 'code':
      return block.value.split('\n').length;
    case 'paragraph':
      return Math.floor(inlineToPlain(block.children).length / SENTENCE);
    case 'image':
      return 1;
  }
}
