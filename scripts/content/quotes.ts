import { type Block, blocksToPlain } from '../model/text.ts';
import type { Findings } from './findings.ts';
import type { Part } from './markdown.ts';

/**
 * Reports the quotes that do not occur in the transcript. White space, punctuation and case do not count; what stands for left-out
 * words (`...`, `[…]`) cuts a quote into pieces that must all occur, in this order; a last `— Name` is not part of the quote.
 */
export function reportUnknownQuotes(parts: readonly Part[], transcript: readonly Block[], file: string, findings: Findings): void {
  let said: string | null = null;
  for (const part of parts) {
    if (part.type !== 'block') continue;
    for (const quote of quotesIn(part.block)) {
      said ??= fold(blocksToPlain(transcript));
      const paragraphs = quote.children.map((block) => blocksToPlain([block]));
      const unknown = paragraphs.find((paragraph) => !occurs(paragraph, said ?? ''));
      if (unknown === undefined) continue;
      const shown = unknown.length > 80 ? `${unknown.slice(0, 79)}…` : unknown;
      findings.add('unknown-quote', { file, line: part.line, column: part.column }, { quote: shown });
    }
  }
}

function quotesIn(block: Block): Extract<Block, { type: 'quote' }>[] {
  if (block.type === 'quote') return [block];
  return block.type === 'list' ? block.items.flat().flatMap(quotesIn) : [];
}

const ATTRIBUTION = /(?:^|\s)(?:—|–|--)+\s*[^—–]{1,80}$/;

function occurs(paragraph: string, said: string): boolean {
  return occursAs(paragraph, said) || (ATTRIBUTION.test(paragraph) && occursAs(paragraph.replace(ATTRIBUTION, ''), said));
}

function occursAs(text: string, said: string): boolean {
  let from = 0;
  for (const piece of text.split(/\.{3,}|…+/).map(fold)) {
    const at = said.indexOf(piece, from);
    if (at === -1) return false;
    from = at + piece.length;
  }
  return true;
}

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
