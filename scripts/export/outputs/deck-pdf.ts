import { printPdf } from '../page/print.ts';
import type { SlidesJob } from '../run/export-job.ts';
import type { Session } from '../run/session.ts';
import { type ShowAttempt, withShownDeck } from '../run/show-deck.ts';

/** Prints a deck to memory. Throws ExpectedError when it does not compile or does not fit, and the signal's reason when that is aborted. */
export async function printDeck(job: SlidesJob, session: Session, attempt: ShowAttempt): Promise<Uint8Array> {
  return withShownDeck(job, session, attempt, printPdf);
}
