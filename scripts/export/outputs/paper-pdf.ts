/** A document as PDF: printed once to see where everything lands, then with its page numbers. */
import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'playwright-chromium';
import { type Destinations, readDestinations } from '../../pdf/destinations.ts';
import { describeFault } from '../../pdf/inspect/inspect-pdf.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { fillPageNumbers, findTooWide, printPaper, showPaper } from '../page/paper-page.ts';
import type { Finisher } from '../run/finisher.ts';
import type { SlideEntry } from '../run/manifest.ts';
import type { Session } from '../run/session.ts';
import { type PaperJob, paperExpectation } from './paper-job.ts';

export interface MadePaper {
  pdf: Uint8Array;
  pages: number;
  /** The page on which each exchange begins. */
  entries: SlideEntry[];
}

/**
 * Prints a document to memory; what is given finishes and inspects it, and throws ExpectedError when it is not as planned. Throws ExpectedError when it
 * cannot be shown whole, and the signal's reason when that is aborted.
 */
export async function printPaperJob(job: PaperJob, session: Session, signal: AbortSignal): Promise<() => Promise<MadePaper>> {
  const { server, papers, finisher } = session;
  const page = await session.page();
  signal.throwIfAborted();
  await showPaper(page, `${server.origin}${papers.show(job.paper, job.images)}`);
  signal.throwIfAborted();
  await checkWidth(page, job);
  signal.throwIfAborted();
  const { printed, destinations } = await printNumbered(page, signal);
  signal.throwIfAborted();
  return () => finishPaper(job, { printed, destinations }, server.origin, finisher);
}

interface PrintedPaper {
  printed: Uint8Array;
  destinations: Destinations;
}

async function finishPaper(job: PaperJob, { printed, destinations }: PrintedPaper, origin: string, finisher: Finisher): Promise<MadePaper> {
  const { metadata, languageTag, date } = job;
  const { pdf, faults } = await finisher.finish({
    printed,
    finish: { metadata, languageTag, date, origin },
    expected: paperExpectation(job, destinations.pages),
  });
  if (faults.length > 0) throw new ExpectedError(`the PDF is not as planned: ${faults.map(describeFault).slice(0, MOST_NAMED).join('; ')}`);
  return { pdf, pages: destinations.pages, entries: entriesOf(job, destinations) };
}

/** The numbers have a place of fixed width, so once is enough; a template of somebody else's may need more. */
const MOST_PASSES = 4;
const MOST_NAMED = 5;

async function printNumbered(page: Page, signal: AbortSignal): Promise<PrintedPaper> {
  let known = await readDestinations(await printPaper(page, 'draft'));
  for (let pass = 1; pass <= MOST_PASSES; pass += 1) {
    signal.throwIfAborted();
    await fillPageNumbers(page, known);
    const printed = await printPaper(page, 'final');
    const destinations = await readDestinations(printed);
    if (isDeepStrictEqual(pagesOf(destinations), pagesOf(known))) return { printed, destinations };
    known = destinations;
  }
  throw new ExpectedError('its page numbers move what they count, again and again', {
    hint: 'give them a place of fixed width in templates/briefing/briefing.css',
  });
}

function pagesOf({ pages, places }: Destinations): [number, ...[string, number][]] {
  return [pages, ...[...places].map(([id, { page }]): [string, number] => [id, page])];
}

/** A table of many columns, say: paper would cut it off. */
async function checkWidth(page: Page, { exchanges }: PaperJob): Promise<void> {
  const wide = await findTooWide(page);
  if (wide === null) return;
  const file = exchanges.find(({ id }) => id === wide.id)?.file;
  const what = wide.text === '' ? 'a figure' : `"${wide.text}"`;
  throw new ExpectedError(`${what}${file === undefined ? '' : ` of ${file}`} is ${wide.pixels} px wider than the page`, {
    hint: 'shorten the table, the figure or the label',
  });
}

function entriesOf({ exchanges }: PaperJob, { places }: Destinations): SlideEntry[] {
  return exchanges.flatMap(({ id, exchange, file, hash }) => {
    const place = places.get(id);
    return place === undefined ? [] : [{ page: place.page, slide: id, exchange, file, hash }];
  });
}
