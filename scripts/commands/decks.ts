/** Content to decks: every theme in every language planned and rendered, each for itself, so that one that fails costs no other. */
import path from 'node:path';
import type { BrokenFile, Corpus, Theme } from '../model/corpus.ts';
import { slug } from '../model/front-matter.ts';
import { matchesQuery } from '../model/query.ts';
import { deckName } from '../plan/context.ts';
import { heldBack } from '../plan/hold.ts';
import { narrowCorpus } from '../plan/narrow-corpus.ts';
import { isPublishable } from '../plan/select.ts';
import type { DeckPlaces } from '../render/deck-markdown.ts';
import { readDeckHead, readSources } from '../render/read-sources.ts';
import { ExpectedError } from '../shared/errors.ts';
import { namesIn, readIfThere } from '../shared/files.ts';
import { sha256 } from '../shared/hashes.ts';
import { toPosixRelative } from '../shared/paths.ts';
import { type DeckSummary, makeDeck } from './deck-making.ts';
import { type DeckPlace, forbiddenIn, nameIn, readPlace } from './deck-place.ts';
import { DeckRecords, hashOfContent, hashOfLook, keyOfDeck } from './deck-records.ts';
import { DeckThreads } from './deck-threads.ts';
import type { Settings } from './settings.ts';
import { chooseThemes, type Workspace } from './workspace.ts';

type NotMade =
  /** Nothing of it may be published: there is to be no deck, and an earlier one has to go. */
  | { state: 'empty' }
  /** Content files with errors belong to it: the last good version stays. */
  | { state: 'held'; because: string[] }
  | { state: 'failed'; error: ExpectedError };

type Made =
  /** Unchanged: it stands in its place as it would be written now. */
  { state: 'ready'; deck: DeckSummary; unchanged: boolean; markdown: () => Promise<string> } | NotMade;

export type DeckOutcome = DeckPlace & Made;

/** What is to become of a deck, before any is planned. */
export type DeckVerdict = DeckPlace & ({ state: 'wanted' } | NotMade);

/** Why there is no deck to be exported; null where there is to be none. */
export function whyNotReady(outcome: DeckOutcome | DeckVerdict): string | null {
  if (outcome.state === 'failed') return outcome.error.message;
  return outcome.state === 'held' ? `content with errors belongs to it: ${outcome.because.join(', ')}` : null;
}

/** What all decks of a run share. */
interface Making {
  workspace: Workspace;
  records: DeckRecords;
  /** See hashOfLook. */
  look: string;
  places: DeckPlaces;
  today: string;
  /** What a theme's decks show, in all languages. */
  shownOf: (theme: Theme) => Corpus;
  /** See hashOfContent. */
  contentOf: (shown: Corpus) => string;
}

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
  const threads = new DeckThreads(exchangesToPlan(judged, making), { templates: settings.folders.templates, look: making.look });
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

/** How many exchanges are in the decks that can be made from nothing but data; what is remembered of slides, or compared with earlier content, is here alone. */
function exchangesToPlan(judged: readonly Judged[], making: Making): number {
  const { warm, earlier } = making.workspace;
  if (warm?.slides != null || earlier !== null) return 0;
  const pending = judged.flatMap(({ place, verdict }) => {
    if (verdict.state !== 'wanted') return [];
    const shown = making.shownOf(verdict.theme);
    return isAsRecorded(place, keyFor(verdict.theme, place, shown, making), making) ? [] : shown.exchanges.length;
  });
  return pending.reduce((sum, exchanges) => sum + exchanges, 0);
}

/** Says of the decks asked for which can be made, and of the others why not. */
export async function judgeDecks(workspace: Workspace, themes: readonly string[], settings: Settings): Promise<DeckVerdict[]> {
  return (await judgeAll(themes, await startMaking(workspace, settings), settings)).map(verdictOf);
}

async function startMaking(workspace: Workspace, settings: Settings): Promise<Making> {
  const { slides, templates, content } = settings.folders;
  const places = { theme: toPosixRelative(slides, path.join(templates, 'theme')), content: toPosixRelative(slides, content) };
  const today = settings.now.toISOString().slice(0, 10);
  return {
    workspace,
    records: await DeckRecords.open(workspace, settings),
    look: await hashOfLook(workspace.templates.fonts, templates, places),
    places,
    today,
    shownOf: remember((theme: Theme) => narrowCorpus(workspace.corpus, theme, today)),
    contentOf: remember((shown: Corpus) => hashOfContent(shown, workspace)),
  };
}

