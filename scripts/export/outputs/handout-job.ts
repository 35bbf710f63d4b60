import type { HandoutPage } from '../../model/outputs/handout.ts';
import type { Passage } from '../../pdf/inspect/lost-words.ts';
import type { ShownDeckJob } from '../run/export-job.ts';

/** A deck to print on paper, with small slides and the notes below them. */
export interface HandoutJob extends ShownDeckJob {
  format: 'handout';
  /** The name of the PDF without extension. */
  name: string;
  page: HandoutPage;
  /** Text that must be in the PDF besides the words on its slides, each in one piece: notes, questions, sources. */
  passages: readonly Passage[];
}
