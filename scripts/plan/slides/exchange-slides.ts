/** Plans the slides of one exchange: points with figures, and quotes, continued on further slides when they do not fit. */
import type { Arrangement, DrawnFigure, ExchangeSlide, FigureSlide, NumberSlide, QuoteSlide, SlideLink } from '../../model/outputs/deck.ts';
import type { Figure, FigureOf } from '../../model/outputs/figure.ts';
import type { FigureRoom } from '../../model/outputs/metrics.ts';
import { type Block, inlineToPlain, pickText, sliceInline } from '../../model/text/text.ts';
import { draftPoints, headlineOf, termsThatFit, voicesOf } from '../exchange-text.ts';
import { locatorOf } from '../locator.ts';
import { countLines, type Measure, measureIn, textHeight } from '../measure/measure.ts';
import { type Portion, type Rooms, splitBlocks } from '../measure/split.ts';
import type { SelectedExchange } from '../select.ts';
import { blocksHeight, planTables } from './block-sizes.ts';
import { type Header, heightBelow, planHeader } from './header.ts';

type AnyExchangeSlide = ExchangeSlide | FigureSlide | NumberSlide | QuoteSlide;

/** The content of one slide of the exchange, before slides are numbered. */
type Content = { kind: 'exchange'; portion: Portion } | (Placed & { portion: Portion | null }) | { kind: 'quote'; portion: Portion };

/** A look with its place. Numbers always stand beside the points. */
type Placed =
  | { kind: 'number'; look: Extract<Look, { kind: 'number' }> }
  | { kind: 'figure'; look: Extract<Look, { kind: 'figure' }>; place: Place };

/** Plans the slides of an exchange. The first has the id `id`, the second `id.2`. `several`: the deck shows several interviews. */
export function exchangeSlides(
  selected: SelectedExchange,
  { id, terms, several }: { id: string; terms: readonly SlideLink[]; several: boolean },
  lang: string,
  given: Measure,
): AnyExchangeSlide[] {
  const { exchange, interview } = selected;
  const { value: text, lang: textLang } = pickText(exchange.text, lang, interview.lang);
  const measure = measureIn(textLang, given);
  const draft = text.body.length === 0;
  const { frame, figure, text: styles } = measure.geometry;
  const body = planTables(
    draft ? draftPoints(text.transcript, voicesOf(selected, textLang), textLang, measure) : text.body,
    text.figures.length === 0 ? { width: frame.width, style: styles.normal } : { width: figure.textWidth, style: styles.beside },
    measure,
  );
  const headline = headlineOf(selected, lang);
  const locator = locatorOf(interview, exchange, lang, several);
  const question = text.takeaway === null ? null : text.question;
  const plan = (parts: number) => {
    const header = planHeader(question, headline, parts, measure);
    const looks = arrangeFigures(text.figures, heightBelow(header, measure), measure);
    return { header, contents: planContents(body, looks, { header, speaker: locator.speaker }, textLang, measure) };
  };
  const whole = plan(1);
  // A longer part label may need more slides, which makes the label longer again. Plan with a label that is long enough for any count.
  const { header, contents } = whole.contents.length > 1 ? plan(whole.contents.length > 7 ? 99 : 9) : whole;
  return contents.map((content, index) => {
    const base = {
      id: index === 0 ? id : `${id}.${index + 1}`,
      part: { index: index + 1, count: contents.length },
      foreign: textLang === lang ? null : textLang,
      headline,
      headlineSize: header.headlineSize,
      breakAt: header.breakAt,
      question,
      questionLine: header.questionLine,
      section: locator.section,
      locator,
      terms: termsThatFit(terms, measure),
      // On every part, because the presenter still needs the same notes on the second slide.
      notes: text.notes,
      exchange: `${interview.id}/${exchange.id}`,
      file: text.file,
      draft: draft && body.length > 0,
    };
    return asSlide(content, base, locator.speaker);
  });
}

type Base = Omit<ExchangeSlide, 'kind' | 'blocks' | 'textSize'>;

