import type { Attribution } from './corpus.ts';

/** Of several attributions the one that gives away least. */
export function strictest(levels: readonly (Attribution | null)[]): Attribution {
  return levels.includes('anonymous') ? 'anonymous' : levels.includes('role') ? 'role' : 'named';
}
