import type { IncomingMessage, ServerResponse } from 'node:http';

/** Shows one deck at a time below `/print`. */
export interface Site {
  /**
   * Compiles a deck and shows it from now on; says how many slides it has. Throws ExpectedError when the deck is at fault, with the slide and
   * the reason, and the signal's reason when that is aborted: then the site keeps showing what it shows.
   */
  show(entry: string, signal?: AbortSignal): Promise<number>;
  /** Answers a request that has been let in. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

export interface SiteOptions {
  /** Folders outside the slides and theme folders that decks take images from. */
  assets: readonly string[];
  /** The only theme that decks may name; any when not given. */
  theme: string | undefined;
}
