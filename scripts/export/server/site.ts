import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DeckData } from '../stage/deck-data.ts';

/** Shows one deck at a time below `/print`. */
export interface Site {
  /**
   * Shows a deck from now on. Throws ExpectedError with the slide and the reason when the deck is at fault, and the signal's reason when
   * that is aborted. The site then keeps showing the previous deck.
   */
  show(entry: string, signal?: AbortSignal): Promise<OnSite>;
  /** Answers a request that has been allowed. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

export interface OnSite {
  slides: number;
  /** The deck's data and the key of its stage. Null when the page shows the deck by itself. */
  onStage: { key: string; data: DeckData } | null;
}

export interface SiteOptions {
  /** Folders outside the slides and theme folders from which decks take images. */
  assets: readonly string[];
  /** The only theme that decks may use. Undefined allows any. */
  theme: string | undefined;
}

/** Thrown when the stage cannot show a deck that Slidev's development server may be able to show. The message gives the reason. */
export class NotOnStage extends Error {}
