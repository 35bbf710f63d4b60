import type { IncomingMessage, ServerResponse } from 'node:http';

/** Shows one deck at a time below `/print`. */
export interface Site {
  /**
   * Compiles a deck and shows it from now on. Throws ExpectedError when the deck is at fault, with the slide and
   * the reason, and the signal's reason when that is aborted: then the site keeps showing what it shows.
   */
  show(entry: string, signal?: AbortSignal): Promise<OnSite>;
  /** Answers a request that has been let in. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

export interface OnSite {
  slides: number;
  /** How a page that is open shows it; null when it has to be opened anew. */
  stage: Stage | null;
}

export interface Stage {
  /** Of the page: decks with the same one can be shown in it, one after the other. */
  page: string;
  /** Address of the deck's module, which that page is told to show. */
  deck: string;
}

export interface SiteOptions {
  /** Folders outside the slides and theme folders that decks take images from. */
  assets: readonly string[];
  /** The only theme that decks may name; any when not given. */
  theme: string | undefined;
}
