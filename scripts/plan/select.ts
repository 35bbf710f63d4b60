/** Which exchanges a theme's deck shows. */
import type { Attribution, BrokenFile, Corpus, Exchange, Interview, Person, Theme } from '../model/corpus.ts';
import { strictest } from '../model/front-matter.ts';
import { matchesQuery } from '../model/query.ts';

export interface SelectedExchange {
  exchange: Exchange;
  interview: Interview;
}

/** The exchanges of a theme in the order of the deck: by interview, then section, then file name. Drafts and embargoed ones are left out. */
export function selectExchanges(corpus: Corpus, theme: Theme, today: string): SelectedExchange[] {
  const matching = new Map<string, Exchange[]>();
  for (const exchange of corpus.exchanges) {
    if (!isTakenBy(theme, exchange)) continue;
    const others = matching.get(exchange.interview);
    if (others === undefined) matching.set(exchange.interview, [exchange]);
    else others.push(exchange);
  }
  return corpus.interviews.flatMap((interview) => {
    const sections = new Map((interview.text[interview.lang]?.sections ?? []).map((section, index) => [section.id, index]));
    const place = (exchange: Exchange) => (exchange.section === null ? sections.size : (sections.get(exchange.section) ?? sections.size));
    return (matching.get(interview.id) ?? [])
      .filter((exchange) => isPublishable(exchange, interview, today))
      .sort((a, b) => place(a) - place(b) || a.number - b.number)
      .map((exchange) => ({ exchange, interview }));
  });
}

/** Whether a theme asks for an exchange. */
export function isTakenBy(theme: Theme, exchange: Exchange): boolean {
  let tags = tagSets.get(exchange);
  if (tags === undefined) {
    tags = new Set(exchange.tags);
    tagSets.set(exchange, tags);
  }
  return matchesQuery(theme.query, tags);
}

/** Every theme asks every exchange, some of them several times. */
const tagSets = new WeakMap<Exchange, ReadonlySet<string>>();

/** Whether an exchange may leave the house on the given day (`YYYY-MM-DD`). */
export function isPublishable(exchange: Exchange, interview: Interview, today: string): boolean {
  return !exchange.draft && !isEmbargoed(interview, today);
}

/** Under embargo until the end of the period that its date names: of the day, the month or the year. */
export function isEmbargoed(interview: Pick<Interview, 'embargo'>, today: string): boolean {
  return interview.embargo !== null && today.slice(0, interview.embargo.length) <= interview.embargo;
}

/** The strictest attribution that applies: of the exchange, its speaker or the interview. */
export function attributionOf(interview: Interview, exchange: Exchange | null, personId: string | null): Attribution {
  const person = interview.text[interview.lang]?.people.find(({ id }) => id === personId) ?? null;
  return strictest([interview.attribution, exchange?.attribution ?? null, person?.attribution ?? null]);
}

/** The corpus in which everybody who is withheld in one exchange is withheld everywhere. */
export function withholdEverywhere(corpus: Corpus): Corpus {
  if (corpus.withheld.length === 0) return corpus;
  const levelOf = (interview: Interview, person: Person) =>
    corpus.withheld.find((withheld) => withheld.interview === interview.id && withheld.person === person.id)?.attribution ?? null;
  const interviews = corpus.interviews.map((interview) => ({
    ...interview,
    text: Object.fromEntries(
      Object.entries(interview.text).map(([lang, text]) => [
        lang,
        { ...text, people: text.people.map((person) => ({ ...person, attribution: levelOf(interview, person) })) },
      ]),
    ),
  }));
  return { ...corpus, interviews };
}

// Which broken files keep a deck from being made anew: its last good version stays.

/**
 * The broken files that a theme's deck in a language may need. A deck is held when a broken exchange has its tags now, or was in the deck before
 * (its tags may be what is broken). `lastSources` are the content files that the last version was made from; null when there is none: then whatever
 * cannot be told holds the deck, for nothing is lost by it.
 */
export function heldBack(theme: Theme, lang: string, corpus: Corpus, today: string, lastSources: ReadonlySet<string> | null): BrokenFile[] {
  if (corpus.broken.length === 0) return [];
  const selected = selectExchanges(corpus, theme, today).map(({ exchange }) => exchange);
  return corpus.broken.filter((broken) => (broken.lang === null || broken.lang === lang) && mayNeed(broken, theme, selected, lastSources));
}

