import type { Corpus } from '../corpus.ts';

/** The content at an earlier time, to show what has changed since. */
export interface Earlier {
  corpus: Corpus;
  /** The earlier time as shown on slides: `YYYY-MM-DD`, or `YYYY-MM` when a month was asked for. */
  since: string;
  /** The last day of that time, `YYYY-MM-DD`. Content under embargo on that day was not published yet. */
  day: string;
}
