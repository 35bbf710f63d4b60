import type { HandoutPage } from '../model/handout.ts';
import type { ShownDeckJob } from './export-job.ts';
import type { Passage } from './lost-words.ts';

/** A deck to be printed on paper, its slides small and its notes below them. */
export interface HandoutJob extends ShownDeckJob {
  format: 'handout';
  /** Of the PDF, without extension. */
  name: string;
  page: HandoutPage;
  /** What must be found in the PDF besides the words on its slides, each in one piece: notes, questions, sources. */
  passages: readonly Passage[];
}
