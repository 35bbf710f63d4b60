import type { HandoutPage } from '../../model/outputs/handout.ts';
import type { Passage } from '../../pdf/inspect/lost-words.ts';
import type { ShownDeckJob } from '../run/export-job.ts';

/** A deck to be printed on paper, its slides small and its notes below them. */
export interface HandoutJob extends ShownDeckJob {
  format: 'handout';
  /** Of the PDF, without extension. */
  name: string;
  page: HandoutPage;
  /** What must be found in the PDF besides the words on its slides, each in one piece: notes, questions, sources. */
  passages: readonly Passage[];
}
