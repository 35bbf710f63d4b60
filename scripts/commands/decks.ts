/** Content to decks: every theme in every language planned and rendered, each for itself, so that one that fails costs no other. */
import path from 'node:path';
import type { BrokenFile, Corpus, Theme } from '../model/corpus.ts';
import type { Deck } from '../model/deck.ts';
import { slug } from '../model/front-matter.ts';
import { matchesQuery } from '../model/query.ts';
import { deckName } from '../plan/context.ts';
import { planDeck } from '../plan/deck.ts';
import { heldBack } from '../plan/hold.ts';
import { narrowCorpus } from '../plan/narrow-corpus.ts';
import { isPublishable } from '../plan/select.ts';
import { type DeckPlaces, renderDeck } from '../render/deck-markdown.ts';
import { readDeckHead, readSources } from '../render/read-sources.ts';
import { ExpectedError } from '../shared/errors.ts';
import { namesIn, readIfThere } from '../shared/files.ts';
import { sha256 } from '../shared/hashes.ts';
import { toPosixRelative } from '../shared/paths.ts';
import { type DeckPlace, forbiddenIn, nameIn, readPlace } from './deck-place.ts';
import { DeckRecords, hashOfContent, hashOfLook, keyOfDeck } from './deck-records.ts';
import { countChanges } from './earlier.ts';
import type { Settings } from './settings.ts';
import { chooseThemes, type Workspace } from './workspace.ts';

/** What is said of a deck that was made. */
export interface DeckSummary {
  /** Their number. */
  slides: number;
  overfull: Deck['overfull'];
  /** Since the time that was asked about; null where nobody asked. */
  changes: { new: number; changed: number; gone: number } | null;
}

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
  for (const { place, verdict } of judged) {
    settings.signal.throwIfAborted();
    const outcome = { ...place, ...(verdict.state === 'wanted' ? await makeFrom(verdict.theme, place, making, steps) : verdict) };
    await steps?.made(outcome);
    const isWritten = steps !== null && outcome.state === 'ready';
    outcomes.push(isWritten ? { ...outcome, markdown: async () => (await readIfThere(place.file)) ?? '' } : outcome);
  }
  workspace.templates.keep();
  making.records.save(wantedDecks([], workspace).map(({ name }) => name));
  return outcomes;
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
    look: await hashOfLook(workspace, settings, places),
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

/** The deck of what is shown of the content: the one that stands there where that is known to be it, else planned and rendered. */
async function makeFrom(theme: Theme, place: DeckPlace, making: Making, steps: Steps | null): Promise<Made> {
  const shown = making.shownOf(theme);
  const { workspace, today, look } = making;
  const record = making.records.get(place.name);
  const { earlier, templates } = workspace;
  const { current, lang } = place;
  // What has changed since some time depends on the content of then as well: that is always compared.
  const key = earlier === null ? keyOfDeck(theme, lang, making.contentOf(shown), look) : null;
  if (key !== null && record?.key === key && record.hash === current?.hash && place.forbidden.length === 0)
    return { state: 'ready', deck: record.deck, unchanged: true, markdown: current.markdown };
  await steps?.planning(place);
  try {
    const corpus = earlier === null ? shown : workspace.corpus;
    const memory = workspace.warm?.slides ?? null;
    const deck = planDeck(theme, { corpus, lang, today, earlier, measure: templates, memory });
    const markdown = renderDeck(deck, templates, making.places, memory);
    const sources = readSources(markdown);
    const name = await nameIn(async () => markdown, sources, workspace.corpus);
    // The content has been searched; what is left are templates, and marks between the letters.
    if (name !== null)
      throw new ExpectedError(`it says "${name}", and somebody of that name must not be named`, {
        hint: 'look for it in the names of other people and in the templates; what is an ordinary word too can stand in `ordinaryWords` of the person',
      });
    const hash = sha256(markdown);
    const summary = { slides: deck.slides.length, overfull: deck.overfull, changes: countChanges(deck) };
    if (key !== null) making.records.set(place.name, { key, hash, sources: [...sources], deck: summary });
    return { state: 'ready', deck: summary, unchanged: hash === current?.hash, markdown: async () => markdown };
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
