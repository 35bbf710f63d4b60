/** Content to decks: every theme in every language planned and rendered, each for itself, so that one that fails costs no other. */
import path from 'node:path';
import type { BrokenFile, Corpus, Theme } from '../model/corpus.ts';
import type { Deck } from '../model/deck.ts';
import { slug } from '../model/front-matter.ts';
import { NameFinder } from '../model/names.ts';
import { matchesQuery } from '../model/query.ts';
import { deckName } from '../plan/context.ts';
import { planDeck } from '../plan/deck.ts';
import { heldBack } from '../plan/hold.ts';
import { isPublishable, selectExchanges } from '../plan/select.ts';
import { forbiddenSources, withheldIn } from '../plan/withdrawal.ts';
import { renderDeck } from '../render/deck-markdown.ts';
import { deckText } from '../render/deck-text.ts';
import { readDeckHead, readSources } from '../render/read-sources.ts';
import { ExpectedError } from '../shared/errors.ts';
import { kindOf, namesIn, readIfThere } from '../shared/files.ts';
import { pathFromHere, toPosixRelative } from '../shared/paths.ts';
import type { Settings } from './settings.ts';
import { chooseThemes, type Workspace } from './workspace.ts';

interface DeckPlace {
  theme: string;
  lang: string;
  name: string;
  /** Absolute path of the deck in the slides folder. */
  file: string;
  /** The generated deck that stands there now; null when none does. */
  current: string | null;
  /** Why that deck may not stay there, whatever becomes of a new one: content files, or that it names somebody. */
  forbidden: string[];
}

type NotMade =
  /** Nothing of it may be published: there is to be no deck, and an earlier one has to go. */
  | { state: 'empty' }
  /** Content files with errors belong to it: the last good version stays. */
  | { state: 'held'; because: string[] }
  | { state: 'failed'; error: ExpectedError };

type Made = { state: 'ready'; deck: Deck; markdown: string } | NotMade;

export type DeckOutcome = DeckPlace & Made;

/** What is to become of a deck, before any is planned. */
export type DeckVerdict = DeckPlace & ({ state: 'wanted' } | NotMade);

/** Why there is no deck to be exported; null where there is to be none. */
export function whyNotReady(outcome: DeckOutcome | DeckVerdict): string | null {
  if (outcome.state === 'failed') return outcome.error.message;
  return outcome.state === 'held' ? `content with errors belongs to it: ${outcome.because.join(', ')}` : null;
}

/** Plans and renders the decks asked for; writes nothing. */
export async function makeDecks(workspace: Workspace, themes: readonly string[], settings: Settings): Promise<DeckOutcome[]> {
  const outcomes: DeckOutcome[] = [];
  for (const verdict of await judgeDecks(workspace, themes, settings)) {
    settings.signal.throwIfAborted();
    outcomes.push(verdict.state === 'wanted' ? { ...verdict, ...makeDeck(workspace, verdict, settings) } : verdict);
  }
  return outcomes;
}

/** Says of the decks asked for which can be made, and of the others why not. */
export async function judgeDecks(workspace: Workspace, themes: readonly string[], settings: Settings): Promise<DeckVerdict[]> {
  const { corpus, languages } = workspace;
  const wanted = chooseThemes(corpus, themes).flatMap((theme) => languages.map((lang) => ({ theme, lang })));
  const verdicts: DeckVerdict[] = [];
  for (const { theme, lang } of wanted) {
    settings.signal.throwIfAborted();
    const name = deckName(theme, lang, corpus.baseLanguage);
    const file = path.join(settings.folders.slides, `${name}.md`);
    const { current, obstacle } = await readPlace(file);
    const place = { theme, lang, name, file, current, forbidden: current === null ? [] : forbiddenIn(current, corpus, dayOf(settings)) };
    verdicts.push({ ...place, ...(obstacle === null ? judgeDeck(workspace, place, settings) : { state: 'failed', error: obstacle }) });
  }
  return verdicts;
}

/** The day for which embargoes are asked. */
function dayOf({ now }: Settings): string {
  return now.toISOString().slice(0, 10);
}

/** What of a generated deck may not be published any more. */
function forbiddenIn(markdown: string, corpus: Corpus, today: string): string[] {
  const sources = readSources(markdown);
  const name = nameIn(markdown, sources, corpus);
  return [...forbiddenSources(sources, corpus, today), ...(name === null ? [] : [`the name "${name}"`])];
}

