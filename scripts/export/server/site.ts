import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DeckData } from '../stage/deck-data.ts';

/** Shows one deck at a time below `/print`. */
export interface Site {
  /**
   * Shows a deck from now on. Throws ExpectedError when the deck is at fault, with the slide and the reason, and the signal's reason when that is aborted:
   * then the site keeps showing what it shows.
   */
  show(entry: string, signal?: AbortSignal): Promise<OnSite>;
  /** Answers a request that has been let in. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

export interface OnSite {
  slides: number;
  /** The deck for the stage, and which stage that is; null when the page shows the deck by itself. */
  onStage: { key: string; data: DeckData } | null;
}

export interface SiteOptions {
  /** Folders outside the slides and theme folders that decks take images from. */
  assets: readonly string[];
  /** The only theme that decks may name; any when not given. */
  theme: string | undefined;
}

/** The stage cannot show a deck, and Slidev's development server can perhaps. The message says why. */
export class NotOnStage extends Error {}
