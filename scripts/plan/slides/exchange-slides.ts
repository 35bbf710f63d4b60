/** Plans the slide of an exchange: its points with one exhibit, or a quote in large type. Only a large table or quote takes more slides. */
import type { ExchangeSlide, FigureSlide, NumberSlide, QuoteSlide, SlideLink } from '../../model/outputs/deck.ts';
import type { HeadlineSize, TextSize } from '../../model/outputs/metrics.ts';
import { type Block, blocksToPlain, inlineToPlain, pickText, sliceInline } from '../../model/text/text.ts';
import { draftPoints, headlineOf, termsThatFit, voicesOf } from '../exchange-text.ts';
import { locatorOf } from '../locator.ts';
import { type Column, countLines, type Measure, measureIn } from '../measure/measure.ts';
import { cutBlocks, type Rooms, type SlideRoom, splitBlocks } from '../measure/split.ts';
import type { SelectedExchange } from '../select.ts';
import { blocksHeight, planTables, tableExcess } from './block-sizes.ts';
import { exhibitOf, type FigureExhibit, type Placed, placeAlone, settingsOf } from './exhibits.ts';
import { type Header, heightBelow, planHeader } from './header.ts';

type AnyExchangeSlide = ExchangeSlide | FigureSlide | NumberSlide | QuoteSlide;

/** Plans the slides of an exchange. The first has the id `id`, the second `id.2`. `several`: the deck shows several interviews. */
export function exchangeSlides(
  selected: SelectedExchange,
  { id, terms, several, elsewhere }: { id: string; terms: readonly SlideLink[]; several: boolean; elsewhere: readonly string[] },
  lang: string,
  given: Measure,
): AnyExchangeSlide[] {
  const { exchange, interview } = selected;
  const { value: text, lang: textLang } = pickText(exchange.text, lang, interview.lang);
  const measure = measureIn(textLang, given);
  const draft = text.body.length === 0;
  const body = draft ? draftPoints(text.transcript, voicesOf(selected, textLang), textLang, measure) : text.body;
  const headline = headlineOf(selected, lang);
  const locator = locatorOf(interview, exchange, lang, several);
  const question = text.takeaway === null ? null : text.question;
  const headerOf: HeaderOf = (most, parts) => planHeader(question, headline, parts, measure, most);
  const { exhibit, further } = exhibitOf(text.figures, heightBelow(headerOf('large', 1), measure), measure);
  const plan: Planning = { body, exhibit, speaker: locator.speaker, headerOf, lang: textLang, measure };
  const contents = planQuote(plan) ?? planWhole(plan) ?? planContinued(plan) ?? [planCut(plan)];
  const alts = further.map(({ alt }): Block => ({ type: 'paragraph', children: [{ type: 'text', value: alt }] }));
  const more = [...contents.flatMap(({ rest }) => rest), ...alts];
  return contents.map((content, index) => {
    const base = {
      id: index === 0 ? id : `${id}.${index + 1}`,
      part: 'evidence' as const,
      continued: { index: index + 1, count: contents.length },
      foreign: textLang === lang ? null : textLang,
      headline,
      headlineLang: null,
      headlineSize: content.header.headlineSize,
      breakAt: content.header.breakAt,
      question,
      questionLine: content.header.questionLine,
      section: locator.section,
      locator,
      terms: termsThatFit(terms, measure),
      elsewhere: [...elsewhere],
      // On every part, because the presenter still needs the same notes on the second slide.
      notes: text.notes,
      more,
      exchange: `${interview.id}/${exchange.id}`,
      file: text.file,
      draft: draft && body.length > 0,
    };
    return asSlide(content, base, locator.speaker);
  });
}

interface Planning {
  body: readonly Block[];
  exhibit: FigureExhibit | null;
  speaker: string | null;
  headerOf: HeaderOf;
  lang: string;
  measure: Measure;
}

/** Returns the header with a headline of at most the size `most`, on one of `parts` slides. */
type HeaderOf = (most: HeadlineSize, parts: number) => Header;

/** The content of one slide of the exchange. `rest` is what it has no room for. */
interface Content {
  header: Header;
  shown: Placed | { kind: 'quote' };
  size: TextSize;
  blocks: Block[];
  rest: Block[];
}

type Base = Omit<ExchangeSlide, 'kind' | 'blocks' | 'textSize'>;

function asSlide({ shown, size, blocks }: Content, given: Base, speaker: string | null): AnyExchangeSlide {
  const base = { ...given, textSize: size, blocks };
  switch (shown.kind) {
    case 'none':
      return { ...base, kind: 'exchange' };
    case 'quote':
      return { ...base, kind: 'quote', by: speaker };
    case 'numbers':
      return { ...base, kind: 'number', arrangement: 'beside', numbers: shown.numbers, valueSize: shown.valueSize };
    case 'figure':
      return { ...base, kind: 'figure', figure: shown.figure, arrangement: shown.arrangement, room: shown.room };
  }
}

// One slide for all: the largest type at which everything fits, else the beginning

/** Sizes of headline and text, from the best to the smallest. */
const SIZES: readonly (readonly [HeadlineSize, TextSize])[] = [
  ['large', 'normal'],
  ['large', 'beside'],
  ['large', 'compact'],
  ['medium', 'compact'],
  ['large', 'small'],
  ['medium', 'small'],
  ['small', 'small'],
];

/** How small a figure may be, in turn: rather that than smaller text, and in the end rather than points that are cut. */
const SCALES = [0.9, 0.75, 0.01] as const;