function asSlide(content: Content, base: Base, speaker: string | null): AnyExchangeSlide {
  const compact = content.portion?.size === 'compact';
  const blocks = content.portion?.blocks ?? [];
  if (content.kind === 'exchange') return { ...base, kind: 'exchange', textSize: compact ? 'compact' : 'normal', blocks };
  if (content.kind === 'quote') return { ...base, kind: 'quote', textSize: compact ? 'compact' : 'normal', blocks, by: speaker };
  if (content.kind === 'number') {
    const { numbers, valueSize } = content.look;
    return { ...base, kind: 'number', textSize: compact ? 'compact' : 'beside', blocks, numbers, valueSize };
  }
  const { look, place } = content;
  return {
    ...base,
    kind: 'figure',
    textSize: compact ? 'compact' : place.arrangement === 'beside' ? 'beside' : 'normal',
    blocks,
    figure: look.figure,
    arrangement: place.arrangement,
    room: place.room,
  };
}

/** Plans text and quotes in order. A quote gets slides of its own; figures go with the first text. */
function planContents(
  body: readonly Block[],
  looks: readonly Look[],
  { header, speaker }: { header: Header; speaker: string | null },
  lang: string,
  measure: Measure,
): Content[] {
  const runs = splitAtQuotes(body);
  const first = runs.findIndex(({ kind }) => kind === 'text');
  const contents = runs.flatMap((run, index): Content[] => {
    if (run.kind === 'text') return planText(run.blocks, index === first ? looks : [], header, lang, measure);
    return splitBlocks(withoutSpeaker(run.blocks, speaker), quoteRooms(header, speaker, measure), lang, measure).map((portion) => ({
      kind: 'quote',
      portion,
    }));
  });
  return first === -1 ? [...planText([], looks, header, lang, measure, contents.length > 0), ...contents] : contents;
}

/** Distributes points over as many slides as needed. The first slides have a figure each. */
function planText(
  blocks: readonly Block[],
  looks: readonly Look[],
  header: Header,
  lang: string,
  measure: Measure,
  mayBeNothing = false,
): Content[] {
  const below = heightBelow(header, measure);
  const text =
    blocks.length === 0
      ? null
      : blocksHeight(blocks, { width: measure.geometry.frame.width, style: measure.geometry.text.normal }, measure);
  const placed = looks.map((look) => placeLook(look, below, text, measure));
  // A figure that fills its slide leaves the text to the other slides.
  const shared = placed.filter((each) => !isAlone(each));
  const portions = splitBlocks(blocks, textRooms(shared, below, measure), lang, measure).filter((portion) => portion.blocks.length > 0);
  const contents: Content[] = [
    ...shared.map((each, index): Content => {
      const portion = portions[index] ?? null;
      return { ...(portion === null ? placeLook(each.look, below, null, measure) : each), portion };
    }),
    ...placed.filter(isAlone).map((each): Content => ({ ...each, portion: null })),
    ...portions.slice(shared.length).map((portion): Content => ({ kind: 'exchange', portion })),
  ];
  return contents.length === 0 && !mayBeNothing ? [{ kind: 'exchange', portion: { blocks: [], size: 'usual' } }] : contents;
}

function placeLook(look: Look, below: number, text: number | null, measure: Measure): Placed {
  if (look.kind === 'number') return { kind: 'number', look };
  return { kind: 'figure', look, place: placeFigure(look.figure, below, text, measure) };
}

const isAlone = (placed: Placed) => placed.kind === 'figure' && placed.place.arrangement === 'alone';

function textRooms(placed: readonly Placed[], below: number, measure: Measure): Rooms {
  const { frame, figure, number, words } = measure.geometry;
  const style = (usual: 'normal' | 'beside', size: 'usual' | 'compact') => measure.geometry.text[size === 'usual' ? usual : 'compact'];
  return (slide, size) => {
    const each = placed[slide];
    if (each === undefined) return { width: frame.width, style: style('normal', size), height: below, words: words.alone, bare: true };
    if (each.kind === 'figure' && each.place.arrangement === 'strip') {
      const height = below - each.place.height;
      return { width: frame.width, style: style('normal', size), height, words: words.below, bare: false };
    }
    const width = each.kind === 'number' ? number.textWidth : figure.textWidth;
    return { width, style: style('beside', size), height: below, words: words.beside, bare: false };
  };
}

