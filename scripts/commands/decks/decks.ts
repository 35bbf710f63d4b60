/** Makes decks from content: plans and renders every theme in every language. A deck that fails does not affect others. */
import os from 'node:os';
import path from 'node:path';
import { Consent, refusalOf } from '../../model/consent.ts';
import type { BrokenFile, Corpus, Theme } from '../../model/corpus.ts';
import { slug } from '../../model/front-matter.ts';
import { deckText } from '../../model/outputs/deck-text.ts';
import { readDeckHead, readSources } from '../../render/read-sources.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { namesIn, readIfThere } from '../../shared/disk/files.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { bundledFolder, OrderThread } from '../../shared/order-thread.ts';
import type { Settings } from '../settings.ts';
import { chooseThemes, type Workspace } from '../workspace.ts';
import { DeckMaker, type DeckOrder, type MadeDeck, makeDeck, type ThreadOrder } from './deck-making.ts';
import type { DeckOutcome, DeckVerdict, Made } from './deck-outcome.ts';
import { type DeckPlace, readPlace } from './deck-place.ts';
import { keyOfDeck } from './deck-records.ts';
import { type DeckMaking, type Judged, judgeAll, startMaking, verdictOf, wantedDecks } from './judge-decks.ts';

/** Callbacks along the way, so that a run does not have to hold all decks of a large content in memory. */
export interface Steps {
  /** Called before any deck is planned. */
  judged: (decks: readonly DeckVerdict[]) => Promise<void>;
  /** Called before a deck is planned. Decks that are known to be unchanged are not planned. */
  planning: (deck: DeckPlace) => Promise<void>;
  /** Called when a deck is done. */
  made: (outcome: DeckOutcome) => Promise<void>;
}

/** Plans and renders the requested decks, but writes nothing. A deck that `made` has written is later read from its file. */
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

/** Yields the result of `make` for every item, in order. At most `atOnce` calls run at a time. */
async function* inOrder<T, R>(items: readonly T[], atOnce: number, make: (item: T) => Promise<R>): AsyncGenerator<R> {
  const begun: Promise<R>[] = [];
  for (let next = 0; next < items.length || begun.length > 0; ) {
    const more = items.slice(next, next + atOnce - begun.length).map(make);
    // The error is thrown in the item's turn. By then an earlier one may have ended the run, so it is handled here too.
    for (const each of more) each.catch(() => {});
    next += more.length;
    begun.push(...more);
    const first = begun.shift();
    if (first !== undefined) yield await first;
  }
}

/**
 * Returns the number of exchanges of each deck that a worker can make. Empty when slides are remembered or earlier content is compared,
 * because only this thread has that data.
 */
function decksToPlan(judged: readonly Judged[], making: DeckMaking): number[] {
  const { warm, earlier } = making.workspace;
  if (warm?.slides != null || earlier !== null) return [];
  return judged.flatMap(({ place, verdict }) => {
    if (verdict.state !== 'wanted') return [];
    const shown = making.shownOf(verdict.theme);
    return isAsRecorded(place, keyFor(verdict.theme, place, shown, making), making) ? [] : shown.exchanges.length;
  });
}

/** Returns null when the deck also depends on earlier content: it is always compared then. */
function keyFor(theme: Theme, { lang }: DeckPlace, shown: Corpus, { workspace, contentOf, look }: DeckMaking): string | null {
  return workspace.earlier === null ? keyOfDeck(theme, lang, contentOf(shown), look) : null;
}

/** Returns whether the existing deck is known to have this key, and may stay. */
function isAsRecorded({ name, current, forbidden }: DeckPlace, key: string | null, { records }: DeckMaking): boolean {
  const record = records.get(name);
  return key !== null && record?.key === key && record.hash === current?.hash && forbidden.length === 0;
}

