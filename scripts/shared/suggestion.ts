import { closest, distance } from 'fastest-levenshtein';

/** What to say of a name that there is not: the near one, if any, and the known ones. */
export function knownNames(name: string, known: readonly string[]): string {
  const near = known.length > 0 ? closest(name, known) : null;
  const hint = near !== null && distance(name, near) <= 3 ? `did you mean "${near}"? ` : '';
  return `${hint}known: ${known.join(', ') || 'none'}`;
}
