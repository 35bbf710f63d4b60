/** A deck in the page, whole and checked, before anything is made of it. */
import { stripVTControlCharacters } from 'node:util';
import type { Page } from 'playwright-chromium';
import { asToldWriteError } from '../../shared/disk/write-error.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { listOf } from '../outputs/finish-printed.ts';
import { measureOverflow, type Overflow } from '../page/overflow.ts';
import { showPage } from '../page/print.ts';
import type { ShownDeck } from '../server/deck-server.ts';
import type { FromDeck } from './export-job.ts';
import type { Session } from './session.ts';

export interface Attempt {
  /** The deck as the server shows it already, or null. */
  shown: ShownDeck | null;
  /** Aborted when nobody waits any more: the page and the server then belong to somebody else. */
  signal: AbortSignal;
}

/**
 * Shows a deck with all its slides, and makes something of the page. Throws ExpectedError when it does not compile or does not fit, and the signal's reason
 * when that is aborted.
 */
export async function withShownDeck<T>(job: FromDeck, session: Session, attempt: Attempt, make: (page: Page) => Promise<T>): Promise<T> {
  try {
    const made = await make(await show(job, session, attempt));
    attempt.signal.throwIfAborted();
    return made;
  } catch (error) {
    throw asToldWriteError(error, "Slidev's work folder");
  }
}

async function show(job: FromDeck, session: Session, { shown, signal }: Attempt): Promise<Page> {
  const planned = job.deck.slides.length;
  const deck = shown ?? (await session.server.showDeck(job.deck.file, signal));
  const { slides } = deck;
  signal.throwIfAborted();
  if (slides !== planned)
    throw new ExpectedError(`${job.deck.file} has ${slides} slides instead of ${planned}`, { hint: 'run generate again' });
  const page = await session.page();
  signal.throwIfAborted();
  try {
    await showPage(page, { ...deck, languageTag: job.deck.languageTag, look: job.look });
  } catch (error) {
    throw withComplaint(error, session.server.complaints());
  }
  signal.throwIfAborted();
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

function describeOverflows(overflows: readonly Overflow[], { deck }: FromDeck): string {
  return listOf(
    overflows.map(({ page, slide, pixels, edge, text }) => {
      const names = [slide, deck.slides[page - 1]?.source].filter((name) => typeof name === 'string');
      const where = names.length === 0 ? `slide ${page}` : `slide ${page} (${names.join(', ')})`;
      return `${where} leaves its box by ${pixels} px at the ${edge}: "${text}"`;
    }),
  );
}