/** Returns the slide that shows everything, in the largest type that allows it. Null when there is too much. */
function planWhole({ body, exhibit, headerOf, measure }: Planning): Content[] | null {
  if (body.length === 0 && exhibit !== null) return [aloneOf(exhibit, headerOf('large', 1), [], measure)];
  for (const least of SCALES) {
    for (const [most, size] of SIZES) {
      const header = headerOf(most, 1);
      const below = heightBelow(header, measure);
      const style = measure.geometry.text[size];
      const full = { width: measure.geometry.frame.width, style };
      const strip = below - blocksHeight(planTables(body, full, measure), full, measure) - measure.geometry.figure.stripGap;
      const fitting = settingsOf(exhibit, style, { below, most: strip }, measure)
        .filter(({ scale }) => scale >= least)
        .map((setting) => ({ ...setting, blocks: planTables(body, setting.text, measure) }))
        .filter(({ blocks, text }) => blocksHeight(blocks, text, measure) <= text.height && tableExcess(blocks) === 0);
      const best = bestOf(fitting, ({ scale }) => scale);
      if (best !== null) return [{ header, shown: best.placed, size, blocks: best.blocks, rest: [] }];
    }
  }
  return null;
}

/** Returns the slide that shows the beginning of the points with the exhibit, in the smallest type. */
function planCut({ body, exhibit, headerOf, lang, measure }: Planning): Content {
  const header = headerOf('medium', 1);
  const below = heightBelow(header, measure);
  const style = measure.geometry.text.small;
  const cuts = settingsOf(exhibit, style, { below, most: below * STRIP_SHARE }, measure)
    .filter(({ scale }) => scale > 0)
    .map((setting) => ({ setting, ...cutBlocks(planTables(body, setting.text, measure), setting.text, lang, measure) }));
  const best = bestOf(
    cuts.filter(({ kept }) => kept.length > 0),
    ({ kept }) => blocksToPlain(kept).length,
  );
  if (best !== null) return { header, shown: best.setting.placed, size: 'small', blocks: best.kept, rest: best.rest };
  if (exhibit !== null) return aloneOf(exhibit, headerOf('large', 1), body, measure);
  // An image that is too large stays; the export reports by how much.
  return { header, shown: { kind: 'none' }, size: 'small', blocks: body.slice(0, 1), rest: body.slice(1) };
}

/** The most that a figure above the points takes of the slide when the points are cut. */
const STRIP_SHARE = 0.4;

function aloneOf(exhibit: FigureExhibit, header: Header, rest: readonly Block[], measure: Measure): Content {
  return { header, shown: placeAlone(exhibit, heightBelow(header, measure), measure), size: 'normal', blocks: [], rest: [...rest] };
}

function bestOf<T>(all: readonly T[], worth: (each: T) => number): T | null {
  return all.reduce<T | null>((best, each) => (best === null || worth(each) > worth(best) ? each : best), null);
}

// Further slides, for a table or quote that is too large for one

/** Returns slides on which the text continues. Null when every table and quote fits the slide, be it without the other points. */
function planContinued({ body, exhibit, headerOf, lang, measure }: Planning): Content[] | null {
  const { frame, text } = measure.geometry;
  const below = heightBelow(headerOf('medium', 1), measure);
  const settings = settingsOf(exhibit, text.small, { below, most: below * STRIP_SHARE }, measure);
  const isTooLarge = (block: Block) =>
    (block.type === 'table' || block.type === 'quote') &&
    settings.every((setting) => blocksHeight(planTables([block], setting.text, measure), setting.text, measure) > setting.text.height);
  if (!body.some(isTooLarge)) return null;
  const header = headerOf('medium', MANY);
  const room = (size: TextSize): SlideRoom => ({ width: frame.width, style: text[size], height: heightBelow(header, measure) });
  const rooms: Rooms = { usual: room('compact'), compact: room('small'), bare: true };
  const portions = splitBlocks(planTables(body, rooms.usual, measure), rooms, lang, measure);
  const contents = portions.map(({ blocks, size }): Content => {
    return { header, shown: { kind: 'none' }, size: size === 'usual' ? 'compact' : 'small', blocks, rest: [] };
  });
  return exhibit === null ? contents : [aloneOf(exhibit, header, [], measure), ...contents];
}

/** A count that makes the longest label of a continued slide. */
const MANY = 99;

// Quotes: large type, with a mark above and the speaker below

/** Returns the slide of a body that is one quote and fits in large type. Null for any other body. */
function planQuote({ body: [first, ...others], exhibit, speaker, headerOf, measure }: Planning): Content[] | null {
  if (first?.type !== 'quote' || others.length > 0 || exhibit !== null) return null;
  const header = headerOf('large', 1);
  const quote = setQuote(first.children, speaker, heightBelow(header, measure), measure);
  return quote === null ? null : [{ header, shown: { kind: 'quote' }, rest: [], ...quote }];
}

/** Sets a quote alone on a slide with the height `below` under its headline. Null when it is too long. */
export function setQuote(
  quote: readonly Block[],
  speaker: string | null,
  below: number,
  measure: Measure,
): { size: 'normal' | 'compact'; blocks: Block[] } | null {
  const { quote: sizes } = measure.geometry;
  const height = below - sizes.mark - quoteByHeight(speaker ?? '', measure);
  const blocks = withoutSpeaker(quote, speaker);
  for (const size of ['normal', 'compact'] as const) {
    const column: Column = { width: sizes.width, face: 'serif', style: sizes[size] };
    const planned = planTables(blocks, column, measure);
    if (blocksHeight(planned, column, measure) <= height) return { size, blocks: planned };
  }
  return null;
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
