import type { Corpus, Theme } from '../model/corpus.ts';
import { isTakenBy, selectExchanges } from './select.ts';

/**
 * What of a corpus a theme's deck shows on a day (`YYYY-MM-DD`): its exchanges that may be published, their interviews and terms, and the themes that take
 * some of them too. A deck planned from it is the one planned from all, so that a deck follows from this and nothing else of the content.
 */
export function narrowCorpus(corpus: Corpus, theme: Theme, today: string): Corpus {
  const shown = new Set(selectExchanges(corpus, theme, today).map(({ exchange }) => exchange));
  const exchanges = corpus.exchanges.filter((exchange) => shown.has(exchange));
  const interviews = new Set(exchanges.map(({ interview }) => interview));
  const terms = new Set(exchanges.flatMap((exchange) => exchange.terms));
  return {
    baseLanguage: corpus.baseLanguage,
    languages: corpus.languages,
    interviews: corpus.interviews.filter(({ id }) => interviews.has(id)),
    exchanges,
    themes: corpus.themes.filter((other) => other.id === theme.id || exchanges.some((exchange) => isTakenBy(other, exchange))),
    terms: corpus.terms.filter(({ id }) => terms.has(id)),
    tags: new Map(),
    withheld: corpus.withheld.filter(({ interview }) => interviews.has(interview)),
    broken: [],
  };
}
