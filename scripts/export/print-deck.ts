/** One deck against a browser that may crash or hang. */
import { ExpectedError } from '../shared/errors.ts';
import { makePdf } from './deck-pdf.ts';
import type { DeckJob } from './export-job.ts';
import type { Session } from './session.ts';
import type { ShownDeck } from './slidev-server.ts';

export interface PrintOptions {
  /** Deadline for each attempt, in ms. */
  timeout: number;
  /** The deck as the server shows it already, or null: then it has to. */
  shown: ShownDeck | null;
  retrying: (reason: string) => void;
}

/**
 * Starts the browser and Slidev side by side, outside of any deck's deadline, with the first deck that compiles.
 * Returns the very first one, if it is that. Throws ExpectedError when there is no browser.
 */
export async function prepare(session: Session, entries: readonly string[]): Promise<ShownDeck | null> {
  const [shown] = await Promise.all([showFirst(session, entries), session.page()]);
  return shown;
}

async function showFirst({ server }: Session, entries: readonly string[]): Promise<ShownDeck | null> {
  for (const [index, entry] of entries.entries()) {
    try {
      const shown = await server.showDeck(entry);
      return index === 0 ? shown : null;
    } catch {
      // Told when the deck's turn comes: it fails then again, and alone.
    }
  }
  return null;
}

/**
 * Makes a deck's PDF in memory. A browser that crashed or did not finish in time is replaced and the deck tried once
 * more. Throws ExpectedError when the deck is at fault, or when the second browser is lost too.
 */
export async function printWithRetry(job: DeckJob, session: Session, options: PrintOptions): Promise<Uint8Array> {
  const first = await attempt(job, session, options);
  if (first.type === 'printed') return first.pdf;
  options.retrying(first.reason);
  const second = await attempt(job, session, { ...options, shown: null });
  if (second.type === 'printed') return second.pdf;
  throw new ExpectedError(`${second.reason}, twice`, { hint: 'look at the deck with present, or give it more time with --timeout MS' });
}

type Attempt = { type: 'printed'; pdf: Uint8Array } | { type: 'lost'; reason: string };

async function attempt(job: DeckJob, session: Session, { timeout, shown }: PrintOptions): Promise<Attempt> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<Attempt>((resolve) => {
    timer = setTimeout(() => resolve({ type: 'lost', reason: `it was not finished after ${timeout / 1000} s` }), timeout);
  });
  const printing = makePdf(job, session, shown).then((pdf): Attempt => ({ type: 'printed', pdf }));
  try {
    const outcome = await Promise.race([printing, deadline]);
    if (outcome.type === 'lost') await session.dropBrowser();
    return outcome;
  } catch (error) {
    if (error instanceof ExpectedError || !isBrowserGone(error, session)) {
      // Waiting for a slide that never came would go on in the page, into the next deck.
      await session.dropPage();
      throw error;
    }
    await session.dropBrowser();
    return { type: 'lost', reason: 'the browser crashed' };
  } finally {
    clearTimeout(timer);
  }
}

function isBrowserGone(error: unknown, session: Session): boolean {
  return session.isLost() || (error instanceof Error && /crashed|has been closed/i.test(error.message));
}
