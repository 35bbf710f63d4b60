import type { ExchangeSlide, FigureSlide, NumberSlide, SlideLink } from '../model/deck.ts';
import type { Figure, FigureOf } from '../model/figure.ts';
import { inLanguage } from '../model/metrics.ts';
import { type Block, blocksToPlain, pickText } from '../model/text.ts';
import { locatorOf } from './locator.ts';
import type { Measure } from './measure.ts';
import type { SelectedExchange } from './select.ts';
import { headerHeight, roomBelow, splitBlocks } from './split.ts';
import { countWords, splitSentences } from './words.ts';

type AnyExchangeSlide = ExchangeSlide | FigureSlide | NumberSlide;

/** The headline of an exchange: its takeaway, or its question when nobody has written one yet. */
export function headlineOf({ exchange, interview }: SelectedExchange, lang: string): string {
  const { value } = pickText(exchange.text, lang, interview.lang);
  return value.takeaway ?? value.question;
}

/** The slides of one exchange: its points with its figure beside them, continued where they do not fit. */
export function exchangeSlides(
  selected: SelectedExchange,
  id: string,
  terms: SlideLink[],
  lang: string,
  given: Measure,
): AnyExchangeSlide[] {
  const { exchange, interview } = selected;
  const { value: text, lang: textLang } = pickText(exchange.text, lang, interview.lang);
  const measure = { ...given, width: inLanguage(given.width, textLang) };
  const draft = text.body.length === 0;
  const body = draft ? draftPoints(text.transcript, textLang, measure) : text.body;
  const headline = headlineOf(selected, lang);
  const base = {
    foreign: textLang === lang ? null : textLang,
    headline,
    question: text.takeaway === null ? null : text.question,
    locator: locatorOf(interview, exchange, lang),
    terms: termsThatFit(terms, measure),
    exchange: `${interview.id}/${exchange.id}`,
    file: text.file,
    draft: draft && body.length > 0,
  };
  const section = base.locator.section;
  const looks = arrangeFigures(text.figures);
  const rooms = (continued: boolean) => (index: number) =>
    roomBelow(headerHeight(base.question, headline, continued, measure), index < looks.length, measure.geometry);
  const whole = splitBlocks(body, rooms(false), textLang, measure);
  const continued = Math.max(whole.length, looks.length) > 1;
  const room = rooms(continued);
  const texts = continued ? splitBlocks(body, room, textLang, measure) : whole;
  const count = Math.max(texts.length, looks.length);
  return Array.from({ length: count }, (_, index) => {
    const slide = {
      ...base,
      section,
      id: index === 0 ? id : `${id}.${index + 1}`,
      part: { index: index + 1, count },
      blocks: texts[index] ?? [],
      notes: index === 0 ? text.notes : [],
    };
    const look = looks[index];
    if (look === undefined) return { ...slide, kind: 'exchange' };
    return Array.isArray(look)
      ? { ...slide, kind: 'number', numbers: look }
      : {
          ...slide,
          kind: 'figure',
          figure: look,
          room: { width: measure.geometry.figure.width, height: room(index).height },
        };
  });
}

/** One look a slide: numbers stand together, up to three; every other figure for itself. */
function arrangeFigures(figures: readonly Figure[]): (FigureOf<'number'>[] | Exclude<Figure, FigureOf<'number'>>)[] {
  const numbers = figures.filter((figure) => figure.kind === 'number');
  const others = figures.filter((figure) => figure.kind !== 'number');
  const groups = Array.from({ length: Math.ceil(numbers.length / MOST_NUMBERS) }, (_, index) =>
    numbers.slice(index * MOST_NUMBERS, (index + 1) * MOST_NUMBERS),
  );
  return [...groups, ...others];
}

const MOST_NUMBERS = 3;

/** The terms line is one line: it names the terms that fit; the glossary has them all. */
function termsThatFit(terms: readonly SlideLink[], { geometry, width }: Measure): SlideLink[] {
  const { size, termsWidth } = geometry.footer;
  let used = width('Terms: ', 'sans', size);
  return terms.filter(({ text }) => {
    used += width(`${text}, `, 'sans', size);
    return used <= termsWidth;
  });
}

/** The leading sentences of the answer, as points, until about a slide is full: what is shown before anybody has written points. */
function draftPoints(transcript: readonly Block[], lang: string, measure: Measure): Block[] {
  const limit = measure.geometry.words.alone;
  const items: Block[][] = [];
  let words = 0;
  for (const block of transcript) {
    if (block.type !== 'paragraph') continue;
    for (const children of splitSentences(block.children, lang)) {
      words += countWords(blocksToPlain([{ type: 'paragraph', children }]));
      if (items.length > 0 && words > limit) return [{ type: 'list', ordered: false, start: 1, items }];
      items.push([{ type: 'paragraph', children }]);
    }
  }
  return items.length === 0 ? [] : [{ type: 'list', ordered: false, start: 1, items }];
}
