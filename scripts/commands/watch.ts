import { listDecks } from '../live/deck-list.ts';
import { watchFiles } from '../live/watch-files.ts';
import { Consent } from '../model/consent.ts';
import type { Corpus } from '../model/corpus.ts';
import { kindOf } from '../shared/disk/files.ts';
import { EXIT, type ExitCode, ExpectedError } from '../shared/errors.ts';
import { isInside, pathFromHere } from '../shared/paths.ts';
import { type Regenerated, Regenerator } from './decks/regenerate.ts';
import { Inbox } from './live/inbox.ts';
import { announce, type LiveOptions, openLiveRoom } from './live/live-room.ts';
import { WarmExport } from './live/warm-export.ts';
import { loadSince } from './load-earlier.ts';
import { ChangedDocuments } from './outputs/changed-documents.ts';
import type { OutputOptions } from './outputs/outputs.ts';
import { firstDeck } from './present.ts';
import type { Settings } from './settings.ts';
import { chooseThemes, loadWorkspace } from './workspace.ts';

export interface WatchOptions extends LiveOptions {
  /** The value of `--since`, or null. It is resolved once, at the start. */
  since: string | null;
  /** How to export the PDFs after an edit. Null exports none. */
  exporting: OutputOptions | null;
}

/** Shows the decks and generates them again with every change of content or templates, until it is interrupted. */
export async function watch(themes: string[], options: WatchOptions, settings: Settings): Promise<ExitCode> {
  const { folders, report } = settings;
  await checkUsage(themes, settings);
  const since = await loadSince(options.since, settings);
  const touched = new Inbox<string>(settings.signal);
  const exporter = options.exporting === null ? null : new FollowingExport(options.exporting, settings);
  const watching = await watchFiles(
    [folders.content, folders.templates],
    () => false,
    (changes) => {
      const files = changes.map(({ file }) => file);
      // Renewed before the decks are generated again, because queued decks may be printed before that.
      if (!isText(files, settings)) exporter?.warm.renew();
      touched.add(files);
    },
    (error) => touched.fail(error),
  );
  try {
    const regenerator = new Regenerator(themes, since, settings);
    const first = await regenerator.run();
    const room = await openLiveRoom(options, settings);
    try {
      await announce(room, await deckOf(themes, settings), options, settings);
      report.say(`watching ${pathFromHere(folders.content)} and ${pathFromHere(folders.templates)}; Ctrl-C ends`);
      await exporter?.follow(first, first.ready);
      // In parallel: an edit does not wait for a PDF.
      return await Promise.race([
        follow({ touched, regenerator, exporter, settings }),
        ...(exporter === null ? [] : [exporter.warm.run()]),
      ]);
    } finally {
      await room.close();
    }
  } finally {
    await Promise.all([watching.close(), exporter?.warm.close()]);
  }
}

/** Requests the outputs that an edit has changed. */
class FollowingExport {
  readonly warm: WarmExport;
  readonly #options: OutputOptions;
  readonly #documents: ChangedDocuments;
  /** The corpus as it was last read. */
  #corpus: Corpus | null = null;

  constructor(options: OutputOptions, settings: Settings) {
    this.#options = options;
    this.warm = new WarmExport({ ...options, consent: async () => this.#corpus && Consent.of(this.#corpus) }, settings);
    this.#documents = new ChangedDocuments(options, settings);
  }

  /** `decks` are the files of decks whose PDFs may have changed. */
  async follow({ generated }: Regenerated, decks: readonly string[]): Promise<void> {
    const { formats } = this.#options;
    this.#corpus = generated?.workspace.corpus ?? this.#corpus;
    if (formats.some(({ from }) => from === 'deck')) this.warm.ask(decks);
    if (generated !== null) this.warm.askFor(await this.#documents.among(generated));
  }
}

interface Following {
  touched: Inbox<string>;
  regenerator: Regenerator;
  exporter: FollowingExport | null;
  settings: Settings;
}

/** Runs until the run is interrupted or the files cannot be watched any more. Throws the reason. */
async function follow({ touched, regenerator, exporter, settings }: Following): Promise<never> {
  for (;;) {
    const files = await touched.all();
    const made = await regenerator.run();
    await exporter?.follow(made, isText(files, settings) ? made.changed : made.ready);
  }
}

/** Returns whether only texts have changed, which change decks. Theme and pictures can change PDFs of unchanged decks. */
function isText(files: readonly string[], { folders }: Settings): boolean {
  return files.every((file) => file.endsWith('.md') && isInside(folders.content, file));
}

/** Returns the deck to open when one theme is given. Null for the start page. */
async function deckOf(themes: readonly string[], { folders, languages }: Settings): Promise<string | null> {
  if (themes.length !== 1) return null;
  const decks = await listDecks(folders.slides);
  return firstDeck(
    decks.filter(({ theme }) => theme === themes[0]),
    languages ?? [],
  );
}

/** Throws for an error in the command line, as opposed to one in a file. */
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
