import { stripVTControlCharacters } from 'node:util';
import type { Page } from 'playwright-chromium';
import { ExpectedError } from '../shared/errors.ts';
import { asToldWriteError } from '../shared/write-error.ts';
import type { ShownDeck } from './deck-server.ts';
import type { DeckJob, ShownDeckJob } from './export-job.ts';
import { listOf, OTHER_WORDS } from './finish-printed.ts';
import { describeCharacters, findMissing } from './missing-glyphs.ts';
import { measureOverflow, type Overflow } from './overflow.ts';
import { printPdf, showPage } from './print.ts';
import type { Session } from './session.ts';

export interface Attempt {
  /** The deck as the server shows it already, or null. */
  shown: ShownDeck | null;
  /** Aborted when nobody waits any more: the page and the server then belong to somebody else. */
  signal: AbortSignal;
}

/** Prints a deck to memory. Throws ExpectedError when it does not compile or does not fit, and the signal's reason when that is aborted. */
export async function printDeck(job: DeckJob, session: Session, attempt: Attempt): Promise<Uint8Array> {
  try {
    return await printPdf(await show(job, session, attempt));
  } catch (error) {
    throw asToldWriteError(error, "Slidev's work folder");
  }
}

/** Shows a deck in the session's page, all of it painted and found to fit. Throws as printDeck does. */
export async function showFittingDeck(job: ShownJob, session: Session, attempt: Attempt): Promise<Page> {
  try {
    return await show(job, session, attempt);
  } catch (error) {
    throw asToldWriteError(error, "Slidev's work folder");
  }
}

type ShownJob = Pick<ShownDeckJob, 'deck' | 'unsure'> & Pick<DeckJob, 'look'>;

async function show(job: ShownJob, session: Session, { shown, signal }: Attempt): Promise<Page> {
  const planned = job.deck.slides.length;
  const { url, slides } = shown ?? (await session.server.showDeck(job.deck.file, signal));
  signal.throwIfAborted();
  if (slides !== planned)
    throw new ExpectedError(`${job.deck.file} has ${slides} slides instead of ${planned}`, { hint: 'run generate again' });
  const page = await session.page();
  signal.throwIfAborted();
  try {
    await showPage(page, { url, slides, languageTag: job.deck.languageTag, look: job.look });
  } catch (error) {
    throw withComplaint(error, session.server.complaints());
  }
  signal.throwIfAborted();
  const missing = await findMissing(page, job.unsure ?? []);
  signal.throwIfAborted();
  if (missing.length > 0) throw new ExpectedError(`no font has ${describeCharacters(missing, job.deck)}`, { hint: OTHER_WORDS });
  const overflows = await measureOverflow(page);
  signal.throwIfAborted();
  if (overflows.length > 0) throw new ExpectedError(describeOverflows(overflows, job), { hint: 'shorten the text of these slides' });
  return page;
}

/** The page only knows that a file did not come; the server knows why. */
function withComplaint(error: unknown, complaints: readonly string[]): unknown {
  const complaint = stripVTControlCharacters(complaints[0] ?? '').split('\n')[0] ?? '';
  if (!(error instanceof ExpectedError) || complaint === '') return error;
  return new ExpectedError(`${error.message}; Slidev says: ${complaint}`, { cause: error });
}

function describeOverflows(overflows: readonly Overflow[], { deck }: ShownJob): string {
  return listOf(
    overflows.map(({ page, slide, pixels, edge, text }) => {
      const names = [slide, deck.slides[page - 1]?.source].filter((name) => typeof name === 'string');
      const where = names.length === 0 ? `slide ${page}` : `slide ${page} (${names.join(', ')})`;
      return `${where} leaves its box by ${pixels} px at the ${edge}: "${text}"`;
    }),
  );
}
