/** Plans the deck of one theme in one language: its slides, their order and their contents. */
import type { Theme } from '../model/corpus.ts';
import type { ChangesSlide, Deck, Slide, SourcesSlide } from '../model/outputs/deck.ts';
import { type Block, pickText } from '../model/text/text.ts';
import { deckName, type PlanContext, type SectionGroup, type SlideIdOf } from './context.ts';
import { linkTo } from './exchange-text.ts';
import { locatorOf, type PublishedInterview, publishedInterview } from './locator.ts';
import { type Measure, measureIn, textHeight } from './measure/measure.ts';
import { fillPages, numberPages } from './measure/pages.ts';
import { type SelectedExchange, selectExchanges } from './select.ts';
import { blocksHeight, tableExcess } from './slides/block-sizes.ts';
import { changesSlides } from './slides/changes.ts';
import { exchangeSlides, numbersHeight, quoteByHeight } from './slides/exchange-slides.ts';
import { glossarySlides, termHeight, termsOf } from './slides/glossary.ts';
import { contentFiles, exchangeIds, groupBySection, newestDate, peopleOf } from './slides/groups.ts';
import { heightBelow, planHeader } from './slides/header.ts';
import { agendaSlides, bottomLineSlides, coverSlide, sectionSlide } from './slides/opening.ts';
import { relatedSlides } from './slides/related.ts';
import { rowTextHeight } from './slides/rows.ts';
import { coverTitle, sectionTitle } from './slides/titles.ts';

/** Plans the deck of a theme. Deterministic: the same corpus, language, day and metrics give the same deck. */
export function planDeck(theme: Theme, given: PlanContext): Deck {
  const measure = measureIn(given.lang, given.measure);
  const context = { ...given, measure };
  const { corpus, lang, today } = context;
  const selected = selectExchanges(corpus, theme, today);
  const groups = groupBySection(selected, lang);
  const ids = exchangeIds(selected);
  const terms = termsOf(selected, corpus, lang);
  const { value: text } = pickText(theme.text, lang, corpus.baseLanguage);
  const interviews = [...new Set(selected.map(({ interview }) => interview))];

  const exchangesOf = (group: SectionGroup): Slide[] =>
    group.selected.flatMap((each) => {
      const links = terms
        .filter(({ id }) => each.exchange.terms.includes(id))
        .map(({ id, term, foreign }) => ({ slide: `term.${id}`, text: term, foreign }));
      const options = { id: ids(each), terms: links, several: interviews.length > 1 };
      const plan = () => exchangeSlides(each, options, lang, context.measure);
      return context.memory?.planOnce(each.exchange, each.interview, JSON.stringify([lang, options]), plan) ?? plan();
    });

  const published = interviews.map((interview) => publishedInterview(interview, lang));
  const people = peopleOf(published);
  const slides: Slide[] = [
    coverSlide(theme, published, people, context),
    ...bottomLineSlides(selected, ids, context),
    ...changesSlides(theme, selected, ids, context),
    ...agendaSlides(groups, context),
    ...groups.flatMap((group, index) => [...sectionSlide(group, index, groups.length, ids, context), ...exchangesOf(group)]),
    ...glossarySlides(terms, context),
    ...relatedSlides(theme, selected, ids, context),
    ...sourcesSlides(selected, published, ids, context),
  ];
  const overfull = (slide: Slide) => {
    const measured = () => overfullBy(slide, context.measure);
    return context.memory?.measureOnce(slide, measured) ?? measured();
  };
  return {
    theme: theme.id,
    lang,
    name: deckName(theme.id, lang, corpus.baseLanguage),
    title: text.title,
    subtitle: text.subtitle,
    accent: theme.accent,
    order: theme.order,
    steps: theme.steps,
    notes: theme.notes,
    people,
    date: newestDate(selected),
    summary: text.summary,
    slides,
    sources: contentFiles(theme, selected, context),
    overfull: slides.flatMap((slide) => {
      const pixels = overfull(slide);
      return pixels > 0 ? [{ slide: slide.id, file: 'file' in slide ? slide.file : null, pixels }] : [];
    }),
  };
}

// The height of planned slides, from the sizes and fonts they were planned with

/**
 * Returns the height of the content below the headline, in CSS pixels. Null for kinds that are not set line by line (cover, section,
 * related).
 */
export function contentHeight(slide: Slide, given: Measure): number | null {
  const measure = slide.foreign === null ? given : measureIn(slide.foreign, given);
  const { geometry } = measure;
  const points = (blocks: readonly Block[], width: number) =>
    'textSize' in slide ? blocksHeight(blocks, { width, style: geometry.text[slide.textSize] }, measure) : 0;
  switch (slide.kind) {
    case 'exchange':
      return points(slide.blocks, geometry.frame.width);
    case 'figure': {
      const figure = measure.figureSize(slide.figure, slide.room).height;
      if (slide.arrangement === 'beside') return Math.max(figure, points(slide.blocks, geometry.figure.textWidth));
      return slide.arrangement === 'alone' ? figure : figure + geometry.figure.stripGap + points(slide.blocks, geometry.frame.width);
    }
    case 'number':
      return Math.max(numbersHeight(slide.numbers, slide.valueSize, measure), points(slide.blocks, geometry.number.textWidth));
    case 'quote': {
      const style = slide.textSize === 'compact' ? geometry.quote.compact : geometry.quote.normal;
      const by = slide.by === null ? 0 : quoteByHeight(slide.by, measure);
      return geometry.quote.mark + blocksHeight(slide.blocks, { width: geometry.quote.width, style, face: 'serif' }, measure) + by;
    }
    case 'bottom-line':
      return sum(slide.takeaways.map((row) => rowTextHeight({ ...row, above: null }, 'takeaways', slide.rowSize, measure) + slide.padding));
    case 'changes':
      return changesHeight(slide, measure);
    case 'agenda':
      return sum(
        slide.sections.map(
          (row) =>
            rowTextHeight({ text: row.title ?? 'x', above: row.interview, foreign: row.foreign }, 'agenda', slide.rowSize, measure) +
            slide.padding,
        ),
      );
    case 'glossary':
      return Math.max(
        ...slide.columns.map(
          (column) => sum(column.map((term) => termHeight(term, measure))) + geometry.glossary.gap * (column.length - 1),
        ),
      );
    case 'sources':
      return slide.interviews.length > 0 ? null : sum(slide.exchanges.map((row) => rowHeight(row, slide.small, measure)));
    default:
      return null;
  }
}