// Places of figures: beside the points, in a strip above them, or alone on their slide

/** The part of a slide besides its points. */
type Look = ({ kind: 'number' } & NumberGroup) | { kind: 'figure'; figure: DrawnFigure };

interface Place {
  arrangement: Arrangement;
  room: FigureRoom;
  /** The height that the figure takes from the points, in CSS pixels. */
  height: number;
}

/** Groups figures into one look for each slide: numbers together, every other figure alone. `below` is the height below the headline. */
function arrangeFigures(figures: readonly Figure[], below: number, measure: Measure): Look[] {
  const numbers = figures.filter((figure) => figure.kind === 'number');
  const others = figures.filter((figure) => figure.kind !== 'number');
  return [
    ...groupNumbers(numbers, below, measure).map((group): Look => ({ kind: 'number', ...group })),
    ...others.map((figure): Look => ({ kind: 'figure', figure })),
  ];
}

/**
 * Chooses the place of a figure on a slide with the height `below` under its headline. `text` is the height of all points; null when
 * there are none. Returns the first place in which the figure need not shrink, else the one in which it shrinks least.
 */
function placeFigure(figure: DrawnFigure, below: number, text: number | null, measure: Measure): Place {
  const tried: { place: Place; scale: number }[] = [];
  for (const arrangement of text === null ? (['alone'] as const) : arrangementsOf(figure)) {
    const attempt = tryPlace(figure, arrangement, below, text ?? 0, measure);
    if (attempt.scale === 1) return attempt.place;
    tried.push(attempt);
  }
  return tried.reduce((best, each) => (each.scale > best.scale ? each : best)).place;
}

/** A diagram drawn from top to bottom fits best beside the points. */
function arrangementsOf(figure: DrawnFigure): readonly Arrangement[] {
  const isTall = figure.kind === 'diagram' && figure.direction === 'down';
  return isTall ? ['beside', 'strip', 'alone'] : ['strip', 'beside', 'alone'];
}

function tryPlace(
  figure: DrawnFigure,
  arrangement: Arrangement,
  below: number,
  text: number,
  { geometry, figureSize }: Measure,
): { place: Place; scale: number } {
  const { frame, figure: sizes } = geometry;
  switch (arrangement) {
    case 'strip': {
      // When there is little text, the figure gets the remaining height.
      const most = Math.max(Math.min(sizes.strip, below * MOST_OF_SLIDE), below - text - sizes.stripGap);
      const room = { width: frame.width, height: Math.max(1, most) };
      const { height, scale } = figureSize(figure, room);
      return { place: { arrangement, room, height: height + sizes.stripGap }, scale };
    }
    case 'beside': {
      const room = { width: sizes.width, height: below };
      return { place: { arrangement, room, height: 0 }, scale: figureSize(figure, room).scale };
    }
    case 'alone': {
      const room = { width: frame.width, height: below };
      return { place: { arrangement, room, height: below }, scale: figureSize(figure, room).scale };
    }
  }
}

/** The most that a strip takes, so that there is room for points below it. */
const MOST_OF_SLIDE = 0.6;

// Numbers: how many fit on a slide, and their size

type NumberFigure = FigureOf<'number'>;

interface NumberGroup {
  numbers: NumberFigure[];
  /** In CSS pixels: the largest size at which every value fits on one line and all values fit the height. */
  valueSize: number;
}

const MOST_NUMBERS = 3;

