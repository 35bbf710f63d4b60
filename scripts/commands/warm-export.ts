/** Exports that follow edits: one server and one browser stay open for all of them. */
import path from 'node:path';
import { openSession, type Session } from '../export/session.ts';
import { EXIT, ExpectedError } from '../shared/errors.ts';
import { type ExportOptions, exportDeckFiles, sayBrowser } from './export.ts';
import type { Settings } from './settings.ts';

export class WarmExport {
  readonly #options: ExportOptions;
  readonly #settings: Settings;
  readonly #waiting = new Set<string>();
  #session: Promise<Session> | null = null;

  constructor(options: ExportOptions, settings: Settings) {
    this.#settings = settings;
    this.#options = { ...options, session: () => this.#open() };
  }

  /** Has decks exported, as far as their PDFs are not fresh. */
  ask(files: readonly string[]): void {
    for (const file of files) this.#waiting.add(file);
  }

  /** Exports one of the decks asked for; false when there is none. Throws ExpectedError when there is no browser. */
  async exportNext(): Promise<boolean> {
    const [file] = this.#waiting;
    if (file === undefined) return false;
    this.#waiting.delete(file);
    try {
      await exportDeckFiles([file], this.#options, this.#settings);
    } catch (error) {
      this.#settings.signal.throwIfAborted();
      if (!(error instanceof ExpectedError) || error.exitCode === EXIT.noBrowser) throw error;
      this.#settings.report.warn(
        `✗ ${path.basename(file, '.md')}.pdf not made: ${error.message}${error.hint === null ? '' : `; ${error.hint}`}`,
      );
    }
    return true;
  }

  /** The theme or a picture has changed: the open server has compiled the old one, and the browser keeps it. */
  async renew(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    await (await session?.catch(() => null))?.close();
  }

  async close(): Promise<void> {
    this.#waiting.clear();
    await this.renew();
  }

  #open(): Promise<Session> {
    const { folders, env, report } = this.#settings;
    this.#session ??= openSession({
      browser: { explicit: this.#options.browser, env },
      assets: [folders.content],
      onBrowser: (browser) => sayBrowser(browser, report),
    });
    return this.#session;
  }
}

/** Whether a changed file is text of the content, of which the decks themselves tell what it changes. */
export function isPlainContent(file: string, content: string): boolean {
  const relative = path.relative(content, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative) && file.endsWith('.md');
}
