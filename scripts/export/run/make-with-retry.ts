/** Makes outputs with a browser that may crash or hang. */
import { ExpectedError } from '../../shared/errors.ts';
import { lowLimit } from '../../shared/limits.cjs';
import { faultOfBrowser } from '../browser/browser-fault.ts';
import { describeFullFolder } from '../browser/temporary-folder.ts';
import type { ShownDeck } from '../server/deck-server.ts';
import type { Session } from './session.ts';
import type { ShowAttempt } from './show-deck.ts';

export interface RetryOptions {
  /** The timeout for each attempt, in ms. */
  timeout: number;
  /** The deck if the server already shows it, else null. */
  shown: ShownDeck | null;
  retrying: (reason: string) => void;
}

/**
 * Starts the browser, and meanwhile loads the first deck that can be shown. Stops waiting after `timeout` ms; the timeouts of the decks
 * apply then. Returns the shown deck if it is the first one in the list. Throws ExpectedError when there is no browser.
 */
export async function prepare(session: Session, entries: readonly string[], timeout: number): Promise<ShownDeck | null> {
  const started = (signal: AbortSignal) => {
    return Promise.all([showFirst(session, entries, signal), session.page()]);
  };
  try {
    const outcome = await withDeadline(started, timeout);
    return outcome.type === 'late' ? null : outcome.value[0];
  } catch (error) {
    if ((await faultOfBrowser(error, session)) === null) throw error;
    // The first deck starts another browser.
    await session.dropBrowser();
    return null;
  }
}

async function showFirst({ server }: Session, entries: readonly string[], signal: AbortSignal): Promise<ShownDeck | null> {
  for (const [index, entry] of entries.entries()) {
    if (signal.aborted) return null;
    try {
      const shown = await server.showDeck(entry, signal);
      return index === 0 ? shown : null;
    } catch {
      // The deck fails again, and alone, when its turn comes.
    }
  }
  return null;
}

/**
 * Makes an output. A browser that failed (browser-fault.ts) or did not finish in time is replaced, and the output is tried once more. Throws
 * ExpectedError when the output is at fault, or when the second browser fails too.
 */
export async function makeWithRetry<T>(make: Make<T>, session: Session, options: RetryOptions): Promise<T> {
  const first = await attempt(make, session, options);
  if (first.type === 'printed') return first.made;
  options.retrying(first.reason);
  const second = await attempt(make, session, { ...options, shown: null });
  if (second.type === 'printed') return second.made;
  const both = first.reason === second.reason ? `${second.reason}, twice` : `${first.reason}, then ${second.reason}`;
  throw new ExpectedError(both, { hint: second.hint });
}

type Make<T> = (attempt: ShowAttempt) => Promise<T>;

type Tried<T> = { type: 'printed'; made: T } | { type: 'lost'; reason: string; hint: string };

const late = 'look at the deck with present, or give it more time with --timeout MS';
const gone = 'run again when the machine has more free memory; if it goes on, look at the deck with present';

async function attempt<T>(make: Make<T>, session: Session, { timeout, shown }: RetryOptions): Promise<Tried<T>> {
  let outcome: Awaited<ReturnType<typeof withDeadline<T>>>;
  let reason: string | null = null;
  try {
    outcome = await withDeadline((signal) => make({ shown, signal }), timeout);
  } catch (error) {
    reason = await faultOfBrowser(error, session);
    if (reason === null) {
      // Otherwise waiting for a slide that never came would continue in the page and affect the next deck.
      await session.dropPage();
      throw error;
    }
    outcome = { type: 'late' };
  }
  if (outcome.type === 'done') return { type: 'printed', made: outcome.value };
  // A browser that lacks something crashes or hangs. Another one would fail too.
  const low = lowLimit('browser');
  const lack = low !== null ? new ExpectedError(low.reason, { hint: low.hint }) : reason === null ? null : await describeFullFolder();
  await session.dropBrowser();
  if (lack !== null) throw lack;
  return reason === null
    ? { type: 'lost', reason: `it was not finished after ${timeout / 1000} s`, hint: late }
    : { type: 'lost', reason, hint: gone };
}

/** Gives work a timeout. The signal is aborted then, so that remaining work does not use the session, which others use by then. */
async function withDeadline<T>(
  work: (signal: AbortSignal) => Promise<T>,
  timeout: number,
): Promise<{ type: 'done'; value: T } | { type: 'late' }> {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<{ type: 'late' }>((resolve) => {
    timer = setTimeout(() => resolve({ type: 'late' }), timeout);
  });
  try {
    return await Promise.race([work(over.signal).then((value) => ({ type: 'done' as const, value })), deadline]);
  } finally {
    clearTimeout(timer);
    over.abort(new Error('not finished in time'));
  }
}
