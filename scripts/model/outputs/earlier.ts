import type { Corpus } from '../corpus.ts';

/** The content as it was, to say what has changed since. */
export interface Earlier {
  corpus: Corpus;
  /** Since when, as slides say it: `YYYY-MM-DD`, or `YYYY-MM` where a month was asked for. */
  since: string;
  /** The last day of then, `YYYY-MM-DD`: what was under embargo on it was not yet published. */
  day: string;
}
