/** What stands above the content of a slide: question line and headline. */
import { breakRuns } from '../model/lines.ts';
import type { HeadlineSize } from '../model/metrics.ts';
import type { Run } from '../model/pieces.ts';
import { type Measure, textHeight } from './measure.ts';

export interface Header {
  /** The question line; null where the question is the headline, or too long to stand above one. */
  questionLine: string | null;
  headlineSize: HeadlineSize;
  /** In CSS pixels, with the gap below. */
  height: number;
}

const SIZES = ['large', 'medium', 'small'] as const;

/** The largest size at which a headline keeps to its number of lines. A slide that is one of several parts says so behind it: "(1/2)". */
export function planHeader(question: string | null, headline: string, parts: number, measure: Measure): Header {
  const { question: small, headline: sizes, frame } = measure.geometry;
  // As wide as the part is in any language. It never stands alone on a line: it goes with the last word.
  const linesAt = (size: HeadlineSize) => {
    const part: Run[] = parts > 1 ? [{ text: `\u00a0（${parts}/${parts}）`, face: 'sans', scale: sizes.part / sizes[size].size }] : [];
    return breakRuns([{ text: headline, face: 'serif-bold' }, ...part], { size: sizes[size].size, column: frame.width }, measure.width)
      .length;
  };
  const headlineSize = SIZES.find((size) => linesAt(size) <= sizes[size].lines) ?? 'small';
  const below = linesAt(headlineSize) * sizes[headlineSize].line + sizes.gap;
  const above = question === null ? 0 : textHeight(question, { face: 'sans', ...small }, frame.width, measure) + small.gap;
  const isTooHigh = above + below > (frame.bottom - frame.top) * MOST_OF_SLIDE;
  return isTooHigh ? { questionLine: null, headlineSize, height: below } : { questionLine: question, headlineSize, height: above + below };
}

/** A header beyond this share of the slide gives up its question line: the notes have it too. */
const MOST_OF_SLIDE = 0.4;

/** Height below a header, in CSS pixels: what content may use. */
export function heightBelow(header: Header, { geometry: { frame } }: Measure): number {
  return Math.max(1, frame.bottom - frame.top - header.height);
}
