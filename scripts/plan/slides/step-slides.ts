/** Plans the slides of a story's steps: a claim, and the one exhibit that proves it. */
import type { DrawnFigure, ExchangeSlide, FigureSlide, NumberSlide, QuoteSlide } from '../../model/outputs/deck.ts';
import { type FigureOf, figureWords } from '../../model/outputs/figure.ts';
import { type Block, blocksToPlain, countWords, pickText } from '../../model/text/text.ts';
import type { PlanContext, SlideIdOf } from '../context.ts';
import { draftPoints, voicesOf } from '../exchange-text.ts';
import { locatorOf } from '../locator.ts';
import { countLines, type Measure, measureIn, textHeight } from '../measure/measure.ts';
import { WHOLE } from '../measure/pages.ts';
import { splitSentences } from '../measure/split-words.ts';
import type { PlannedStep } from '../plan-story.ts';
import { blocksHeight, planTables, tableExcess } from './block-sizes.ts';
import { setQuote } from './exchange-slides.ts';
import { LARGEST_FIGURE, VALUE_LINE, wholeRoom } from './exhibits.ts';
import { heightBelow, planHeader } from './header.ts';

type StepSlide = ExchangeSlide | FigureSlide | NumberSlide | QuoteSlide;

/** Returns the id of the slide of a step, counted from 0. */
export const stepId = (index: number): string => `deck.step-${index + 1}`;

/** Plans the slide of a step. `several`: the deck shows several interviews. */
export function stepSlide(step: PlannedStep, index: number, idOf: SlideIdOf, several: boolean, context: PlanContext): StepSlide {
  const { lang } = context;
  const [first] = step.shown;
  if (first === undefined) throw new RangeError('a step shows at least one exchange');
  const { exchange, interview } = first;
  const { value: text, lang: textLang } = pickText(exchange.text, lang, interview.lang);
  const measure = measureIn(textLang, context.measure);
  const locator = locatorOf(interview, exchange, lang, several);
  const headlineLang = step.foreign ?? lang;
  const header = planHeader(null, step.headline, 1, measureIn(headlineLang, context.measure));
  const base = {
    ...WHOLE,
    id: stepId(index),
    part: 'short' as const,
    foreign: textLang === lang ? null : textLang,
    headline: step.headline,
    headlineLang: headlineLang === textLang ? null : headlineLang,
    headlineSize: header.headlineSize,
    breakAt: header.breakAt,
    question: text.takeaway === null ? null : text.question,
    questionLine: null,
    section: locator.section,
    locator,
    terms: [],
    elsewhere: step.shown.map(idOf),
    notes: text.notes,
    more: [],
    exchange: `${interview.id}/${exchange.id}`,
    file: text.file,
    draft: false,
    textSize: 'normal' as const,
  };
  const below = heightBelow(header, measure);
  const isDraft = text.body.length === 0;
  const body = isDraft ? draftPoints(text.transcript, voicesOf(first, textLang), textLang, measure) : text.body;
  const points = (height: number, words: number, shown = body) => {
    const column = { width: measure.geometry.frame.width, style: measure.geometry.text.normal };
    return leading(planTables(shown, column, measure), { height, words: words - countWords(step.headline) }, textLang, measure);
  };
  const { exhibit } = step;
  switch (exhibit?.kind) {
    case 'figure':
      return { ...base, kind: 'figure', ...placeFigure(exhibit.figure, below, points, measure) };
    case 'numbers':
      return { ...base, kind: 'number', ...placeNumbers(exhibit.numbers, below, points, measure) };
    case 'quote': {
      const by = locator.speaker;
      const quote = beginQuote(exhibit.blocks, { by, height: below, words: MOST_WORDS - countWords(step.headline) }, textLang, measure);
      if (quote !== null) return { ...base, kind: 'quote', by, textSize: quote.size, blocks: quote.blocks };
    }
  }
  // A table, or a sentence without end, has more words than it should; without it the slide would be empty.
  const { blocks, textSize } = points(below, MOST_WORDS) ??
    points(below, Number.POSITIVE_INFINITY, body.slice(0, 1)) ?? { blocks: [], textSize: 'normal' as const };
  return { ...base, kind: 'exchange', blocks, textSize, draft: isDraft && blocks.length > 0 };
}

/** The words that a slide of the short deck has at most, headline included. */
const MOST_WORDS = 60;

/** Returns the first points that fit a height in CSS pixels and a number of words. Null when not even one does. */
type Points = (height: number, words: number) => Pick<ExchangeSlide, 'blocks' | 'textSize'> | null;

/** Enlarges a figure as far as its room allows it. Below one that would leave half of the slide empty stand the first points. */
function placeFigure(
  figure: DrawnFigure,
  below: number,
  points: Points,
  measure: Measure,
): Pick<FigureSlide, 'figure' | 'arrangement' | 'room' | 'blocks' | 'textSize'> {
  const { geometry, figureSize } = measure;
  const { width } = geometry.frame;
  const { height } = figureSize(figure, { width, height: below, most: LARGEST_FIGURE });
  const words = figureWords(figure, 'en').reduce((sum, text) => sum + countWords(text), 0);
  const more = height > below * LOW ? null : points(below * POINTS_SHARE, MOST_WORDS - words);
  if (more === null) return { figure, arrangement: 'alone', room: wholeRoom(width, below), blocks: [], textSize: 'normal' };
  const taken = blocksHeight(more.blocks, { width, style: geometry.text[more.textSize] }, measure) + geometry.figure.stripGap;
  return { figure, arrangement: 'strip', room: wholeRoom(width, Math.floor(below - taken)), ...more };
}

