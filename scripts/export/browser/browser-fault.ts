/** Decides whether the browser is to blame when an output fails. If so, another browser is started and the output is tried again. */
import { ExpectedError } from '../../shared/errors.ts';
import type { Session } from '../run/session.ts';

/** A browser that worked is gone, and no other one could be started. */
export class BrowserLost extends Error {}

/** The browser has failed for a reason that has nothing to do with the deck. */
export class BrowserFault extends Error {}

/** Returns what the browser did wrong when something failed with this error, in a few words. Null when it is not to blame. */
export async function faultOfBrowser(error: unknown, session: Session): Promise<string | null> {
  if (error instanceof BrowserLost || error instanceof BrowserFault) return error.message;
  // Checked for every error: when the network process has died, missing files look like a fault of the deck.
  const loss = await session.loss();
  if (loss !== null || error instanceof ExpectedError || !(error instanceof Error)) return loss;
  if (/crashed|has been closed/i.test(error.message)) return CRASHED;
  // Errors of Chromium itself: "Page.printToPDF: Printing failed", "IO.read: Read failed", "Page.captureScreenshot: Unable to capture
  // screenshot".
  const [, refusal] = /Protocol error \([\w.]+\): (.*)/.exec(error.message) ?? [];
  if (refusal !== undefined) return `the browser says: ${refusal}`;
  // Our own server answers every request, and decks are loaded from nowhere else.
  const [, failure] = /\b(net::ERR_\w+)/.exec(error.message) ?? [];
  return failure === undefined ? null : `the browser did not reach the server (${failure})`;
}

export const CRASHED = 'the browser crashed';
