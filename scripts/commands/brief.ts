import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExportEvent } from '../export/run/export-decks.ts';
import { countPages } from '../export/run/output-place.ts';
import type { Session } from '../export/run/session.ts';
import { Consent } from '../model/consent.ts';
import { EXIT, type ExitCode } from '../shared/errors.ts';
import { pathFromHere } from '../shared/paths.ts';
import { whyNotReady } from './decks/deck-outcome.ts';
import type { DeckPlace } from './decks/deck-place.ts';
import { sayStrangers, writeDecks } from './generate.ts';
import { loadSince, sinceAsJson } from './load-earlier.ts';
import { filesOf, loadFormats } from './outputs/output-formats.ts';
import { exportOutputs, type NotTried, type OutputOptions, resultAsJson } from './outputs/outputs.ts';
import { contentRequests, deckRequests } from './outputs/requests.ts';
import { countProblems, problemsAsJson } from './problems.ts';
import type { Settings } from './settings.ts';

/** Runs the main job: check, generate, export. A deck that fails does not affect other decks. */
export async function brief(themes: string[], options: OutputOptions & { since: string | null }, settings: Settings): Promise<ExitCode> {
  const early = new EarlySession(options.browser, settings);
  try {
    return await generateAndExport(themes, { ...options, early }, settings);
  } finally {
    await early.close();
  }
}

async function generateAndExport(
  themes: string[],
  options: OutputOptions & { since: string | null; early: EarlySession },
  settings: Settings,
): Promise<ExitCode> {
  const { report } = settings;
  const since = await loadSince(options.since, settings);
  // A deck that is planned again has probably changed, so there will be something to export.
  const planning = ({ file }: DeckPlace) => options.early.start(file);
  const { workspace, outcomes, orphans, failed } = await writeDecks(themes, since, settings, { planning });
  const { formats } = options;
  const [ready, others] = [outcomes.filter(({ state }) => state === 'ready'), outcomes.filter(({ state }) => state !== 'ready')];
  const ofDecks = deckRequests(
    ready.map(({ file }) => file),
    options,
    settings,
  );
  const ofContent = contentRequests(outcomes, workspace, options, settings);
  const all = await loadFormats();
  const without = orphans.flatMap((file) => filesOf(path.basename(file, '.md'), all));
  const notTried: NotTried = {
    ...Object.fromEntries(without.map((name) => [name, null])),
    ...Object.fromEntries(others.flatMap((each) => filesOf(each.name, formats).map((name) => [name, whyNotReady(each)]))),
    ...ofContent.notTried,
  };
  const asked = [...ofDecks, ...ofContent.requests];
  const results = await exportOutputs(asked, { ...options, consent: async () => Consent.of(workspace.corpus) }, settings, notTried);

  const made = results.flatMap((result) => (result.status === 'failed' ? [] : [result]));
  // Decks without publishable content do not count as missing.
  const wanted = asked.length + Object.values(notTried).filter((reason) => reason !== null).length;
  const { words } = countProblems(workspace.problems);
  const outputs = formats.every(({ ending }) => ending === '.pdf') ? 'PDFs' : 'outputs';
  report.say(`\n${made.length} of ${wanted} ${outputs} are in ${pathFromHere(settings.folders.out)}; the content has ${words}`);
  for (const { file, format, pages, status } of made) {
    report.say(`  ${pathFromHere(file)}  ${countPages(format, pages)}${status === 'fresh' ? ', unchanged' : ''}`);
  }
  // Outputs made in this run are in the manifest by now.
  const strangers = await sayStrangers(workspace, settings);
  const exitCode = failed || made.length < wanted || strangers.length > 0 ? EXIT.failed : EXIT.done;
  report.summary({
    command: 'brief',
    exitCode,
    ...sinceAsJson(since),
    outputs: results.map(resultAsJson),
    problems: problemsAsJson(workspace.problems),
  });
  return exitCode;
}

// A browser session for the export, opened while decks are still being planned.

/** In ms. Showing a deck in advance usually takes half a second, and some more when the stage has to be bundled. */
const PATIENCE = 10_000;

export class EarlySession {
  readonly #settings: Pick<Settings, 'folders' | 'env'>;
  readonly #browser: string | null;
  #session: Promise<Session> | null = null;
  /** Never rejects. */
  #warming: Promise<void> = Promise.resolve();
  /** Aborted when the session is taken before the deck is shown. */
  readonly #taken = new AbortController();
  /** Whether the page is showing the deck in advance. */
  #isShowing = false;
  readonly #patience: number;
  /** Events from before the session was taken. */
  #said: ExportEvent[] = [];
  #onEvent: (event: ExportEvent) => void = (event) => this.#said.push(event);

  /** `browser` is the value of `--browser`. `patience` is the longest wait for the deck that is shown in advance, in ms. */
  constructor(browser: string | null, settings: Pick<Settings, 'folders' | 'env'>, patience = PATIENCE) {
    this.#browser = browser;
    this.#settings = settings;
    this.#patience = patience;
  }

  /**
   * Starts the browser and shows the deck in this file in its current state. Only the first call has an effect. Returns when the browser
   * runs, because the next step may block this thread.
   */
  async start(file: string): Promise<void> {
    if (this.#session !== null) return;
    this.#session = this.#open();
    // `take` passes the error on. A missing browser only matters when there is something to print.
    await this.#session.then((session) => session.page()).catch(() => {});
    this.#warming = this.#session.then((session) => this.#show(session, file)).catch(() => {});
  }

  /** Returns the session, on the first call only. Null when there is none. */
  readonly take = async (onEvent: (event: ExportEvent) => void): Promise<Session | null> => {
    const isWarm = await Promise.race([this.#warming.then(() => true), sleep(this.#patience, false, { ref: false })]);
    const session = this.#session;
    this.#session = null;
    this.#taken.abort(new Error('the session was taken'));
    // Showing the first output while the page is still showing another deck would fail. Even a browser that hangs can be ended.
    if (!isWarm && this.#isShowing) await (await session)?.dropBrowser();
    this.#onEvent = onEvent;
    for (const event of this.#said.splice(0)) onEvent(event);
    return session;
  };

  /** Closes the session if it was not taken. */
  async close(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    await (await session?.catch(() => null))?.close();
  }

  /** Its errors are ignored: a deck that is missing or cannot be shown is reported when it is exported. */
  async #show(session: Session, file: string): Promise<void> {
    const { warmUp } = await import('../export/page/print.ts');
    const page = await session.page();
    const shown = await session.server.showDeck(file, this.#taken.signal);
    this.#taken.signal.throwIfAborted();
    this.#isShowing = true;
    await warmUp(page, shown);
  }

  async #open(): Promise<Session> {
    const { folders, env } = this.#settings;
    const { openSession } = await import('../export/run/session.ts');
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
