/** The slides of one exchange: its points with its figures, its quotes, continued where they do not fit. */
import type { ExchangeSlide, FigureSlide, NumberSlide, QuoteSlide, SlideLink } from '../../model/outputs/deck.ts';
import { type Block, pickText } from '../../model/text/text.ts';
import { draftPoints, headlineOf, termsThatFit, voicesOf } from '../exchange-text.ts';
import { locatorOf } from '../locator.ts';
import { type Measure, measureIn } from '../measure/measure.ts';
import { type Portion, type Rooms, splitBlocks } from '../measure/split.ts';
import type { SelectedExchange } from '../select.ts';
import { blocksHeight } from './block-sizes.ts';
import { type Header, heightBelow, planHeader } from './header.ts';
import { arrangeFigures, type Look, type Place, placeFigure } from './plan-figures.ts';
import { quoteRooms, splitAtQuotes, withoutSpeaker } from './quote.ts';
import { planTables } from './table.ts';

type AnyExchangeSlide = ExchangeSlide | FigureSlide | NumberSlide | QuoteSlide;

/** What one slide of the exchange shows, before it is numbered. */
type Content = { kind: 'exchange'; portion: Portion } | (Placed & { portion: Portion | null }) | { kind: 'quote'; portion: Portion };

/** A look with its place; numbers always stand beside the points. */
type Placed =
  | { kind: 'number'; look: Extract<Look, { kind: 'number' }> }
  | { kind: 'figure'; look: Extract<Look, { kind: 'figure' }>; place: Place };

/** Plans the slides of an exchange; the first has the id `id`, the second `id.2`. `several`: the deck shows more than one interview. */
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
  // A longer header may need more slides, and their number makes the header longer still: by then it is longer than any.
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
      // On every part: who has gone on to the second still speaks from the same notes.
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

/** Text in its order; quotes interrupt it and stand alone, figures stand with the first text that there is. */
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

/** Points over as many slides as they need, the first ones with a figure each. */
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
  // A figure that needs the whole slide leaves the text to the others.
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