/** Returns by how much a slide's content is too large for its box, in CSS pixels; 0 when it fits. */
function overfullBy(slide: Slide, measure: Measure): number {
  if (slide.kind === 'cover') return coverTitle(slide.title, slide.subtitle, slide.people, measure).excess;
  if (slide.kind === 'section') return sectionTitle(slide.title ?? 'x', slide.interview, measure).excess;
  const height = contentHeight(slide, measure);
  if (height === null) return 0;
  const [question, headline] = 'headline' in slide ? [slide.question, slide.headline] : [null, 'x'];
  const room = heightBelow(planHeader(question, headline, slide.part.count, measure), measure);
  const wide = slide.kind === 'figure' ? measure.figureSize(slide.figure, slide.room).width - slide.room.width : 0;
  const tables = 'blocks' in slide ? tableExcess(slide.blocks) : 0;
  return Math.max(0, Math.ceil(height - room), Math.ceil(wide), tables);
}

function changesHeight({ rows, rowSize, padding, gone, nothing }: ChangesSlide, measure: Measure): number {
  const { large, gone: line } = measure.geometry.changes;
  if (nothing) return large.line;
  const texts = rows.map(({ text, foreign, earlier }) => ({ text, foreign, above: null, below: earlier }));
  return sum(texts.map((row) => rowTextHeight(row, 'changes', rowSize, measure) + padding)) + (gone > 0 ? line : 0);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

// The sources: every exchange with its locator, and the publication of each interview

type Row = { head: PublishedInterview } | { row: SourcesSlide['exchanges'][number] };

/** Returns as many slides as the exchanges need. */
function sourcesSlides(
  selected: readonly SelectedExchange[],
  interviews: readonly PublishedInterview[],
  idOf: SlideIdOf,
  { lang, measure }: PlanContext,
): SourcesSlide[] {
  const rows: Row[] = [
    ...interviews.map((head) => ({ head })),
    ...selected.map((each) => {
      const { slide, text, foreign } = linkTo(each, idOf(each), lang);
      return { row: { slide, headline: text, foreign, locator: locatorOf(each.interview, each.exchange, lang, interviews.length > 1) } };
    }),
  ];
  const room = heightBelow(planHeader(null, 'x', 1, measure), measure);
  const heightOf = (row: Row, small: boolean) =>
    'head' in row ? headHeight(row.head, small, measure) : rowHeight(row.row, small, measure);
  const small = rows.some((row) => heightOf(row, false) > room);
  const pages = fillPages(rows, room, (row) => heightOf(row, small));
  return numberPages(pages, 'deck.sources').map(({ id, part, items }) => ({
    kind: 'sources',
    small,
    id,
    part,
    foreign: null,
    interviews: items.flatMap((item) => ('head' in item ? [item.head] : [])),
    exchanges: items.flatMap((item) => ('row' in item ? [item.row] : [])),
  }));
}

/** Returns the height of a row in CSS pixels. */
function rowHeight({ headline, locator }: SourcesSlide['exchanges'][number], small: boolean, measure: Measure): number {
  const { sources } = measure.geometry;
  const height = (text: string, column: number) => textHeight(text, { face: 'sans', ...typeOf(small, measure) }, column, measure);
  const place = [locator.section, locator.start, locator.whichInterview].filter((part) => part !== null).join(' · ');
  return Math.max(height(headline, sources.textWidth), height(place, sources.locatorWidth)) + sources.row;
}

/** Returns the type of rows. Small type is used when a row would be higher than a slide. */
function typeOf(small: boolean, { geometry: { sources } }: Measure): { size: number; line: number } {
  return small ? { size: sources.smallSize, line: sources.smallLine } : sources;
}

/** Returns the greatest height of the box about an interview, in CSS pixels. */
function headHeight(interview: PublishedInterview, small: boolean, measure: Measure): number {
  const { sources, frame } = measure.geometry;
  const people = interview.people.map(({ name, affiliation }) => `${name ?? 'Interviewee'} (${affiliation ?? ''})`).join(', ');
  const { source } = interview;
  // About as long as the labels of the locales ("Recording", "accessed ...").
  const published = source === null ? null : `${source.title} · ${source.publisher ?? ''} · Recording · accessed 30 September 2000`;
  const texts = [`${interview.title} · ${people} · 30 September 2000`, ...(published === null ? [] : [published])];
  const lines = texts.reduce(
    (sum, text) => sum + textHeight(text, { face: 'sans-bold', ...typeOf(small, measure) }, frame.width - 40, measure),
    0,
  );
  return lines + sources.head;
}
