/** What becomes of a deck. */
import type { ExpectedError } from '../../shared/errors.ts';
import type { DeckSummary } from './deck-making.ts';
import type { DeckPlace } from './deck-place.ts';

export type NotMade =
  /** Nothing of it may be published: there is to be no deck, and an earlier one has to go. */
  | { state: 'empty' }
  /** Content files with errors belong to it: the last good version stays. */
  | { state: 'held'; because: string[] }
  | { state: 'failed'; error: ExpectedError };

export type Made =
  /** Unchanged: it stands in its place as it would be written now. */
  { state: 'ready'; deck: DeckSummary; unchanged: boolean; markdown: () => Promise<string> } | NotMade;

export type DeckOutcome = DeckPlace & Made;

/** What is to become of a deck, before any is planned. */
export type DeckVerdict = DeckPlace & ({ state: 'wanted' } | NotMade);

/** Why there is no deck to be exported; null where there is to be none. */
export function whyNotReady(outcome: DeckOutcome | DeckVerdict): string | null {
  if (outcome.state === 'failed') return outcome.error.message;
  return outcome.state === 'held' ? `content with errors belongs to it: ${outcome.because.join(', ')}` : null;
}