/** The name of somebody who must not be named in a deck; null when there is none. */
function nameIn(markdown: string, sources: ReadonlySet<string>, corpus: Corpus): string | null {
  const withheld = withheldIn(sources, corpus);
  return withheld.length === 0 ? null : (new NameFinder(withheld).find(deckText(markdown))?.text ?? null);
}

/** The generated deck at a place, or why nothing may be written there: what stands there is somebody else's. */
async function readPlace(file: string): Promise<{ current: string | null; obstacle: ExpectedError | null }> {
  const kind = await kindOf(file);
  if (kind === 'nothing') return { current: null, obstacle: null };
  const text = kind === 'file' ? await readIfThere(file) : null;
  if (text !== null && readDeckHead(text) !== null) return { current: text, obstacle: null };
  const what =
    kind === 'link'
      ? 'a link stands in its place'
      : kind === 'file'
        ? 'a file that was not generated stands in its place'
        : 'it is not a file';
  const obstacle = new ExpectedError(`${what}, which is left alone`, {
    hint: `move or remove ${pathFromHere(file)}, or choose another folder with --slides DIR`,
  });
  return { current: null, obstacle };
}

function judgeDeck({ corpus }: Workspace, place: DeckPlace, settings: Settings): { state: 'wanted' } | NotMade {
  const today = dayOf(settings);
  const theme = corpus.themes.find(({ id }) => id === place.theme);
  if (theme === undefined) {
    // A theme of drafts alone is an error, and so its query is not known here; its last version says what it showed.
    if (isWithdrawnDeck(place.current ?? '', corpus, today)) return { state: 'empty' };
    const own = corpus.broken.filter(({ kind, id }) => kind === 'theme' && id === place.theme);
    return { state: 'held', because: own.map(({ file }) => file) };
  }
  const empty = selectExchanges(corpus, theme, today).length === 0;
  // An embargo is kept whatever else is broken: what stands in the last version may not stay.
  if (empty && isWithdrawnTheme(theme, corpus)) return { state: 'empty' };
  const held = heldBack(theme, place.lang, corpus, today, place.current === null ? null : readSources(place.current));
  const because = empty && held.length === 0 ? corpus.broken.filter(mayHoldExchanges) : held;
  if (because.length > 0) return { state: 'held', because: because.map(({ file }) => file) };
  return { state: empty ? 'empty' : 'wanted' };
}

function makeDeck(workspace: Workspace, place: DeckPlace, settings: Settings): Made {
  const { corpus, templates } = workspace;
  const theme = corpus.themes.find(({ id }) => id === place.theme);
  if (theme === undefined) throw new TypeError(`a wanted deck of a theme "${place.theme}" that is not there`);
  const { slides } = settings.folders;
  const places = {
    theme: toPosixRelative(slides, path.join(settings.folders.templates, 'theme')),
    content: toPosixRelative(slides, settings.folders.content),
  };
  try {
    const deck = planDeck(theme, { corpus, lang: place.lang, today: dayOf(settings), earlier: workspace.earlier, measure: templates });
    const markdown = renderDeck(deck, templates, places);
    const name = nameIn(markdown, readSources(markdown), corpus);
    if (name === null) return { state: 'ready', deck, markdown };
    // The content has been searched; what is left are templates, and marks between the letters.
    throw new ExpectedError(`it says "${name}", and somebody of that name must not be named`, {
      hint: 'look for it in the names of other people and in the templates; what is an ordinary word too can stand in `ordinaryWords` of the person',
    });
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
function isWithdrawnDeck(markdown: string, corpus: Corpus, today: string): boolean {
  const shown = new Set([...readSources(markdown)].map((file) => file.replace(/(?:\.[a-z]{2,3})?\.md$/, '.md')));
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
    if (current !== null && readDeckHead(current)?.theme === theme) orphans.push(file);
  }
  return orphans;
}

/** Whether a broken file may be a theme under a wrong name, or hide one. */
function mayBeAnyTheme({ kind, lang, id }: BrokenFile): boolean {
  return lang === null && (kind === 'other' || (kind === 'theme' && !slug.safeParse(id).success));
}
