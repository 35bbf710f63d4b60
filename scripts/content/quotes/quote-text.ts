/** A quote taken apart: the words that must have been said, and what stands for others. */
import { type Quote, textsOf } from '../../model/text/quote-marks.ts';
import { type Token, tokensOf } from './quote-tokens.ts';

export interface QuoteText {
  text: string;
  /** Runs of words that must have been said as they stand. */
  pieces: { text: string; tokens: Token[] }[];
  /** What stands between one piece and the next. */
  gaps: Gap[];
  /** Words that the editor has put in brackets. */
  inserted: Token[];
}

/** `…`, `...`, `[…]`: words are left out. `[the model]`: the editor's words, visibly, in place of others or none. */
export type Gap = 'ellipsis' | 'brackets';

/** A quote's text, one line a paragraph. */
export function textOfQuote(quote: Quote): string {
  return textsOf(quote.children).join('\n');
}

/** Cuts a quote at its ellipses and brackets. A single letter in brackets (`[T]he`) only changes the case, which does not count. */
export function readQuote(text: string): QuoteText {
  const plain = text.replace(/\[(\p{Lu}|\p{Ll})\](?=\p{L})/gu, '$1');
  const quote: QuoteText = { text, pieces: [], gaps: [], inserted: [] };
  let gap: Gap | null = null;
  let from = 0;
  const take = (to: number) => {
    const piece = plain.slice(from, to).trim();
    const tokens = tokensOf(piece);
    if (tokens.length === 0) return;
    if (quote.pieces.length > 0) quote.gaps.push(gap ?? 'brackets');
    quote.pieces.push({ text: piece, tokens });
    gap = null;
  };
  for (const match of plain.matchAll(GAP)) {
    take(match.index);
    from = match.index + match[0].length;
    const inserted = tokensOf(match[1] ?? '');
    if (inserted.length === 0) gap = 'ellipsis';
    else gap ??= 'brackets';
    quote.inserted.push(...inserted);
  }
  take(plain.length);
  return quote;
}

const dots = '(?:\\.{3,}|(?:\\. ){2}\\.|…+|⋯+)';
const GAP = new RegExp(`[[(]\\s*${dots}\\s*[\\])]|${dots}|\\[([^[\\]]{0,500})\\]`, 'g');

/** What follows the last dash of a text, which may be the name of who says it, and the text before it. Null when there is none. */
export function readAttribution(text: string): { words: string; name: string } | null {
  const match = /^(.*?)(?:^|[\s”"'」』]|(?<=[\p{P}]))(?:[—–―]|--)+\s*(?=\p{L})([^—–―\n]{1,80})$/su.exec(text.trimEnd());
  const [, words = '', name = ''] = match ?? [];
  return match === null || tokensOf(words).length === 0 ? null : { words, name: name.trim() };
}
