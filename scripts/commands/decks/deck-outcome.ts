/** The result of making a deck. */
import type { ExpectedError } from '../../shared/errors.ts';
import type { DeckSummary } from './deck-making.ts';
import type { DeckPlace } from './deck-place.ts';

export type NotMade =
  /** Nothing of it may be published: no deck is made, and an earlier one must be removed. */
  | { state: 'empty' }
  /** Its content has files with errors. The last good version stays. */
  | { state: 'held'; because: string[] }
  | { state: 'failed'; error: ExpectedError };

export type Made =
  /** `unchanged`: the file already holds this deck. */
  { state: 'ready'; deck: DeckSummary; unchanged: boolean; markdown: () => Promise<string> } | NotMade;

export type DeckOutcome = DeckPlace & Made;

/** What should happen to a deck, decided before any deck is planned. */
export type DeckVerdict = DeckPlace & ({ state: 'wanted' } | NotMade);

/** Returns why there is no deck to export. Null when none is expected. */
export function whyNotReady(outcome: DeckOutcome | DeckVerdict): string | null {
  if (outcome.state === 'failed') return outcome.error.message;
  return outcome.state === 'held' ? `content with errors belongs to it: ${outcome.because.join(', ')}` : null;
}

/** Returns whether the existing deck must be removed without a replacement. */
export function mustGo({ state, current, forbidden }: DeckOutcome | DeckVerdict): boolean {
  return current !== null && state !== 'ready' && state !== 'wanted' && (state === 'empty' || forbidden.length > 0);
}
