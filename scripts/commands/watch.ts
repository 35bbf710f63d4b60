import { listDecks } from '../export/live/deck-list.ts';
import { watchFiles } from '../export/live/watch-files.ts';
import { EXIT, type ExitCode, ExpectedError } from '../shared/errors.ts';
import { kindOf } from '../shared/files.ts';
import { pathFromHere } from '../shared/paths.ts';
import type { ExportOptions } from './export.ts';
import { announce, type LiveOptions, openLiveRoom } from './live-room.ts';
import { firstDeck } from './present.ts';
import { Regenerator } from './regenerate.ts';
import type { Settings } from './settings.ts';
import { isPlainContent, WarmExport } from './warm-export.ts';
import { chooseThemes, loadWorkspace } from './workspace.ts';

export interface WatchOptions extends LiveOptions {
  /** How to export the PDFs that follow; null: none does. */
  exporting: ExportOptions | null;
}

/** Shows the decks and generates them anew with every change of content and templates, until it is interrupted. */
export async function watch(themes: string[], options: WatchOptions, settings: Settings): Promise<ExitCode> {
  const { folders, report } = settings;
  await checkUsage(themes, settings);
  const changes = new Changes(settings.signal);
  const watching = await watchFiles(
    [folders.content, folders.templates],
    () => false,
    (burst) => changes.add(burst.map(({ file }) => file)),
  );
  const exporter = options.exporting === null ? null : new WarmExport(options.exporting, settings);
  try {
    const regenerator = new Regenerator(themes, settings);
    const { ready } = await regenerator.run();
    const room = await openLiveRoom(options, settings);
    try {
      await announce(room, await deckOf(themes, settings), options, settings);
      report.say(`watching ${pathFromHere(folders.content)} and ${pathFromHere(folders.templates)}; Ctrl-C ends`);
      exporter?.ask(ready);
      return await follow({ changes, regenerator, exporter, settings });
    } finally {
      await room.close();
    }
  } finally {
    await Promise.all([watching.close(), exporter?.close()]);
  }
}

interface Following {
  changes: Changes;
  regenerator: Regenerator;
  exporter: WarmExport | null;
  settings: Settings;
}

/** Goes on until the run is interrupted, which it throws. */
async function follow({ changes, regenerator, exporter, settings }: Following): Promise<never> {
  for (;;) {
    // One PDF at a time, so that an edit never waits for all of them.
    let exporting = exporter !== null;
    while (exporting && !changes.any()) exporting = (await exporter?.exportNext()) === true;
    const touched = await changes.next();
    const { changed, ready } = await regenerator.run();
    const isText = touched.every((file) => isPlainContent(file, settings.folders.content));
    if (!isText) await exporter?.renew();
    exporter?.ask(isText ? changed : ready);
  }
}

/** The deck that the page to open shows when one theme was named; null for the start page. */
async function deckOf(themes: readonly string[], { folders, languages }: Settings): Promise<string | null> {
  if (themes.length !== 1) return null;
  const decks = await listDecks(folders.slides);
  return firstDeck(
    decks.filter(({ theme }) => theme === themes[0]).map(({ file }) => file),
    languages ?? [],
  );
}

/** What is wrong with the command line, and not with a file, ends it. */
async function checkUsage(themes: readonly string[], settings: Settings): Promise<void> {
  for (const folder of [settings.folders.content, settings.folders.templates]) {
    if ((await kindOf(folder)) === 'nothing')
      throw new ExpectedError(`there is no folder ${folder}`, { hint: 'name the right one with --content DIR or --templates DIR' });
  }
  try {
    const { corpus } = await loadWorkspace(settings);
    chooseThemes(corpus, themes);
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.exitCode === EXIT.usage) throw error;
  }
}

/** Files that have changed and were not looked at yet. */
class Changes {
  readonly #files: string[] = [];
  #wake: () => void = () => {};
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#wake(), { once: true });
  }

  add(files: readonly string[]): void {
    this.#files.push(...files);
    this.#wake();
  }

  /** Also when the run is over: whoever asks has something else to do. */
  any(): boolean {
    return this.#files.length > 0 || this.#signal.aborted;
  }

  /** Waits for the next ones. Throws the signal's reason when the run is interrupted. */
  async next(): Promise<string[]> {
    if (!this.any()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#signal.throwIfAborted();
    return this.#files.splice(0);
  }
}
