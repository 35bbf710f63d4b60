import { type Token, tokensOf } from '../quotes/quote-tokens.ts';

/** Markdown as it stands in its file, and the line of the file that it begins in. */
export interface Source {
  text: string;
  line: number;
}

/**
 * Where words stand in the file: the parser only tells where their block begins, which may be many lines up. The first place from `start` on at which
 * the first of them stand side by side; `start` where they do not, for they may be written with marks in between.
 */
export function placeInSource(
  words: readonly Token[],
  start: { line: number; column: number },
  source: Source | null,
): { line: number; column: number } {
  if (source === null || words.length === 0) return start;
  const rest = linesFrom(source.text, start.line - source.line).slice(0, FARTHEST);
  const tokens = tokensOf(rest);
  const wanted = words.slice(0, 4);
  const found = tokens.find((_, index) => wanted.every(({ key }, offset) => tokens[index + offset]?.key === key));
  if (found === undefined) return start;
  const before = rest.slice(0, found.from).split('\n');
  const line = rest.split('\n', before.length).at(-1) ?? '';
  return before.length === 1 ? start : { line: start.line + before.length - 1, column: Math.max(0, line.search(/\S/)) + 1 };
}

/** In characters; what stands farther from the beginning of its block is placed there. */
const FARTHEST = 50_000;

/** The text from a line on, counted from 0. */
export function linesFrom(text: string, line: number): string {
  let from = 0;
  for (let skipped = 0; skipped < line; skipped += 1) from = text.indexOf('\n', from) + 1;
  return text.slice(from);
}
