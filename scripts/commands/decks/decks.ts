/** Content to decks: every theme in every language planned and rendered, each for itself, so that one that fails costs no other. */
import os from 'node:os';
import path from 'node:path';
import type { BrokenFile, Corpus, Theme } from '../../model/corpus.ts';
import { slug } from '../../model/front-matter.ts';
import { readDeckHead, readSources } from '../../render/read-sources.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { namesIn, readIfThere } from '../../shared/disk/files.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { bundledFolder, OrderThread } from '../../shared/order-thread.ts';
import type { Settings } from '../settings.ts';
import { chooseThemes, type Workspace } from '../workspace.ts';
import { DeckMaker, type DeckOrder, type MadeDeck, makeDeck, type ThreadOrder } from './deck-making.ts';
import type { DeckOutcome, DeckVerdict, Made } from './deck-outcome.ts';
import { type DeckPlace, nameIn, readPlace } from './deck-place.ts';
import { keyOfDeck } from './deck-records.ts';
import { type Judged, judgeAll, type Making, startMaking, verdictOf, wantedDecks } from './judge-decks.ts';

/** What happens on the way, so that no run has to hold all decks of a large content. */
export interface Steps {
  /** Before any deck is planned. */
  judged: (decks: readonly DeckVerdict[]) => Promise<void>;
  /** Before a deck is planned, which is done for those alone that may be other ones than before. */
  planning: (deck: DeckPlace) => Promise<void>;
  /** As soon as a deck is made. */
  made: (outcome: DeckOutcome) => Promise<void>;
}

/** Plans and renders the decks asked for; writes nothing. A deck that `made` has written is read from its place when somebody asks for it. */
export async function makeDecks(
  workspace: Workspace,
  themes: readonly string[],
  settings: Settings,
  steps: Steps | null = null,
): Promise<DeckOutcome[]> {
  const making = await startMaking(workspace, settings);
  const judged = await judgeAll(themes, making, settings);
  await steps?.judged(judged.map(verdictOf));
  const outcomes: DeckOutcome[] = [];
  const threads = new DeckThreads(decksToPlan(judged, making), { templates: settings.folders.templates, look: making.look });
  const make = async ({ place, verdict }: Judged): Promise<DeckOutcome> => {
    settings.signal.throwIfAborted();
    return { ...place, ...(verdict.state === 'wanted' ? await makeFrom(verdict.theme, place, making, threads, steps) : verdict) };
  };
  try {
    for await (const outcome of inOrder(judged, threads.atOnce, make)) {
      settings.signal.throwIfAborted();
      await steps?.made(outcome);
      const isWritten = steps !== null && outcome.state === 'ready';
      outcomes.push(isWritten ? { ...outcome, markdown: async () => (await readIfThere(outcome.file)) ?? '' } : outcome);
    }
    await threads.keep();
  } finally {
    await threads.close();
  }
  workspace.templates.keep();
  making.records.save(wantedDecks([], workspace).map(({ name }) => name));
  return outcomes;
}

/** What `make` makes of every item, in their order; so many of them are begun `atOnce`. */
async function* inOrder<T, R>(items: readonly T[], atOnce: number, make: (item: T) => Promise<R>): AsyncGenerator<R> {
  const begun: Promise<R>[] = [];
  for (let next = 0; next < items.length || begun.length > 0; ) {
    const more = items.slice(next, next + atOnce - begun.length).map(make);
    // Heard when its turn comes; by then an earlier one may have ended the run.
    for (const each of more) each.catch(() => {});
    next += more.length;
    begun.push(...more);
    const first = begun.shift();
    if (first !== undefined) yield await first;
  }
}

/** How many exchanges each deck has that can be made from nothing but data; what is remembered of slides, or compared with earlier content, is here alone. */
function decksToPlan(judged: readonly Judged[], making: Making): number[] {
  const { warm, earlier } = making.workspace;
  if (warm?.slides != null || earlier !== null) return [];
  return judged.flatMap(({ place, verdict }) => {
    if (verdict.state !== 'wanted') return [];
    const shown = making.shownOf(verdict.theme);
    return isAsRecorded(place, keyFor(verdict.theme, place, shown, making), making) ? [] : shown.exchanges.length;
  });
}

/** Null where a deck follows from the content of another time as well: that is always compared. */
function keyFor(theme: Theme, { lang }: DeckPlace, shown: Corpus, { workspace, contentOf, look }: Making): string | null {
  return workspace.earlier === null ? keyOfDeck(theme, lang, contentOf(shown), look) : null;
}

/** Whether the deck that stands there is known to be the one of this key, and may stay. */
function isAsRecorded({ name, current, forbidden }: DeckPlace, key: string | null, { records }: Making): boolean {
  const record = records.get(name);
  return key !== null && record?.key === key && record.hash === current?.hash && forbidden.length === 0;
}

