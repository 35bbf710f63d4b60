/** Exports after edits. One server and one browser stay open for all of them. */
import path from 'node:path';
import type { ExportResult } from '../../export/run/export-decks.ts';
import { outputFile } from '../../export/run/output-place.ts';
import { openSession, type Session } from '../../export/run/session.ts';
import { EXIT, ExpectedError } from '../../shared/errors.ts';
import { exportOutputs, type OutputOptions, type OutputRequest, sayBrowser } from '../outputs/outputs.ts';
import { deckInputs } from '../outputs/prepare-job.ts';
import { deckRequests } from '../outputs/requests.ts';
import type { Settings } from '../settings.ts';
import { Inbox } from './inbox.ts';

export class WarmExport {
  readonly #options: OutputOptions;
  readonly #settings: Settings;
  readonly #waiting: Inbox<string>;
  /** By name: the latest request for each output that is not made from a deck's file. */
  readonly #others = new Map<string, OutputRequest>();
  /** By file: theme and images of the decks that the open session has shown. */
  readonly #looks = new Map<string, string>();
  /** Decks whose theme or images changed while they were printed: the recorded hashes of their PDFs may be wrong. */
  readonly #doubtful = new Set<string>();
  #session: Promise<Session> | null = null;
  #stale = false;
  #closed = false;
  #announced = false;

  constructor(options: OutputOptions, settings: Settings) {
    this.#settings = settings;
    this.#options = options;
    this.#waiting = new Inbox(settings.signal);
  }

  /** Queues decks for export of the outputs that are not fresh. A deck that changes during its export can be queued again. */
  ask(files: readonly string[]): void {
    this.#waiting.add(files);
  }

  /** Queues other outputs. A request replaces earlier ones with the same name. */
  askFor(requests: readonly OutputRequest[]): void {
    for (const request of requests) this.#others.set(request.name, request);
    this.#waiting.add(requests.map(({ name }) => name));
  }

  /** Call it when the theme or a picture has changed: the open server has compiled the old one, and the browser caches it. */
  renew(): void {
    this.#stale = true;
  }

  /** Exports one deck after the other. Throws the signal's reason when the run is interrupted, and ExpectedError when there is no browser. */
  async run(): Promise<never> {
    for (;;) {
      const next = await this.#waiting.next();
      const other = this.#others.get(next);
      await (other === undefined ? this.#exportDeck(next) : this.#export([other]));
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#drop();
  }

  async #drop(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    this.#stale = false;
    this.#looks.clear();
    // A session that failed to open needs no closing; the export that needed it has the error.
    await (await session?.catch(() => null))?.close();
  }

  async #exportDeck(file: string): Promise<void> {
    const requests = deckRequests([file], this.#options, this.#settings);
    const results = await this.#export(requests, this.#doubtful.has(file), () => this.#open(file));
    if (results !== null) await this.#doubt(file, results);
  }

  /** Returns null when the export could not be tried; reports why. */
  async #export(requests: readonly OutputRequest[], doubtful = false, session = () => this.#openAny()): Promise<ExportResult[] | null> {
    const { signal, report } = this.#settings;
    try {
      const force = this.#options.force || doubtful;
      return await exportOutputs(requests, { ...this.#options, force, session }, this.#settings);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ExpectedError) || error.exitCode === EXIT.noBrowser) throw error;
      const hint = error.hint === null ? '' : `; ${error.hint}`;
      for (const { format, name } of requests) report.warn(`✗ ${outputFile(format, name)} not made: ${error.message}${hint}`);
      return null;
    }
  }

  /** A file may have been edited between hashing and printing. The PDF is then made again, even if the hashes say that it is fresh. */
  async #doubt(file: string, results: readonly ExportResult[]): Promise<void> {
    if (results.every(({ status }) => status !== 'done')) return;
    this.#doubtful.delete(file);
    if (!(await this.#hasAnotherLook())) return;
    this.renew();
    this.#doubtful.add(file);
    this.ask([file]);
  }

  /** Returns the open session, or a new one when theme or images have changed since. Call it after the deck was hashed. */
  async #open(file: string): Promise<Session> {
    const look = await this.#lookOf(file);
    if (this.#stale || (await this.#hasAnotherLook())) await this.#drop();
    if (this.#closed) throw new Error('the export has been closed');
    if (!this.#looks.has(file)) this.#looks.set(file, look);
    return this.#openAny();
  }

  /** Returns a session for outputs that do not use the theme and images of the slides. */
  async #openAny(): Promise<Session> {
    if (this.#closed) throw new Error('the export has been closed');
    this.#session ??= this.#start();
    return this.#session;
  }

  async #hasAnotherLook(): Promise<boolean> {
    const same = await Promise.all([...this.#looks].map(async ([file, look]) => (await this.#lookOf(file)) === look));
    return same.includes(false);
  }

  /** Returns what a session compiles or its browser caches. The file watcher reports changes too, but later. */
  async #lookOf(file: string): Promise<string> {
    try {
      const { theme, images } = await deckInputs(file, this.#settings.folders.templates);
      return `${theme} ${images}`;
    } catch (error) {
      // An unreadable theme counts as a change; the next export of the deck reports the error.
      if (error instanceof ExpectedError) return error.message;
      throw error;
    }
  }

  #start(): Promise<Session> {
    const { folders, env, report } = this.#settings;
    const session = openSession({
      browser: { explicit: this.#options.browser, env },
      assets: [folders.content],
      theme: path.join(folders.templates, 'theme'),
      onBrowser: (browser) => {
        if (!this.#announced) sayBrowser(browser, report);
        this.#announced = true;
      },
    });
    // The next deck tries again.
    session.catch(() => {
      if (this.#session === session) this.#session = null;
    });
    return session;
  }
}
