import { closest, distance } from 'fastest-levenshtein';

/** The candidate that somebody most likely meant by `word`, or null when none is near enough. */
export function suggest(word: string, candidates: Iterable<string>): string | null {
  const written = word.toLowerCase();
  const others = [...candidates].filter((candidate) => candidate !== word);
  if (others.length === 0) return null;
  const best = closest(written, others);
  const length = Math.max(written.length, best.length);
  // One slip in three letters still reads as a slip, as do two letters in the wrong order; more is another word.
  const allowed = length < 3 ? 0 : Math.min(3, Math.ceil(length / 3));
  const slips = distance(written, best.toLowerCase());
  return slips <= allowed || (slips === 2 && sameLetters(written, best.toLowerCase())) ? best : null;
}

function sameLetters(a: string, b: string): boolean {
  return [...a].sort().join('') === [...b].sort().join('');
}
