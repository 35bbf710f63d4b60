import type { Corpus, Exchange, Theme } from '../model/corpus.ts';
import { isTakenBy, selectExchanges } from './select.ts';

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
