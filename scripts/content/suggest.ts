import { closest, distance } from 'fastest-levenshtein';

/** The candidate that somebody most likely meant by `word`, or null when none is near enough. */
export function suggest(word: string, candidates: Iterable<string>): string | null {
  const written = word.toLowerCase();
  const others = [...candidates].filter((candidate) => candidate !== word);
  if (others.length === 0) return null;
  const best = closest(written, others);
  // One slip in three letters still reads as a slip; more is another word.
  const allowed = Math.max(1, Math.min(3, Math.floor(Math.max(written.length, best.length) / 3)));
  return distance(written, best.toLowerCase()) <= allowed ? best : null;
}
