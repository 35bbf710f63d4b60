/** Whose fault it is that an output failed: where it is the browser's, another one is started and the output tried once more. */
import { ExpectedError } from '../../shared/errors.ts';
import type { Session } from '../run/session.ts';

/** A browser that worked is gone and no other one could be started in its place. */
export class BrowserLost extends Error {}

/** The browser has failed at what has nothing to do with the deck that it shows. */
export class BrowserFault extends Error {}

/** What the browser has done wrong when something failed with this error, in a few words; null when it is not to blame. */
export async function faultOfBrowser(error: unknown, session: Session): Promise<string | null> {
  if (error instanceof BrowserLost || error instanceof BrowserFault) return error.message;
  // Asked for every error: what a page lacks whose network process died looks like a fault of the deck.
  const loss = await session.loss();
  if (loss !== null || error instanceof ExpectedError || !(error instanceof Error)) return loss;
  if (/crashed|has been closed/i.test(error.message)) return CRASHED;
  // What Chromium refuses by itself: "Page.printToPDF: Printing failed", "IO.read: Read failed", "Page.captureScreenshot: Unable to capture screenshot".
  const [, refusal] = /Protocol error \([\w.]+\): (.*)/.exec(error.message) ?? [];
  if (refusal !== undefined) return `the browser says: ${refusal}`;
  // Our own server answers everything; the deck is shown from nowhere else.
  const [, failure] = /\b(net::ERR_\w+)/.exec(error.message) ?? [];
  return failure === undefined ? null : `the browser did not reach the server (${failure})`;
}

export const CRASHED = 'the browser crashed';