/** The deck of what is shown of the content: the one that stands there where that is known to be it, else planned and rendered. */
async function makeFrom(theme: Theme, place: DeckPlace, making: Making, threads: DeckThreads, steps: Steps | null): Promise<Made> {
  const shown = making.shownOf(theme);
  const { workspace, today, places } = making;
  const { earlier, templates, warm } = workspace;
  const { name, current, lang } = place;
  const key = keyFor(theme, place, shown, making);
  const record = making.records.get(name);
  if (isAsRecorded(place, key, making) && record !== null && current !== null)
    return { state: 'ready', deck: record.deck, unchanged: true, markdown: current.markdown };
  await steps?.planning(place);
  try {
    const order = { theme, lang, corpus: earlier === null ? shown : workspace.corpus, today, places };
    const made = (await threads.make(order)) ?? makeDeck(order, templates, { earlier, memory: warm?.slides ?? null });
    const { markdown, deck } = made;
    const sources = readSources(markdown);
    const withheld = await nameIn(async () => markdown, sources, workspace.corpus);
    // The content has been searched; what is left are templates, and marks between the letters.
    if (withheld !== null)
      throw new ExpectedError(`it says "${withheld}", and somebody of that name must not be named`, {
        hint: 'look for it in the names of other people and in the templates; what is an ordinary word too can stand in `ordinaryWords` of the person',
      });
    const hash = sha256(markdown);
    if (key !== null) making.records.set(name, { key, hash, sources: [...sources], deck });
    return { state: 'ready', deck, unchanged: hash === current?.hash, markdown: async () => markdown };
  } catch (error) {
    if (error instanceof ExpectedError) return { state: 'failed', error };
    throw error;
  }
}

// Decks made in several threads at once, where they are so many that it takes a while (80 decks of 1,000 slides on two cores: 49 s instead of 83).

/** Fewer exchanges are planned and rendered before a thread knows how. */
const LEAST = 500;
/** Each needs some hundred megabytes. */
const MOST = 4;

/** A quarter of what V8 gives new objects by default: 60 MB less for two threads, in the same time. */
const limits = { maxYoungGenerationSizeMb: 12 };

class DeckThreads {
  readonly #threads: OrderThread<ThreadOrder, MadeDeck | null>[];
  readonly #templates: string;
  readonly #look: string;
  #next = 0;

  /** For decks with as many exchanges as given; of few none is started. `templates` is the folder, `look` what it was read as. */
  constructor(decks: readonly number[], { templates, look }: { templates: string; look: string }) {
    const isMuch = decks.reduce((sum, exchanges) => sum + exchanges, 0) >= LEAST && bundledFolder() !== null;
    const count = Math.min(os.availableParallelism(), MOST, decks.length);
    const start = () => new OrderThread<ThreadOrder, MadeDeck | null>('deck-worker.mjs', new DeckMaker().work, { limits });
    this.#threads = Array.from({ length: isMuch && count > 1 ? count : 0 }, start);
    this.#templates = templates;
    this.#look = look;
  }

  /** How many decks are to be begun before the first is done: one waits for every thread that is about to be free. */
  get atOnce(): number {
    return this.#threads.length + 1;
  }

  /** Null where there is no thread, or the thread finds other templates. Throws as makeDeck does. */
  async make(order: DeckOrder): Promise<MadeDeck | null> {
    const thread = this.#threads[this.#next % this.#threads.length];
    this.#next += 1;
    return (await thread?.send({ type: 'make', ...order, templates: this.#templates, look: this.#look })) ?? null;
  }

  /** One after the other: all write to the same place, and what the last one found stays. */
  async keep(): Promise<void> {
    for (const thread of this.#threads) await thread.send({ type: 'keep' });
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}

/** Generated decks in the slides folder whose theme is no longer there; none while nobody can tell. */
export async function orphanedDecks({ corpus }: Workspace, settings: Settings): Promise<string[]> {
  if (corpus.themes.length === 0 || corpus.broken.some(mayBeAnyTheme)) return [];
  const known = new Set(chooseThemes(corpus, []));
  const orphans: string[] = [];
  for (const name of await namesIn(settings.folders.slides)) {
    const theme = /^([a-z0-9-]+)(?:\.[a-z]{2,3})?\.md$/.exec(name)?.[1];
    if (theme === undefined || known.has(theme)) continue;
    const file = path.join(settings.folders.slides, name);
    const { current } = await readPlace(file);
    // A deck that somebody copied to go on by hand still names the theme it came from, and not its file's.
    if (current !== null && readDeckHead(await current.markdown())?.theme === theme) orphans.push(file);
  }
  return orphans;
}

/** Whether a broken file may be a theme under a wrong name, or hide one. */
function mayBeAnyTheme({ kind, lang, id }: BrokenFile): boolean {
  return lang === null && (kind === 'other' || (kind === 'theme' && !slug.safeParse(id).success));
}
