/** Selects the exchanges of a theme's deck. */
import { isPublishable } from '../model/consent.ts';
import { type BrokenFile, byInterview, type Corpus, type Exchange, type Interview, type Theme } from '../model/corpus.ts';
import { matchesQuery } from '../model/query.ts';

export interface SelectedExchange {
  exchange: Exchange;
  interview: Interview;
}

/**
 * Returns the exchanges of a theme in the order of the deck: by interview, section, then file name. Leaves out drafts and embargoed
 * exchanges.
 */
export function selectExchanges(corpus: Corpus, theme: Theme, today: string): SelectedExchange[] {
  const matching = byInterview(corpus.exchanges.filter((exchange) => isTakenBy(theme, exchange)));
  return corpus.interviews.flatMap((interview) => {
    const sections = new Map((interview.text[interview.lang]?.sections ?? []).map((section, index) => [section.id, index]));
    const place = (exchange: Exchange) => (exchange.section === null ? sections.size : (sections.get(exchange.section) ?? sections.size));
    return (matching.get(interview.id) ?? [])
      .filter((exchange) => isPublishable(exchange, interview, today))
      .sort((a, b) => place(a) - place(b) || a.number - b.number)
      .map((exchange) => ({ exchange, interview }));
  });
}

/** Whether a theme's query selects an exchange. */
export function isTakenBy(theme: Theme, exchange: Exchange): boolean {
  let tags = tagSets.get(exchange);
  if (tags === undefined) {
    tags = new Set(exchange.tags);
    tagSets.set(exchange, tags);
  }
  return matchesQuery(theme.query, tags);
}

/** Cache. Every theme checks every exchange, some of them several times. */
const tagSets = new WeakMap<Exchange, ReadonlySet<string>>();

// Broken files that hold a deck back, so that its last good version stays

/**
 * Returns the broken files that a theme's deck in a language may need. A broken exchange holds the deck back when its tags match now or
 * it was in the deck before (its tags may be the error). `lastSources` are the content files of the last version. When it is null there
 * is no last version to lose, so unclear cases hold the deck back too.
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
      // With an unreadable attribution it is unknown whom the interview may name.
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

/** Whether `file` is the content file `base` or a translation of it. */
function isVersionOf(file: string, base: string): boolean {
  const stem = base.replace(/\.md$/, '');
  return file === base || (file.startsWith(`${stem}.`) && file.endsWith('.md'));
}

/**
 * Returns the part of a corpus that a theme's deck shows on a day (`YYYY-MM-DD`): its publishable exchanges, their interviews and terms,
 * and the themes that share exchanges with it. Planning from this part gives the same deck, so a deck depends on nothing else of the
 * content.
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

/** Which themes select which exchanges. */
interface Takers {
  /** In the order of the corpus. */
  exchangesOf: (theme: Theme) => Exchange[];
  themesOf: (exchange: Exchange) => readonly Theme[];
}

/** Cache. The corpus is narrowed for every theme in every language, so the exchanges of all themes are found once. */
const known = new WeakMap<Corpus, Takers>();

/**
 * For each exchange, the queries it was checked against and the indexes of those that select it. An unchanged exchange is not checked
 * again.
 */
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