function mayNeed(broken: BrokenFile, theme: Theme, selected: readonly Exchange[], lastSources: ReadonlySet<string> | null): boolean {
  const wasIn = (test: (file: string) => boolean) => lastSources !== null && [...lastSources].some(test);
  switch (broken.kind) {
    case 'theme':
      return broken.id === theme.id;
    case 'term':
      return selected.some(({ terms }) => terms.includes(broken.id));
    case 'exchange':
      // Nobody knows then whom its interview may name.
      if (broken.permission.attribution === 'unreadable' && selected.some(({ interview }) => interview === broken.interview)) return true;
      if (broken.lang !== null) return selected.some(({ id, interview }) => id === broken.id && interview === broken.interview);
      if (broken.tags !== null && matchesQuery(theme.query, new Set(broken.tags))) return true;
      return (broken.tags === null && lastSources === null) || wasIn((file) => isVersionOf(file, broken.file));
    case 'interview': {
      if (broken.lang !== null) return selected.some(({ interview }) => interview === broken.interview);
      const folder = broken.file.split('/').slice(0, 2).join('/');
      return lastSources === null || wasIn((file) => file.startsWith(`${folder}/`));
    }
    default:
      return false;
  }
}

/** Whether a content file is the other one or its translation. */
function isVersionOf(file: string, base: string): boolean {
  const stem = base.replace(/\.md$/, '');
  return file === base || (file.startsWith(`${stem}.`) && file.endsWith('.md'));
}

/**
 * What of a corpus a theme's deck shows on a day (`YYYY-MM-DD`): its exchanges that may be published, their interviews and terms, and the themes that take
 * some of them too. A deck planned from it is the one planned from all, so that a deck follows from this and nothing else of the content.
 */
export function narrowCorpus(corpus: Corpus, theme: Theme, today: string): Corpus {
  const takers = takersIn(corpus);
  const taken = takers.exchangesOf(theme);
  const shown = new Set(selectExchanges({ ...corpus, exchanges: taken }, theme, today).map(({ exchange }) => exchange));
  const exchanges = taken.filter((exchange) => shown.has(exchange));
  const interviews = new Set(exchanges.map(({ interview }) => interview));
  const terms = new Set(exchanges.flatMap((exchange) => exchange.terms));
  const themes = new Set(exchanges.flatMap(takers.themesOf));
  return {
    baseLanguage: corpus.baseLanguage,
    languages: corpus.languages,
    interviews: corpus.interviews.filter(({ id }) => interviews.has(id)),
    exchanges,
    themes: corpus.themes.filter((other) => other === theme || themes.has(other)),
    terms: corpus.terms.filter(({ id }) => terms.has(id)),
    tags: new Map(),
    withheld: corpus.withheld.filter(({ interview }) => interviews.has(interview)),
    broken: [],
  };
}

/** Which themes ask for which exchanges. */
interface Takers {
  /** In the order of the corpus. */
  exchangesOf: (theme: Theme) => Exchange[];
  themesOf: (exchange: Exchange) => readonly Theme[];
}

/** Every theme is narrowed to, in every language: the exchanges of all of them are looked for once. */
const known = new WeakMap<Corpus, Takers>();

/** The queries that an exchange was asked with, and the places of those that take it: an exchange that is still the same need not be asked again. */
const answers = new WeakMap<Exchange, { queries: string; places: readonly number[] }>();

function takersIn(corpus: Corpus): Takers {
  const before = known.get(corpus);
  if (before !== undefined) return before;
  const { themes } = corpus;
  const queries = JSON.stringify(themes.map(({ query }) => query));
  const byTheme = new Map<Theme, Exchange[]>(themes.map((theme) => [theme, []]));
  const byExchange = new Map<Exchange, Theme[]>();
  for (const exchange of corpus.exchanges) {
    const answer = answers.get(exchange);
    const places =
      answer?.queries === queries ? answer.places : themes.flatMap((theme, place) => (isTakenBy(theme, exchange) ? [place] : []));
    answers.set(exchange, { queries, places });
    const takers = places.flatMap((place) => themes[place] ?? []);
    byExchange.set(exchange, takers);
    for (const theme of takers) byTheme.get(theme)?.push(exchange);
  }
  const takers: Takers = {
    exchangesOf: (theme) => byTheme.get(theme) ?? corpus.exchanges.filter((exchange) => isTakenBy(theme, exchange)),
    themesOf: (exchange) => byExchange.get(exchange) ?? [],
  };
  known.set(corpus, takers);
  return takers;
}