/** Makes the deck of a theme: reuses the existing one when it is known to be up to date, else plans and renders it. */
async function makeFrom(theme: Theme, place: DeckPlace, making: DeckMaking, threads: DeckThreads, steps: Steps | null): Promise<Made> {
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
    const withheld = Consent.of(workspace.corpus).finderFor(sources)?.find(deckText(markdown)) ?? null;
    // The content itself has been searched. A name can still come from templates, or appear when marks between letters are dropped.
    if (withheld !== null) throw new ExpectedError(...refusalOf(withheld.text));
    const hash = sha256(markdown);
    if (key !== null) making.records.set(name, { key, hash, sources: [...sources], deck });
    return { state: 'ready', deck, unchanged: hash === current?.hash, markdown: async () => markdown };
  } catch (error) {
    if (error instanceof ExpectedError) return { state: 'failed', error };
    throw error;
  }
}

// Worker threads, used when there are many exchanges (80 decks of 1,000 slides on two cores: 49 s instead of 83 s).

/** Fewer exchanges are planned and rendered before a worker is ready. */
const LEAST = 500;
/** Each worker needs some hundred megabytes. */
const MOST = 4;

/** A quarter of V8's default for new objects: saves 60 MB for two workers at the same speed. */
const limits = { maxYoungGenerationSizeMb: 12 };

class DeckThreads {
  readonly #threads: OrderThread<ThreadOrder, MadeDeck | null>[];
  readonly #templates: string;
  readonly #look: string;
  #next = 0;

  /**
   * Starts workers for decks with the given numbers of exchanges, or none when these are few. `templates` is the folder, `look` the hash of
   * what was read from it.
   */
  constructor(decks: readonly number[], { templates, look }: { templates: string; look: string }) {
    const isMuch = decks.reduce((sum, exchanges) => sum + exchanges, 0) >= LEAST && bundledFolder() !== null;
    const count = Math.min(os.availableParallelism(), MOST, decks.length);
    const start = () => new OrderThread<ThreadOrder, MadeDeck | null>('deck-worker.mjs', new DeckMaker().work, { limits });
    this.#threads = Array.from({ length: isMuch && count > 1 ? count : 0 }, start);
    this.#templates = templates;
    this.#look = look;
  }

  /** The number of decks to start at once: one more than there are workers, so that none is idle. */
  get atOnce(): number {
    return this.#threads.length + 1;
  }

  /** Returns null when there is no worker, or when the worker finds other templates. Throws as makeDeck does. */
  async make(order: DeckOrder): Promise<MadeDeck | null> {
    const thread = this.#threads[this.#next % this.#threads.length];
    this.#next += 1;
    return (await thread?.send({ type: 'make', ...order, templates: this.#templates, look: this.#look })) ?? null;
  }

  /** Saves one after the other: all workers write to the same place, and the last result is kept. */
  async keep(): Promise<void> {
    for (const thread of this.#threads) await thread.send({ type: 'keep' });
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}

/** Returns generated decks in the slides folder whose theme no longer exists. Empty while broken content makes this uncertain. */
export async function orphanedDecks({ corpus }: Workspace, settings: Settings): Promise<string[]> {
  if (corpus.themes.length === 0 || corpus.broken.some(mayBeAnyTheme)) return [];
  const known = new Set(chooseThemes(corpus, []));
  const orphans: string[] = [];
  for (const name of await namesIn(settings.folders.slides)) {
    const theme = /^([a-z0-9-]+)(?:\.[a-z]{2,3})?\.md$/.exec(name)?.[1];
    if (theme === undefined || known.has(theme)) continue;
    const file = path.join(settings.folders.slides, name);
    const { current } = await readPlace(file);
    // A copy of a deck, made for editing by hand, still names the theme of the original, which does not match its file name.
    if (current !== null && readDeckHead(await current.markdown())?.theme === theme) orphans.push(file);
  }
  return orphans;
}

/** Returns whether a broken file may be a theme under a wrong name, or hide one. */
function mayBeAnyTheme({ kind, lang, id }: BrokenFile): boolean {
  return lang === null && (kind === 'other' || (kind === 'theme' && !slug.safeParse(id).success));
}
