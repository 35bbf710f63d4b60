/** A session for the export that follows, opened while decks are still being planned. */
import path from 'node:path';
import type { ExportEvent } from '../export/export-decks.ts';
import type { Session } from '../export/session.ts';
import type { Settings } from './settings.ts';

export class EarlySession {
  readonly #settings: Settings;
  readonly #browser: string | null;
  #session: Promise<Session> | null = null;
  /** What it had to say before anybody listened. */
  #said: ExportEvent[] = [];
  #onEvent: (event: ExportEvent) => void = (event) => this.#said.push(event);

  /** `browser` is what `--browser` says. */
  constructor(browser: string | null, settings: Settings) {
    this.#browser = browser;
    this.#settings = settings;
  }

  /**
   * Starts the browser. Returns when it runs: what comes next may keep this thread busy.
   */
  async start(): Promise<void> {
    if (this.#session !== null) return;
    this.#session = this.#open();
    // Whoever takes it has the error; a browser that there is none of is missed when there is something to print.
    await this.#session.then((session) => session.page()).catch(() => {});
  }

  /** The session, once; null when there is none. */
  readonly take = (onEvent: (event: ExportEvent) => void): Promise<Session> | null => {
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
    const { openSession } = await import('../export/session.ts');
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