/** The share of the room that points take at the most below a figure. */
const POINTS_SHARE = 0.4;

/** The share of the room that a low figure takes at the most. */
const LOW = 0.5;

/** Sets a quote in large type: its first sentences, if it is too long for a slide. Null when not even the first one fits. */
function beginQuote(
  quote: readonly Block[],
  { by, height, words }: { by: string | null; height: number; words: number },
  lang: string,
  measure: Measure,
): ReturnType<typeof setQuote> {
  const settings = [quote, ...beginnings(quote, lang).reverse()].flatMap((blocks) => setQuote(blocks, by, height, measure) ?? []);
  return settings.find(({ blocks }) => countWords(blocksToPlain(blocks)) <= words) ?? null;
}

/**
 * Returns the first points: as many as there are words for, and as fit; of a first point that is too long its first sentences. The evidence
 * slide has all of them.
 */
function leading(
  blocks: readonly Block[],
  { height, words }: { height: number; words: number },
  lang: string,
  measure: Measure,
): Pick<ExchangeSlide, 'blocks' | 'textSize'> | null {
  const single = blocks.flatMap((block): Block[] =>
    block.type === 'list' ? block.items.map((item, index) => ({ ...block, start: block.start + index, items: [item] })) : [block],
  );
  const { frame, text } = measure.geometry;
  const fits = (some: readonly Block[], textSize: 'normal' | 'compact') =>
    blocksHeight(joined(some), { width: frame.width, style: text[textSize] }, measure) <= height &&
    countWords(blocksToPlain(some)) <= words &&
    tableExcess(some) === 0;
  const textSize = (['normal', 'compact'] as const).find((size) => fits(single.slice(0, 1), size));
  if (textSize === undefined) {
    const begun = beginnings(single.slice(0, 1), lang).findLast((some) => fits(some, 'normal'));
    return begun === undefined ? null : { blocks: begun, textSize: 'normal' };
  }
  let count = 1;
  while (count < single.length && fits(single.slice(0, count + 1), textSize)) count += 1;
  return { blocks: joined(single.slice(0, count)), textSize };
}

/** Returns the first sentence of the first block, then the first two, and so on. Empty when it has none: a table, code, an image. */
function beginnings([block]: readonly Block[], lang: string): Block[][] {
  switch (block?.type) {
    case 'paragraph': {
      const sentences = splitSentences(block.children, lang);
      return sentences.map((_, index) => [{ ...block, children: sentences.slice(0, index + 1).flat() }]);
    }
    case 'list':
      return beginnings(block.items[0] ?? [], lang).map((item) => [{ ...block, items: [item] }]);
    case 'quote':
      return beginnings(block.children, lang).map((children) => [{ ...block, children }]);
    default:
      return [];
  }
}

/** Joins the items that follow each other in one list again. */
function joined(blocks: readonly Block[]): Block[] {
  const result: Block[] = [];
  for (const block of blocks) {
    const last = result.at(-1);
    if (block.type !== 'list' || last?.type !== 'list' || last.ordered !== block.ordered) result.push(block);
    else result[result.length - 1] = { ...last, items: [...last.items, ...block.items] };
  }
  return result;
}

// Numbers stand side by side, with the first points below them.

function placeNumbers(
  numbers: FigureOf<'number'>[],
  below: number,
  points: Points,
  measure: Measure,
): Pick<NumberSlide, 'numbers' | 'arrangement' | 'valueSize' | 'blocks' | 'textSize'> {
  const { values } = measure.geometry.number.strip;
  const width = columnWidth(numbers.length, measure);
  const isOneLine = (size: number) => numbers.every(({ value }) => countLines(value, 'serif-bold', size, width, measure.width) === 1);
  const valueSize = values.find((size) => isOneLine(size) && numbersStripHeight(numbers, size, measure) <= below) ?? Math.min(...values);
  const words = numbers.reduce((sum, { value, label }) => sum + countWords(`${value} ${label}`), 0);
  const more = points(below - numbersStripHeight(numbers, valueSize, measure), MOST_WORDS - words);
  return { numbers, arrangement: 'strip', valueSize, blocks: [], textSize: 'normal', ...more };
}

/** Returns the height of numbers side by side with the gap below them, in CSS pixels. */
export function numbersStripHeight(numbers: readonly FigureOf<'number'>[], valueSize: number, measure: Measure): number {
  const { head, strip } = measure.geometry.number;
  const width = columnWidth(numbers.length, measure);
  const heights = numbers.map(({ value, label }) => {
    const valueType = { face: 'serif-bold', size: valueSize, line: Math.round(valueSize * VALUE_LINE) } as const;
    return (
      head +
      textHeight(value, valueType, width, measure) +
      textHeight(label, { face: 'sans', size: strip.label, line: strip.labelLine }, width, measure)
    );
  });
  return Math.max(...heights) + strip.below;
}

function columnWidth(count: number, { geometry: { frame, number } }: Measure): number {
  return Math.floor((frame.width - number.strip.gap * (count - 1)) / count);
}
