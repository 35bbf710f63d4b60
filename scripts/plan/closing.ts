/** The slides after the last exchange: glossary, related themes, sources. */
import type { Corpus, Theme } from '../model/corpus.ts';
import type { GlossarySlide, GlossaryTerm, RelatedSlide, SlideLink, SourcesSlide } from '../model/deck.ts';
import { blocksToPlain, pickText } from '../model/text.ts';
import { deckName, type PlanContext, type SlideIdOf } from './context.ts';
import { headlineOf } from './exchange-slides.ts';
import { locatorOf, type PublishedInterview } from './locator.ts';
import { countLines, type Measure } from './measure.ts';
import { type SelectedExchange, selectExchanges } from './select.ts';
import { splitBlocks } from './split.ts';

/** So many shared exchanges are named for each related theme. */
const MOST_SHARED = 4;

/** The terms that the exchanges use, in the order of the language's alphabet. */
export function termsOf(selected: readonly SelectedExchange[], corpus: Corpus, lang: string): GlossaryTerm[] {
  const used = new Set(selected.flatMap(({ exchange }) => exchange.terms));
  return corpus.terms
    .filter(({ id }) => used.has(id))
    .map((term) => {
      const { value, lang: textLang } = pickText(term.text, lang, corpus.baseLanguage);
      return { id: term.id, ...value, foreign: textLang === lang ? null : textLang, part: { index: 1, count: 1 } };
    })
    .sort((a, b) => a.term.localeCompare(b.term, lang));
}

/** Terms set in columns, as many to a slide as its columns hold. */
export function glossarySlides(terms: readonly GlossaryTerm[], { lang, measure }: PlanContext): GlossarySlide[] {
  const { glossary, bottom } = measure.geometry;
  const room = bottom - glossary.top;
  const columns = fillPages(
    terms
      .flatMap((term) => splitTerm(term, room, lang, measure))
      .map((term) => ({ term, height: termHeight(term, measure) + glossary.gap })),
    room + glossary.gap,
  );
  const count = Math.ceil(columns.length / glossary.columns);
  return Array.from({ length: count }, (_, index) => ({
    kind: 'glossary',
    id: index === 0 ? 'deck.glossary' : `deck.glossary.${index + 1}`,
    part: { index: index + 1, count },
    foreign: null,
    columns: columns.slice(index * glossary.columns, (index + 1) * glossary.columns).map((column) => column.map(({ term }) => term)),
  }));
}

/** Items one below the other, in order, on as many pages as they need; an item higher than a page has one to itself. */
function fillPages<T extends { height: number }>(items: readonly T[], room: number): T[][] {
  const pages: T[][] = [];
  let left = 0;
  for (const item of items) {
    const page = pages.at(-1);
    if (page !== undefined && item.height <= left) {
      page.push(item);
      left -= item.height;
    } else {
      pages.push([item]);
      left = room - item.height;
    }
  }
  return pages;
}

/** A term whose definition is longer than a column, as several. */
function splitTerm(term: GlossaryTerm, room: number, lang: string, measure: Measure): GlossaryTerm[] {
  if (termHeight(term, measure) <= room) return [term];
  const { columnWidth: width, size } = measure.geometry.glossary;
  const column = { width, size, height: room - (termHeight({ ...term, definition: [] }, measure) + size), words: Number.POSITIVE_INFINITY };
  const parts = splitBlocks(term.definition, () => column, lang, measure);
  return parts.map((definition, index) => ({ ...term, definition, part: { index: index + 1, count: parts.length } }));
}

function termHeight(term: GlossaryTerm, { geometry: { glossary }, width }: Measure): number {
  const head = countLines(term.term, 'sans-bold', glossary.term, glossary.columnWidth, width) * glossary.term * glossary.lineHeight;
  const text = blocksToPlain(term.definition);
  const lines = text === '' ? 0 : countLines(text, 'sans', glossary.size, glossary.columnWidth, width);
  return head + lines * glossary.size * glossary.lineHeight;
}

