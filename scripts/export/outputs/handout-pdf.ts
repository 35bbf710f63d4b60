/** A handout as PDF: the deck is shown as for its slides, and its page rearranged before it is printed. */

import { type Destinations, readDestinations } from '../../pdf/destinations.ts';
import { describeFault } from '../../pdf/inspect/inspect-pdf.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { placeOf, showHandout } from '../page/handout-page.ts';
import { keepShortParagraphs, printPaper } from '../page/paper-page.ts';
import type { Finisher } from '../run/finisher.ts';
import { type SlideEntry, slideEntries } from '../run/manifest.ts';
import type { Session } from '../run/session.ts';
import { type Attempt, withShownDeck } from '../run/show-deck.ts';
import { listOf } from './finish-printed.ts';
import { handoutExpectation } from './handout-expectation.ts';
import type { HandoutJob } from './handout-job.ts';

export interface MadeHandout {
  pdf: Uint8Array;
  pages: number;
  /** The page on which each slide stands. */
  entries: SlideEntry[];
}

/**
 * Prints a handout to memory; what is given finishes and inspects it, and throws ExpectedError when it is not as planned. Throws as printDeck does.
 */
export async function printHandout(job: HandoutJob, session: Session, attempt: Attempt): Promise<() => Promise<MadeHandout>> {
  const printed = await withShownDeck({ ...job, look: 'light' }, session, attempt, async (page) => {
    await showHandout(page, job.page);
    attempt.signal.throwIfAborted();
    await page.evaluate(keepShortParagraphs);
    return printPaper(page, 'final');
  });
  return () => finishHandout(job, printed, session.server.origin, session.finisher);
}

async function finishHandout(job: HandoutJob, printed: Uint8Array, origin: string, finisher: Finisher): Promise<MadeHandout> {
  const { deck, metadata, date, unsure, passages } = job;
  const { languageTag } = deck;
  const destinations = await readDestinations(printed);
  const places = deck.slides.map((_, index) => destinationOf(index + 1, destinations));
  const expected = handoutExpectation(deck, { places, pages: destinations.pages, passages, unsure });
  const finish = { metadata, languageTag, date, origin, outline: expected.outline, sections: 'tags' as const };
  const { pdf, faults } = await finisher.finish({ printed, finish, expected });
  if (faults.length > 0) throw new ExpectedError(`the PDF is not as planned: ${listOf(faults.map(describeFault))}`);
  const entries = slideEntries(deck).map((entry, index) => ({ ...entry, page: places[index]?.page ?? entry.page }));
  return { pdf, pages: destinations.pages, entries };
}

function destinationOf(slide: number, { places }: Destinations): { page: number; y: number } {
  const place = places.get(placeOf(slide));
  if (place !== undefined) return place;
  throw new ExpectedError(`the handout does not say where slide ${slide} stands`, { hint: 'correct the template handout.html.hbs' });
}
