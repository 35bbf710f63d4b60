/** Plans the deck of one theme in one language: its slides, their order and their contents. */
import type { Theme } from '../model/corpus.ts';
import type { ChangesSlide, Deck, DeckPart, Slide } from '../model/outputs/deck.ts';
import { pickText } from '../model/text/text.ts';
import { deckName, type PlanContext } from './context.ts';
import { publishedInterview } from './locator.ts';
import { type Measure, measureIn } from './measure/measure.ts';
import { planStory } from './plan-story.ts';
import { type SelectedExchange, selectExchanges } from './select.ts';
import {
  certaintySlides,
  columnsHeight,
  coverExcess,
  coverSlide,
  mapHeight,
  mapSlides,
  summaryHeight,
  summarySlides,
} from './slides/argument-slides.ts';
import { blocksHeight, tableExcess } from './slides/block-sizes.ts';
import { changesSlides } from './slides/changes.ts';
import { exchangeSlides, quoteByHeight } from './slides/exchange-slides.ts';
import { numbersHeight } from './slides/exhibits.ts';
import { glossarySlides, termHeight, termsOf } from './slides/glossary.ts';
import { contentFiles, exchangeIds, newestDate, peopleOf } from './slides/groups.ts';
import { heightBelow, planHeader } from './slides/header.ts';
import { columnOf, withWords } from './slides/kept-words.ts';
import { relatedSlides } from './slides/related.ts';
import { rowTextHeight } from './slides/rows.ts';
import { sourcesHeight, sourcesSlides } from './slides/sources.ts';
import { numbersStripHeight, stepId, stepSlide } from './slides/step-slides.ts';

/** Plans the deck of a theme. Deterministic: the same corpus, language, day and metrics give the same deck. */
export function planDeck(theme: Theme, given: PlanContext): Deck {
  const measure = measureIn(given.lang, given.measure);
  const context = { ...given, measure };
  const { corpus, lang, today } = context;
  const selected = selectExchanges(corpus, theme, today);
  const ids = exchangeIds(selected);
  const terms = termsOf(selected, corpus, lang);
  const { value: text } = pickText(theme.text, lang, corpus.baseLanguage);
  const interviews = [...new Set(selected.map(({ interview }) => interview))];
  const several = interviews.length > 1;
  const published = interviews.map((interview) => publishedInterview(interview, lang));
  const people = peopleOf(published);
  const story = planStory(theme, context);

  const evidenceOf = (each: SelectedExchange): Slide[] => {
    const links = terms
      .filter(({ id }) => each.exchange.terms.includes(id))
      .map(({ id, term, foreign }) => ({ slide: `term.${id}`, text: term, foreign }));
    const step = story.steps.findIndex(({ shown }) => shown.some(({ exchange }) => exchange === each.exchange));
    const options = { id: ids(each), terms: links, several, elsewhere: step === -1 ? [] : [stepId(step)] };
    const plan = () => exchangeSlides(each, options, lang, measure).map((slide) => withWords(slide, measure));
    return context.memory?.planOnce(each.exchange, each.interview, JSON.stringify([lang, options]), plan) ?? plan();
  };

  const withAllWords = (all: readonly Slide[]) => all.map((slide) => withWords(slide, measure));
  const parts: Record<DeckPart, Slide[]> = {
    short: withAllWords([
      coverSlide(theme, published, people, context),
      ...summarySlides(theme, story, context),
      ...changesSlides(theme, selected, ids, context),
      ...story.steps.map((step, index) => stepSlide(step, index, ids, several, context)),
      ...certaintySlides(story, selected, ids, context),
      ...mapSlides(story, context),
    ]),
    evidence: selected.flatMap(evidenceOf),
    reference: withAllWords([
      ...glossarySlides(terms, context),
      ...sourcesSlides(selected, ids, context),
      ...relatedSlides(theme, selected, ids, context),
    ]),
  };
  const slides = [...parts.short, ...parts.evidence, ...parts.reference];
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
 * Returns the height of the content below the headline, in CSS pixels. Null for kinds that are not set line by line (cover, related).
 */
export function contentHeight(slide: Slide, given: Measure): number | null {
  const measure = slide.foreign === null ? given : measureIn(slide.foreign, given);
  const { geometry } = measure;
  const text = 'blocks' in slide ? blocksHeight(slide.blocks, columnOf(slide, measure), measure) : 0;
  switch (slide.kind) {
    case 'exchange':
      return text;
    case 'figure': {
      const figure = measure.figureSize(slide.figure, slide.room).height;
      if (slide.arrangement === 'beside') return Math.max(figure, text);
      return slide.arrangement === 'alone' ? figure : figure + geometry.figure.stripGap + text;
    }
    case 'number':
      if (slide.arrangement === 'strip') return numbersStripHeight(slide.numbers, slide.valueSize, measure) + text;
      return Math.max(numbersHeight(slide.numbers, slide.valueSize, measure), text);
    case 'quote':
      return geometry.quote.mark + text + (slide.by === null ? 0 : quoteByHeight(slide.by, measure));
    case 'summary':
      return summaryHeight(slide, measure);
    case 'certainty':
      return columnsHeight(slide.columns, slide.rowSize, measure);
    case 'map':
      return mapHeight(slide, measure);
    case 'changes':
      return changesHeight(slide, measure);
    case 'glossary':
      return Math.max(
        ...slide.columns.map(
          (column) => sum(column.map((term) => termHeight(term, slide.type, measure))) + geometry.glossary.gap * (column.length - 1),
        ),
      );
    case 'sources':
      return sourcesHeight(slide, measure);
    default:
      return null;
  }
}

/** Returns by how much a slide's content is too large for its box, in CSS pixels; 0 when it fits. */
function overfullBy(slide: Slide, measure: Measure): number {
  if (slide.kind === 'cover') return coverExcess(slide, measure);
  const height = contentHeight(slide, measure);
  if (height === null) return 0;
  const question = 'questionLine' in slide ? slide.questionLine : null;
  const [headline, most] = 'headline' in slide ? ([slide.headline ?? 'x', slide.headlineSize] as const) : (['x', 'large'] as const);
  // The header of an exchange is planned in the language of its words.
  const headlineLang = 'locator' in slide ? (slide.headlineLang ?? slide.foreign) : null;
  const inLang = headlineLang === null ? measure : measureIn(headlineLang, measure);
  const room = heightBelow(planHeader(question, headline, slide.continued.count, inLang, most), measure);
  const wide = slide.kind === 'figure' ? measure.figureSize(slide.figure, slide.room).width - slide.room.width : 0;
  const tables = 'blocks' in slide ? tableExcess(slide.blocks) : 0;
  return Math.max(0, Math.ceil(height - room - ROUNDING), Math.ceil(wide - ROUNDING), tables);
}

/** In CSS pixels: sizes of figures are rounded to hundredths. */
const ROUNDING = 0.01;

function changesHeight({ rows, rowSize, padding, gone, nothing }: ChangesSlide, measure: Measure): number {
  const { large, gone: line } = measure.geometry.changes;
  if (nothing) return large.line;
  const texts = rows.map(({ text, foreign, earlier }) => ({ text, foreign, below: earlier }));
  return sum(texts.map((row) => rowTextHeight(row, 'changes', rowSize, measure) + padding)) + (gone > 0 ? line : 0);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
