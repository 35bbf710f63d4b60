/** Decides which decks can be made from the content, before any is planned. */
import path from 'node:path';
import { isPublishable } from '../../model/consent.ts';
import type { BrokenFile, Corpus, Theme } from '../../model/corpus.ts';
import { matchesQuery } from '../../model/query.ts';
import { deckName } from '../../plan/context.ts';
import { heldBack, narrowCorpus } from '../../plan/select.ts';
import type { DeckPlaces } from '../../render/deck-markdown.ts';
import { toPosixRelative } from '../../shared/paths.ts';
import type { Settings } from '../settings.ts';
import { chooseThemes, type Workspace } from '../workspace.ts';
import type { DeckVerdict, NotMade } from './deck-outcome.ts';
import { type DeckPlace, forbiddenIn, readPlace } from './deck-place.ts';
import { DeckRecords, hashOfContent, hashOfLook } from './deck-records.ts';

/** Returns for each requested deck whether it can be made, and if not, why. */
export async function judgeDecks(workspace: Workspace, themes: readonly string[], settings: Settings): Promise<DeckVerdict[]> {
  return (await judgeAll(themes, await startMaking(workspace, settings), settings)).map(verdictOf);
}

/** A deck's place, and what should happen to the deck. */
export interface Judged {
  place: DeckPlace;
  verdict: Verdict;
}

/** Like `judgeDecks`, with the data for making the decks, in the order in which they are made. */
export async function judgeAll(themes: readonly string[], making: DeckMaking, settings: Settings): Promise<Judged[]> {
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

/** Returns the verdict without the data for making the deck. */
export function verdictOf({ place, verdict }: Judged): DeckVerdict {
  return { ...place, ...(verdict.state === 'wanted' ? { state: 'wanted' } : verdict) };
}

type Verdict = { state: 'wanted'; theme: Theme } | NotMade;

function judge(place: DeckPlace, making: DeckMaking): Verdict {
  const { today } = making;
  const { corpus } = making.workspace;
  const { current, lang } = place;
  const theme = corpus.themes.find(({ id }) => id === place.theme);
  if (theme === undefined) {
    // A theme that contains only drafts is an error, so its query is not known here. The last version of its deck says what it showed.
    if (current !== null && isWithdrawnDeck(current.sources, corpus, today)) return { state: 'empty' };
    const own = corpus.broken.filter(({ kind, id }) => kind === 'theme' && id === place.theme);
    return { state: 'held', because: own.map(({ file }) => file) };
  }
  const shown = making.shownOf(theme);
  const empty = shown.exchanges.length === 0;
  // An embargo applies even if other content is broken: the last version must not stay.
  if (empty && isWithdrawnTheme(theme, corpus)) return { state: 'empty' };
  const held = heldBack(theme, lang, corpus, today, current?.sources ?? null);
  const because = empty && held.length === 0 ? corpus.broken.filter(mayHoldExchanges) : held;
  if (because.length > 0) return { state: 'held', because: because.map(({ file }) => file) };
  return empty ? { state: 'empty' } : { state: 'wanted', theme };
}

/** Returns whether a theme without publishable exchanges has others: drafts, or exchanges of an interview under embargo. */
function isWithdrawnTheme(theme: Theme, corpus: Corpus): boolean {
  return corpus.exchanges.some(({ tags }) => matchesQuery(theme.query, new Set(tags)));
}

/** Returns whether none of the exchanges in a deck may be published any more. */
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

/** Returns whether a broken file may contain exchanges that a theme seems to lack. */
function mayHoldExchanges({ kind, lang }: BrokenFile): boolean {
  return lang === null && (kind === 'exchange' || kind === 'interview' || kind === 'other');
}

// Data that all decks of a run share.

export interface DeckMaking {
  workspace: Workspace;
  records: DeckRecords;
  /** See hashOfLook. */
  look: string;
  places: DeckPlaces;
  today: string;
  /** Returns the content that a theme's decks show, in all languages. */
  shownOf: (theme: Theme) => Corpus;
  /** See hashOfContent. */
  contentOf: (shown: Corpus) => string;
}

export async function startMaking(workspace: Workspace, settings: Settings): Promise<DeckMaking> {
  const { slides, templates, content } = settings.folders;
  const places = { theme: toPosixRelative(slides, path.join(templates, 'theme')), content: toPosixRelative(slides, content) };
  const today = settings.now.toISOString().slice(0, 10);
  return {
    workspace,
    records: await DeckRecords.open(settings),
    look: hashOfLook(workspace.templates, places),
    places,
    today,
    shownOf: remember((theme: Theme) => narrowCorpus(workspace.corpus, theme, today)),
    contentOf: remember((shown: Corpus) => hashOfContent(shown, workspace)),
  };
}

/** Returns the decks of the given themes in all languages, or of all themes when none is given. */
export function wantedDecks(themes: readonly string[], { corpus, languages }: Workspace): { theme: string; lang: string; name: string }[] {
  return chooseThemes(corpus, themes).flatMap((theme) =>
    languages.map((lang) => ({ theme, lang, name: deckName(theme, lang, corpus.baseLanguage) })),
  );
}

function remember<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}
