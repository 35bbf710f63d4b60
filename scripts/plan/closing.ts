/** The slides after the last exchange: glossary, related themes, sources. */
import type { Corpus, Interview, Theme } from '../model/corpus.ts';
import type { GlossarySlide, RelatedSlide, SourcesSlide } from '../model/deck.ts';
import { type Block, blocksToPlain, pickText } from '../model/text.ts';
import { deckName, type PlanContext, type SlideIdOf } from './context.ts';
import { headlineOf } from './exchange-slides.ts';
import { deckPeople, locatorOf } from './locator.ts';
import { countLines, type Measure } from './measure.ts';
import { type SelectedExchange, selectExchanges } from './select.ts';

/** So many shared exchanges are named for each related theme. */
const MOST_SHARED = 4;

export interface DeckTerm {
  id: string;
  term: string;
  aliases: string[];
  definition: Block[];
  foreign: string | null;
}

/** The terms that the exchanges use, in the order of the language's alphabet. */
export function termsOf(selected: readonly SelectedExchange[], corpus: Corpus, lang: string): DeckTerm[] {
  const used = new Set(selected.flatMap(({ exchange }) => exchange.terms));
  return corpus.terms
    .filter(({ id }) => used.has(id))
    .map((term) => {
      const { value, lang: textLang } = pickText(term.text, lang, corpus.baseLanguage);
      return { id: term.id, ...value, foreign: textLang === lang ? null : textLang };
    })
    .sort((a, b) => a.term.localeCompare(b.term, lang));
}

/** Terms set in columns, as many to a slide as its columns hold. */
export function glossarySlides(terms: readonly DeckTerm[], { measure }: PlanContext): GlossarySlide[] {
  const { glossary, bottom } = measure.geometry;
  const pages: DeckTerm[][] = [];
  const room = bottom - glossary.top;
  let columns = [0];
  for (const term of terms) {
    const height = termHeight(term, measure);
    const used = columns.at(-1) ?? 0;
    const page = pages.at(-1);
    if (page !== undefined && used + height <= room) {
      page.push(term);
      columns[columns.length - 1] = used + height + glossary.gap;
    } else if (page !== undefined && columns.length < glossary.columns) {
      page.push(term);
      columns.push(height + glossary.gap);
    } else {
      pages.push([term]);
      columns = [height + glossary.gap];
    }
  }
  return pages.map((page, index) => ({
    kind: 'glossary',
    id: index === 0 ? 'glossary' : `glossary-${index + 1}`,
    part: { index: index + 1, count: pages.length },
    foreign: null,
    terms: page,
  }));
}

function termHeight(term: DeckTerm, { geometry: { glossary }, width }: Measure): number {
  const head = countLines(term.term, 'sans-bold', glossary.term, glossary.columnWidth, width) * glossary.term * glossary.lineHeight;
  const lines = countLines(blocksToPlain(term.definition), 'sans', glossary.size, glossary.columnWidth, width);
  return head + lines * glossary.size * glossary.lineHeight;
}

/** Other themes that take some of the same exchanges, the closest first. */
export function relatedSlide(theme: Theme, selected: readonly SelectedExchange[], idOf: SlideIdOf, context: PlanContext): RelatedSlide[] {
  const { corpus, lang, today } = context;
  const themes = corpus.themes
    .filter(({ id }) => id !== theme.id)
    .flatMap((other) => {
      const theirs = new Set(selectExchanges(corpus, other, today).map(({ exchange }) => exchange));
      const shared = selected
        .filter(({ exchange }) => theirs.has(exchange))
        .map((each) => ({ slide: idOf(each), text: headlineOf(each, lang) }));
      if (shared.length === 0) return [];
      const { value } = pickText(other.text, lang, corpus.baseLanguage);
      return [
        {
          name: deckName(other.id, lang, corpus.baseLanguage),
          title: value.title,
          subtitle: value.subtitle,
          exchanges: shared.length,
          shared: shared.slice(0, MOST_SHARED),
        },
      ];
    })
    .sort((a, b) => b.exchanges - a.exchanges);
  return themes.length === 0 ? [] : [{ kind: 'related', id: 'related', part: { index: 1, count: 1 }, foreign: null, themes }];
}

/** Every exchange with its locator, and where its interview was published. */
export function sourcesSlides(
  selected: readonly SelectedExchange[],
  interviews: readonly Interview[],
  idOf: SlideIdOf,
  context: PlanContext,
): SourcesSlide[] {
  const { lang, measure } = context;
  const published = interviews.map((interview) => {
    const { value } = pickText(interview.text, lang, interview.lang);
    return { title: value.title, people: deckPeople(interview, lang), date: interview.date, source: value.source };
  });
  const rows = selected.map((each) => ({
    slide: idOf(each),
    headline: headlineOf(each, lang),
    locator: locatorOf(each.interview, each.exchange, lang),
  }));
  if (rows.length === 0) return [];
  // The published interviews take rows of the first slide: about three each.
  const { perSlide } = measure.geometry.sources;
  const count = Math.ceil((rows.length + published.length * 3) / perSlide);
  const first = Math.max(1, perSlide - published.length * 3);
  return Array.from({ length: count }, (_, index): SourcesSlide => {
    const from = index === 0 ? 0 : first + (index - 1) * perSlide;
    return {
      kind: 'sources',
      id: index === 0 ? 'sources' : `sources-${index + 1}`,
      part: { index: index + 1, count },
      foreign: null,
      interviews: index === 0 ? published : [],
      exchanges: rows.slice(from, index === 0 ? first : from + perSlide),
    };
  }).filter(({ exchanges, interviews: heads }) => exchanges.length + heads.length > 0);
}
