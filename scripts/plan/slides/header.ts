/** What stands above the content of a slide: question line and headline. */
import type { HeadlineSize } from '../../model/outputs/metrics.ts';
import { breakRuns } from '../../model/text/lines.ts';
import type { Run } from '../../model/text/text-pieces.ts';
import { type Measure, textHeight } from '../measure/measure.ts';

export interface Header {
  /** The question line; null where the question is the headline, or too long to stand above one. */
  questionLine: string | null;
  headlineSize: HeadlineSize;
  /** After so many UTF-16 units the headline goes on on a second line; null where the browser decides. */
  breakAt: number | null;
  /** In CSS pixels, with the gap below. */
  height: number;
}

const SIZES = ['large', 'medium', 'small'] as const;

/** The largest size at which a headline keeps to its number of lines. A slide that is one of several parts says so behind it: "(1/2)". */
export function planHeader(question: string | null, headline: string, parts: number, measure: Measure): Header {
  const { question: small, headline: sizes, frame } = measure.geometry;
  // As wide as the part is in any language. It never stands alone on a line: it goes with the last word.
  const runsAt = (size: HeadlineSize, text: string): Run[] => [
    { text, face: 'serif-bold' },
    ...(parts > 1 ? [{ text: `\u00a0（${parts}/${parts}）`, face: 'sans' as const, scale: sizes.part / sizes[size].size }] : []),
  ];
  const linesAt = (size: HeadlineSize, text = headline) =>
    breakRuns(runsAt(size, text), { size: sizes[size].size, column: frame.width }, measure.width).length;
  const headlineSize = SIZES.find((size) => linesAt(size) <= sizes[size].lines) ?? 'small';
  const lines = linesAt(headlineSize);
  const breakAt = lines === 2 ? chineseBreak(headline, (text) => linesAt(headlineSize, text) === 1) : null;
  const below = lines * sizes[headlineSize].line + sizes.gap;
  const above = question === null ? 0 : textHeight(question, { face: 'sans', ...small }, frame.width, measure) + small.gap;
  const isTooHigh = above + below > (frame.bottom - frame.top) * MOST_OF_SLIDE;
  const header = { headlineSize, breakAt };
  return isTooHigh ? { ...header, questionLine: null, height: below } : { ...header, questionLine: question, height: above + below };
}

/**
 * Where a Chinese headline of two lines is best divided, in UTF-16 units: behind a mark, for a browser would divide words. Null where no mark stands
 * near the middle, or the halves do not fit. (Words themselves could be told by a dictionary only, which is not the same on every machine.)
 */
function chineseBreak(headline: string, fits: (text: string) => boolean): number | null {
  if (!/\p{Script=Han}/u.test(headline)) return null;
  const behind = (marks: RegExp) => [...headline.matchAll(marks)].map(({ index, 0: mark }) => index + mark.length);
  const evenness = (place: number) => Math.min(place, headline.length - place) / Math.max(place, headline.length - place);
  const mostEven = (places: readonly number[]) =>
    places
      .filter((place) => evenness(place) >= LEAST_EVEN && fits(headline.slice(0, place)) && fits(headline.slice(place)))
      .reduce<number | null>((best, place) => (best === null || evenness(place) > evenness(best) ? place : best), null);
  // A mark between clauses divides better than one inside them.
  return mostEven(behind(/[；：。！？…—]+[”’」』）》]*/gu)) ?? mostEven(behind(/[，、]+[”’」』）》]*/gu));
}

/** The shorter line, as a share of the longer one. */
const LEAST_EVEN = 0.4;

/** A header beyond this share of the slide gives up its question line: the notes have it too. */
const MOST_OF_SLIDE = 0.4;

/** Height below a header, in CSS pixels: what content may use. */
export function heightBelow(header: Header, { geometry: { frame } }: Measure): number {
  return Math.max(1, frame.bottom - frame.top - header.height);
}