/** Splits numbers into groups of at most three that fit below each other in the given height (CSS pixels). */
function groupNumbers(numbers: readonly NumberFigure[], height: number, measure: Measure): NumberGroup[] {
  const groups: NumberFigure[][] = [];
  for (const number of numbers) {
    const last = groups.at(-1);
    if (last !== undefined && last.length < MOST_NUMBERS && numbersHeight([...last, number], smallest(measure), measure) <= height)
      last.push(number);
    else groups.push([number]);
  }
  return groups.map((group) => ({ numbers: group, valueSize: sizeOf(group, height, measure) }));
}

/** Returns the height of numbers below each other, in CSS pixels. */
export function numbersHeight(numbers: readonly NumberFigure[], valueSize: number, measure: Measure): number {
  const { width, head, label, labelLine, between } = measure.geometry.number;
  const heights = numbers.map((number) => {
    const value = textHeight(
      number.value,
      { face: 'serif-bold', size: valueSize, line: Math.round(valueSize * VALUE_LINE) },
      width,
      measure,
    );
    return head + value + textHeight(number.label, { face: 'sans', size: label, line: labelLine }, width, measure);
  });
  return heights.reduce((sum, each) => sum + each, 0) + between * (numbers.length - 1);
}

/** Line height of a value as a share of its size: `.value` in the theme. */
const VALUE_LINE = 1.15;

function sizeOf(numbers: readonly NumberFigure[], height: number, measure: Measure): number {
  const { values, width } = measure.geometry.number;
  const fits = (size: number) =>
    numbers.every(({ value }) => countLines(value, 'serif-bold', size, width, measure.width) === 1) &&
    numbersHeight(numbers, size, measure) <= height;
  return values.find(fits) ?? smallest(measure);
}

function smallest({ geometry }: Measure): number {
  return Math.min(...geometry.number.values);
}

// Quotes: large type, with a mark above and the speaker below

/** Splits a body into runs of text and single quotes, in order. */
export function splitAtQuotes(body: readonly Block[]): { kind: 'text' | 'quote'; blocks: Block[] }[] {
  const runs: { kind: 'text' | 'quote'; blocks: Block[] }[] = [];
  for (const block of body) {
    const last = runs.at(-1);
    if (block.type === 'quote') runs.push({ kind: 'quote', blocks: block.children });
    else if (last?.kind === 'text') last.blocks.push(block);
    else runs.push({ kind: 'text', blocks: [block] });
  }
  return runs;
}

/** Returns the room for a quote, which has a slide to itself and continues on the next one when it does not fit. */
function quoteRooms(header: Header, speaker: string | null, measure: Measure): Rooms {
  const { quote, words } = measure.geometry;
  return (_, size) => ({
    width: quote.width,
    face: 'serif',
    style: size === 'usual' ? quote.normal : quote.compact,
    height: Math.max(1, heightBelow(header, measure) - quote.mark - quoteByHeight(speaker ?? '', measure)),
    words: words.alone,
    bare: true,
  });
}

/** Returns the height of the line that names the speaker, in CSS pixels. A long name takes several lines. */
export function quoteByHeight(by: string, measure: Measure): number {
  const { quote, frame } = measure.geometry;
  const lines = countLines(`— ${by}`, 'sans', BY_SIZE, frame.width, measure.width);
  return quote.by + (lines - 1) * (quote.by - BY_PADDING);
}

/** In CSS pixels: `.by` in the theme. */
const BY_SIZE = 20;
const BY_PADDING = 16;

/** Returns a quote without the `— Name` at its end, if that is the speaker, whom the slide names below. */
export function withoutSpeaker(blocks: readonly Block[], speaker: string | null): Block[] {
  const last = blocks.at(-1);
  if (speaker === null || last?.type !== 'paragraph') return [...blocks];
  const text = inlineToPlain(last.children);
  const words = /^(.*?)(?:^|\s)\s*(?:[—–―]|--)+\s*([^—–―]+)$/s.exec(text);
  if (words === null || words[2]?.trim() !== speaker) return [...blocks];
  const children = sliceInline(last.children, 0, words[1]?.trimEnd().length ?? 0);
  return [...blocks.slice(0, -1), ...(children.length === 0 ? [] : [{ ...last, children }])];
}
