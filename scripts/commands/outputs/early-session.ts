/** A session for the export that follows, opened while decks are still being planned. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExportEvent } from '../../export/run/export-decks.ts';
import type { Session } from '../../export/run/session.ts';
import type { Settings } from '../settings.ts';

/** For showing a deck beforehand, in ms: it takes half a second. */
const LONGEST = 10_000;

export class EarlySession {
  readonly #settings: Settings;
  readonly #browser: string | null;
  #session: Promise<Session> | null = null;
  /** Never rejects. */
  #warming: Promise<void> = Promise.resolve();
  /** What it had to say before anybody listened. */
  #said: ExportEvent[] = [];
  #onEvent: (event: ExportEvent) => void = (event) => this.#said.push(event);

  /** `browser` is what `--browser` says. */
  constructor(browser: string | null, settings: Settings) {
    this.#browser = browser;
    this.#settings = settings;
  }

  /**
   * Starts the browser, in which the deck in this file is shown as it stands there. The first deck that is planned is the one. Returns when the browser runs: what
   * comes next may keep this thread busy.
   */
  async start(file: string): Promise<void> {
    if (this.#session !== null) return;
    this.#session = this.#open();
    // Whoever takes it has the error; a browser that there is none of is missed when there is something to print.
    await this.#session.then((session) => session.page()).catch(() => {});
    this.#warming = this.#session.then((session) => warmUp(session, file)).catch(() => {});
  }

  /** The session, once; null when there is none. */
  readonly take = async (onEvent: (event: ExportEvent) => void): Promise<Session | null> => {
    // A browser that hangs is the deadline's matter, which begins with the first output.
    await Promise.race([this.#warming, sleep(LONGEST, undefined, { ref: false })]);
    const session = this.#session;
    this.#session = null;
    this.#onEvent = onEvent;
    for (const event of this.#said.splice(0)) onEvent(event);
    return session;
  };

  /** Ends the session that nobody took. */
  async close(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    await (await session?.catch(() => null))?.close();
  }

  async #open(): Promise<Session> {
    const { folders, env } = this.#settings;
    const { openSession } = await import('../../export/run/session.ts');
    const session = await openSession({
      browser: { explicit: this.#browser, env },
      assets: [folders.content],
      theme: path.join(folders.templates, 'theme'),
      onBrowser: (browser) => this.#onEvent({ type: 'browser', browser }),
      onFallback: (reason) => this.#onEvent({ type: 'fallback', reason }),
    });
    return session;
  }
}

/** A deck that is not there, or cannot be shown, is told when it is exported. */
async function warmUp(session: Session, file: string): Promise<void> {
  const shown = await session.server.showDeck(file);
  await (await import('../../export/page/print.ts')).warmUp(await session.page(), shown);
}
