/** Exports that follow edits: one server and one browser stay open for all of them. */
import path from 'node:path';
import { openSession, type Session } from '../export/session.ts';
import { EXIT, ExpectedError } from '../shared/errors.ts';
import { type ExportOptions, exportDeckFiles, sayBrowser } from './export.ts';
import { Inbox } from './inbox.ts';
import type { Settings } from './settings.ts';

export class WarmExport {
  readonly #options: ExportOptions;
  readonly #settings: Settings;
  readonly #waiting: Inbox<string>;
  #session: Promise<Session> | null = null;
  #stale = false;
  #announced = false;

  constructor(options: ExportOptions, settings: Settings) {
    this.#settings = settings;
    this.#options = { ...options, session: () => this.#open() };
    this.#waiting = new Inbox(settings.signal);
  }

  /** Has decks exported, as far as their PDFs are not fresh. One that changes while it is exported is asked for again. */
  ask(files: readonly string[]): void {
    this.#waiting.add(files);
  }

  /** The theme or a picture has changed: the open server has compiled the old one, and the browser keeps it. */
  renew(): void {
    this.#stale = true;
  }

  /** Exports one deck after the other. Throws the signal's reason when the run is interrupted, and ExpectedError when there is no browser. */
  async run(): Promise<never> {
    for (;;) {
      const file = await this.#waiting.next();
      if (this.#stale) await this.close();
      await this.#export(file);
    }
  }

  async close(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    this.#stale = false;
    // A session that did not open needs no closing; the export that asked for it has the error.
    await (await session?.catch(() => null))?.close();
  }

  async #export(file: string): Promise<void> {
    const { signal, report } = this.#settings;
    try {
      await exportDeckFiles([file], this.#options, this.#settings);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ExpectedError) || error.exitCode === EXIT.noBrowser) throw error;
      const hint = error.hint === null ? '' : `; ${error.hint}`;
      report.warn(`✗ ${path.basename(file, '.md')}.pdf not made: ${error.message}${hint}`);
    }
  }

  #open(): Promise<Session> {
    const { folders, env, report } = this.#settings;
    this.#session ??= openSession({
      browser: { explicit: this.#options.browser, env },
      assets: [folders.content],
      onBrowser: (browser) => {
        if (!this.#announced) sayBrowser(browser, report);
        this.#announced = true;
      },
    });
    return this.#session;
  }
}