function wantedDecks(themes: readonly string[], { corpus, languages }: Workspace): { theme: string; lang: string; name: string }[] {
  return chooseThemes(corpus, themes).flatMap((theme) =>
    languages.map((lang) => ({ theme, lang, name: deckName(theme, lang, corpus.baseLanguage) })),
  );
}

interface Judged {
  place: DeckPlace;
  verdict: Verdict;
}

async function judgeAll(themes: readonly string[], making: Making, settings: Settings): Promise<Judged[]> {
  const { corpus, warm } = making.workspace;
  const judged: Judged[] = [];
  for (const { theme, lang, name } of wantedDecks(themes, making.workspace)) {
    settings.signal.throwIfAborted();
    const file = path.join(settings.folders.slides, `${name}.md`);
    const { current, obstacle } = await readPlace(file, making.records.get(name), warm);
    const forbidden = current === null ? [] : await forbiddenIn(current, corpus, making.today);
    const place = { theme, lang, name, file, current, forbidden };
    judged.push({ place, verdict: obstacle === null ? judge(place, making) : { state: 'failed', error: obstacle } });
  }
  return judged;
}

function verdictOf({ place, verdict }: Judged): DeckVerdict {
  return { ...place, ...(verdict.state === 'wanted' ? { state: 'wanted' } : verdict) };
}

function remember<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

type Verdict = { state: 'wanted'; theme: Theme } | NotMade;

function judge(place: DeckPlace, making: Making): Verdict {
  const { today } = making;
  const { corpus } = making.workspace;
  const { current, lang } = place;
  const theme = corpus.themes.find(({ id }) => id === place.theme);
  if (theme === undefined) {
    // A theme of drafts alone is an error, and so its query is not known here; its last version says what it showed.
    if (current !== null && isWithdrawnDeck(current.sources, corpus, today)) return { state: 'empty' };
    const own = corpus.broken.filter(({ kind, id }) => kind === 'theme' && id === place.theme);
    return { state: 'held', because: own.map(({ file }) => file) };
  }
  const shown = making.shownOf(theme);
  const empty = shown.exchanges.length === 0;
  // An embargo is kept whatever else is broken: what stands in the last version may not stay.
  if (empty && isWithdrawnTheme(theme, corpus)) return { state: 'empty' };
  const held = heldBack(theme, lang, corpus, today, current?.sources ?? null);
  const because = empty && held.length === 0 ? corpus.broken.filter(mayHoldExchanges) : held;
  if (because.length > 0) return { state: 'held', because: because.map(({ file }) => file) };
  return empty ? { state: 'empty' } : { state: 'wanted', theme };
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

/** Whether a theme without publishable exchanges has others: drafts, or of an interview under embargo. */
function isWithdrawnTheme(theme: Theme, corpus: Corpus): boolean {
  return corpus.exchanges.some(({ tags }) => matchesQuery(theme.query, new Set(tags)));
}

/** Whether a deck shows exchanges of which none may be published any more. */
function isWithdrawnDeck(sources: ReadonlySet<string>, corpus: Corpus, today: string): boolean {
  const shown = new Set([...sources].map((file) => file.replace(/(?:\.[a-z]{2,3})?\.md$/, '.md')));
  const known = corpus.exchanges.filter(({ file }) => shown.has(file));
  const interviews = new Map(corpus.interviews.map((interview) => [interview.id, interview]));
  const published = known.filter((exchange) => {
    const interview = interviews.get(exchange.interview);
    return interview !== undefined && isPublishable(exchange, interview, today);
  });
  return known.length > 0 && known.length === shown.size && published.length === 0;
}

/** Whether the exchanges that a theme seems not to have may stand in a broken file. */
function mayHoldExchanges({ kind, lang }: BrokenFile): boolean {
  return lang === null && (kind === 'exchange' || kind === 'interview' || kind === 'other');
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
