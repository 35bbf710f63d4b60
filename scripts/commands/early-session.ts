/**
 * A session that opens while decks are still planned: the browser starts meanwhile, and shows a deck as it was last, so that the page has seen the
 * theme, the fonts and most of the deck when the new one comes (an edited deck of 67 slides is then shown in a third of the time).
 */
import path from 'node:path';
import type { BrowserDescription } from '../export/browser.ts';
import type { Session } from '../export/session.ts';
import { type ExportOptions, sayBrowser, sayFallback } from './outputs.ts';
import type { Settings } from './settings.ts';

export class EarlySession {
  readonly #options: ExportOptions;
  readonly #settings: Settings;
  #session: Promise<Session> | null = null;
  #browser: BrowserDescription | null = null;
  #asked = false;

  constructor(options: ExportOptions, settings: Settings) {
    this.#options = options;
    this.#settings = settings;
  }

  /** Opens it; `deck` is a file that will soon be another one. */
  start(deck: string | null): void {
    if (this.#session !== null) return;
    this.#session = this.#open();
    // Whoever asks for the session, or for its page, hears of it.
    this.#session.then((session) => session.warmUp(deck)).catch(() => {});
  }

  /** For the export: what was opened, if anything was. From then on it is told which browser it is. */
  get opened(): (() => Promise<Session>) | undefined {
    const session = this.#session;
    if (session === null) return undefined;
    return async () => {
      if (!this.#asked && this.#browser !== null) sayBrowser(this.#browser, this.#settings.report);
      this.#asked = true;
      return session;
    };
  }

  async close(): Promise<void> {
    // One that did not open needs no closing; the export that asked for it has the error.
    await (await this.#session?.catch(() => null))?.close();
  }

  async #open(): Promise<Session> {
    const { folders, env, report } = this.#settings;
    // Imported here, so that a run with nothing to do never loads it.
    const { openSession } = await import('../export/session.ts');
    return openSession({
      browser: { explicit: this.#options.browser, env },
      assets: [folders.content],
      theme: path.join(folders.templates, 'theme'),
      onBrowser: (browser) => {
        if (this.#asked) sayBrowser(browser, report);
        else this.#browser = browser;
      },
      onFallback: (reason) => sayFallback(reason, report),
    });
  }
}