/** Other themes that take some of the same exchanges, the closest first, a column each. */
export function relatedSlides(
  theme: Theme,
  selected: readonly SelectedExchange[],
  idOf: SlideIdOf,
  { corpus, lang, today, measure }: PlanContext,
): RelatedSlide[] {
  const themes = corpus.themes
    .filter(({ id }) => id !== theme.id)
    .flatMap((other) => {
      const theirs = new Set(selectExchanges(corpus, other, today).map(({ exchange }) => exchange));
      const shared = selected
        .filter(({ exchange }) => theirs.has(exchange))
        .map((each) => ({ slide: idOf(each), text: headlineOf(each, lang) }));
      if (shared.length === 0) return [];
      const { value } = pickText(other.text, lang, corpus.baseLanguage);
      const card = {
        name: deckName(other.id, lang, corpus.baseLanguage),
        title: value.title,
        subtitle: value.subtitle,
        exchanges: shared.length,
      };
      return [{ ...card, shared: sharedThatFit(card, shared, measure) }];
    })
    .sort((a, b) => b.exchanges - a.exchanges);
  const { columns } = measure.geometry.related;
  const count = Math.ceil(themes.length / columns);
  return Array.from({ length: count }, (_, index) => ({
    kind: 'related',
    id: index === 0 ? 'deck.related' : `deck.related.${index + 1}`,
    part: { index: index + 1, count },
    foreign: null,
    themes: themes.slice(index * columns, (index + 1) * columns),
  }));
}

/** The first of the shared exchanges, as many as a column holds below its title. */
function sharedThatFit(
  card: { title: string; subtitle: string | null },
  shared: readonly SlideLink[],
  { geometry, width }: Measure,
): SlideLink[] {
  const { related, bottom } = geometry;
  const height = (text: string, face: 'sans' | 'serif-bold', size: number, line: number) =>
    countLines(text, face, size, related.columnWidth, width) * size * line;
  // Title, subtitle, and the line that counts, with their gaps: sizes of `.related` in the theme.
  let left = bottom - related.top - 16 - height(card.title, 'serif-bold', 26, 1.2) - height(card.subtitle ?? '', 'sans', 18, 1.3) - 45;
  return shared.slice(0, MOST_SHARED).filter(({ text }) => {
    left -= height(text, 'sans', 16, 1.3) + 8;
    return left >= 0;
  });
}

/** Every exchange with its locator, and where its interview was published. */
export function sourcesSlides(
  selected: readonly SelectedExchange[],
  interviews: readonly PublishedInterview[],
  idOf: SlideIdOf,
  { lang, measure }: PlanContext,
): SourcesSlide[] {
  const { sources, bottom } = measure.geometry;
  const heads = interviews.map((interview) => ({ interview, height: interviewHeight(interview, measure) }));
  const rows = selected.map((each) => {
    const row = { slide: idOf(each), headline: headlineOf(each, lang), locator: locatorOf(each.interview, each.exchange, lang) };
    return { row, height: rowHeight(row.headline, row.locator.section ?? '', measure) };
  });
  const pages = fillPages<(typeof heads)[number] | (typeof rows)[number]>([...heads, ...rows], bottom - sources.top);
  return pages.map((page, index) => ({
    kind: 'sources',
    id: index === 0 ? 'deck.sources' : `deck.sources.${index + 1}`,
    part: { index: index + 1, count: pages.length },
    foreign: null,
    interviews: page.flatMap((item) => ('interview' in item ? [item.interview] : [])),
    exchanges: page.flatMap((item) => ('row' in item ? [item.row] : [])),
  }));
}

function rowHeight(headline: string, section: string, { geometry: { sources }, width }: Measure): number {
  const lines = (text: string, column: number) => countLines(text, 'sans', sources.size, column, width);
  return (
    Math.max(lines(headline, sources.textWidth), lines(section, sources.locatorWidth)) * sources.size * sources.lineHeight +
    sources.rowPadding
  );
}

function interviewHeight(interview: PublishedInterview, { geometry: { sources, body }, width }: Measure): number {
  const people = interview.people.map(({ name, affiliation }) => `${name ?? 'Interviewee'} (${affiliation ?? ''})`).join(', ');
  const { source } = interview;
  // What the labels of a locale add ("Recording", "accessed ...") is about as long as these.
  const published = source === null ? null : `${source.title} · ${source.publisher ?? ''} · Recording · accessed 30 September 2000`;
  const texts = [`${interview.title} · ${people} · 30 September 2000`, ...(published === null ? [] : [published])];
  const lines = texts.reduce((sum, text) => sum + countLines(text, 'sans-bold', sources.interviewSize, body.width - 32, width), 0);
  return lines * sources.interviewSize * 1.4 + sources.interviewPadding;
}
