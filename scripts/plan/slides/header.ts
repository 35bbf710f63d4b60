/** Plans the header of a slide: question line and headline. */
import type { HeadlineSize } from '../../model/outputs/metrics.ts';
import { breakRuns } from '../../model/text/lines.ts';
import { type TextRun, toPieces } from '../../model/text/text-pieces.ts';
import { keptWords, type Measure, titleHeight } from '../measure/measure.ts';

export interface Header {
  /** The question line; null when the question is the headline or there is no room for it. */
  questionLine: string | null;
  headlineSize: HeadlineSize;
  /** The offset in UTF-16 units at which the headline continues on a second line; null to let the browser decide. */
  breakAt: number | null;
  /** In CSS pixels, including the gap below. */
  height: number;
}

const SIZES = ['large', 'medium', 'small'] as const;

/**
 * Chooses the largest size, from `most` downwards, at which a headline keeps to its number of lines. On continued slides it ends with its
 * part: "(1/2)".
 */
export function planHeader(
  question: string | null,
  headline: string,
  parts: number,
  measure: Measure,
  most: HeadlineSize = 'large',
): Header {
  const { question: small, headline: sizes, frame } = measure.geometry;
  // As wide as the part label in any language. It is never alone on a line, but stays with the last word.
  const runsAt = (size: HeadlineSize, text: string): TextRun[] => [
    { text, face: 'serif-bold' },
    ...(parts > 1 ? [{ text: `\u00a0（${parts}/${parts}）`, face: 'sans' as const, scale: sizes.continued / sizes[size].size }] : []),
  ];
  const linesAt = (size: HeadlineSize, text = headline) =>
    breakRuns(runsAt(size, text), { size: sizes[size].size, column: frame.width, words: keptWords(measure) }, measure.width).length;
  const headlineSize = SIZES.slice(SIZES.indexOf(most)).find((size) => linesAt(size) <= sizes[size].lines) ?? 'small';
  const lines = linesAt(headlineSize);
  const { size } = sizes[headlineSize];
  const breakAt = lines === 2 ? chineseBreak(headline, (text) => linesAt(headlineSize, text) === 1, size, measure) : null;
  const below = lines * sizes[headlineSize].line + sizes.gap;
  const above = question === null ? 0 : titleHeight(question, { face: 'sans', ...small }, frame.width, measure) + small.gap;
  const isTooHigh = above + below > (frame.bottom - frame.top) * MOST_OF_SLIDE;
  const header = { headlineSize, breakAt };
  return isTooHigh ? { ...header, questionLine: null, height: below } : { ...header, questionLine: question, height: above + below };
}

/**
 * Returns where to break a Chinese headline of two lines, in UTF-16 units: after punctuation near the middle, else between the words that
 * give the most even lines. Null for a headline in another language. `size` in CSS pixels.
 */
function chineseBreak(headline: string, fits: (text: string) => boolean, size: number, measure: Measure): number | null {
  if (!/\p{Script=Han}/u.test(headline)) return null;
  const behind = (marks: RegExp) => [...headline.matchAll(marks)].map(({ index, 0: mark }) => index + mark.length);
  const widthOf = (text: string) => measure.width(text.trim(), 'serif-bold', size);
  const evenness = (place: number) => {
    const [first, second] = [widthOf(headline.slice(0, place)), widthOf(headline.slice(place))];
    return Math.min(first, second) / Math.max(first, second);
  };
  const mostEven = (places: readonly number[], least: number) =>
    places
      .filter((place) => evenness(place) >= least && fits(headline.slice(0, place)) && fits(headline.slice(place)))
      .reduce<number | null>((best, place) => (best === null || evenness(place) > evenness(best) ? place : best), null);
  const words = keptWords(measure);
  const betweenWords = () => toPieces([{ text: headline, face: 'serif-bold' }], size, { words }, measure.width).map(({ from }) => from);
  // A break between clauses is better than one inside a clause.
  return (
    mostEven(behind(/[；：。！？…—]+[”’」』）》]*/gu), LEAST_EVEN) ??
    mostEven(behind(/[，、]+[”’」』）》]*/gu), LEAST_EVEN) ??
    (words === null ? null : mostEven(betweenWords().slice(1), 0))
  );
}

/** The least length of the shorter line, as a share of the longer one. */
const LEAST_EVEN = 0.4;

/** A header above this share of the slide drops its question line, which the notes have too. */
const MOST_OF_SLIDE = 0.4;

/** Returns the height below a header, in CSS pixels, that content may use. */
export function heightBelow(header: Header, { geometry: { frame } }: Measure): number {
  return Math.max(1, frame.bottom - frame.top - header.height);
}
