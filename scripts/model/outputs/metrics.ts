/** What the planner knows of the look: sizes of the slide's boxes, the width of text, the height of figures. */
import { z } from 'zod';
import type { Figure } from './figure.ts';

const px = z.number().positive();
const count = z.number().int().positive();
const type = z.strictObject({ size: px, line: px });
const headline = type.extend({ lines: count });
/** Points: size and line of the text, gap between points, indent of a list; size and line in tables and code, and what a row takes besides its text. */
const text = type.extend({ gap: px, indent: px, table: px, tableLine: px, cell: px });
const sizes = z.array(px).min(1);
const rows = z.strictObject({
  width: px,
  detail: type.extend({ width: px }),
  padding: z.strictObject({ least: px, most: px }),
  large: type,
  small: type,
});

/**
 * `templates/theme/geometry.json`: every size that planner and theme share, in CSS pixels on the canvas. The theme's style sheets read the same file
 * (`styles/geometry.ts` makes custom properties of it), so a size stands in one place only.
 */
export const geometrySchema = z.strictObject({
  /** Where a slide's header starts, the lowest pixel that content may use (the footer is below), left margin and width. */
  frame: z.strictObject({ top: px, bottom: px, left: px, width: px }),
  question: type.extend({ gap: px }),
  /** A headline takes the largest size at which it needs no more than `lines`; `part` is the size of "(2/3)" behind it. */
  headline: z.strictObject({ gap: px, large: headline, medium: headline, small: headline, part: px }),
  /** Alone on the slide, beside a figure, and where nothing else helps. */
  text: z.strictObject({ normal: text, beside: text, compact: text }),
  /** `mark` above a quote, `by` below it: who says so. */
  quote: z.strictObject({ width: px, mark: px, by: px, normal: text, compact: text }),
  image: z.strictObject({ height: px }),
  /** A figure beside the points, or above them as a strip of at most so much height. Figures shrink to `shrink` at the least. */
  figure: z.strictObject({ textWidth: px, gap: px, width: px, strip: px, stripGap: px, shrink: z.number().positive().max(1) }),
  /** Numbers beside the points: the sizes that values may have, the largest first; `head` above a value, `between` two numbers. */
  number: z.strictObject({
    textWidth: px,
    gap: px,
    width: px,
    values: z.array(px).min(1),
    head: px,
    label: px,
    labelLine: px,
    between: px,
  }),
  /** `deckWidth`: at most so much of it is the deck's title; `gap` stands between its parts. */
  footer: type.extend({ termsWidth: px, deckWidth: px, gap: px }),
  /** Most words on a slide: text alone, beside a figure, below one. */
  words: z.strictObject({ alone: count, beside: count, below: count }),
  /**
   * Sizes that the title and the subtitle may have, the largest first. `box`: the height of both halves of the cover; `kicker` stands above the title,
   * `between` title and subtitle; `height` is the most that the summary takes.
   */
  cover: type.extend({
    width: px,
    titleWidth: px,
    titles: sizes,
    subtitles: sizes,
    gap: px,
    height: px,
    box: px,
    kicker: px,
    between: px,
    /** `row` and `column` are the gaps between people. */
    people: type.extend({ row: px, column: px }),
    interviews: type.extend({ head: px }),
  }),
  /** Numbered rows with a small detail at their end; the planner chooses the padding between its limits, so that they fill the slide. */
  takeaways: rows,
  agenda: rows,
  /** `detail` is the earlier headline below a changed one, `mark` the column of "new" and "changed", `gone` the line about exchanges that are gone. */
  changes: rows.extend({ mark: px, between: px, gone: px }),
  /** `box`: the height of the panel; `interviews`: the sizes of the interview's title below that of the section. */
  section: type.extend({
    panel: px,
    width: px,
    gap: px,
    words: count,
    titleWidth: px,
    titles: sizes,
    box: px,
    kicker: px,
    interviews: sizes,
    between: px,
  }),
  glossary: type.extend({ term: px, termLine: px, gap: px, columnWidth: px, columns: count }),
  /** `head`: what a column takes besides its titles and links; `titlesHeight`: the most that title and subtitle take. */
  related: type.extend({ columns: count, columnWidth: px, titles: sizes, gap: px, head: px, titlesHeight: px }),
  /** `row` and `head`: what a row, and the box about an interview, take besides their text. */
  sources: type.extend({ smallSize: px, smallLine: px, row: px, textWidth: px, locatorWidth: px, head: px }),
});
export type Geometry = z.infer<typeof geometrySchema>;
export type TextSize = keyof Geometry['text'];
export type TextStyle = Geometry['text'][TextSize];
export type HeadlineSize = 'large' | 'medium' | 'small';
export type RowSize = 'large' | 'small';

/** The faces that the theme embeds: each family upright and italic, normal and bold. */
export const FACES = [
  ...(['serif', 'serif-bold', 'serif-italic', 'serif-bold-italic'] as const),
  ...(['sans', 'sans-bold', 'sans-italic', 'sans-bold-italic'] as const),
  ...(['mono', 'mono-bold', 'mono-italic', 'mono-bold-italic'] as const),
] as const;
export type Face = (typeof FACES)[number];

/** A face as it is where text in it is made bold or italic, or set as code. */
export function faceIn(face: Face, change: 'bold' | 'italic' | 'mono'): Face {
  const [family = 'sans', ...looks] = face.split('-');
  const is = (look: string) => looks.includes(look) || change === look;
  const name = [change === 'mono' ? 'mono' : family, is('bold') ? 'bold' : '', is('italic') ? 'italic' : ''].filter((part) => part !== '');
  return FACES.find((each) => each === name.join('-')) ?? face;
}

/**
 * Width of one line of text in CSS pixels at the given size, without wrapping. The language decides from which font come the quotes, dashes and
 * ellipses that Latin and Chinese text share; without one they are Latin.
 */
export type TextWidth = (text: string, face: Face, size: number, lang?: string) => number;

const bound = new WeakMap<TextWidth, Map<string, TextWidth>>();

/** The same widths for text in a language, where the caller does not say another. The same function every time: what was measured with it is remembered by it. */
export function inLanguage(width: TextWidth, lang: string): TextWidth {
  const known = bound.get(width) ?? new Map<string, TextWidth>();
  bound.set(width, known);
  const inLang = known.get(lang) ?? ((text, face, size, own) => width(text, face, size, own ?? lang));
  known.set(lang, inLang);
  return inLang;
}

/** Room for a figure on its slide, in CSS pixels. */
export interface FigureRoom {
  width: number;
  height: number;
}

/** How a figure comes out in a room: its size in CSS pixels, and its scale, 1 unless it had to shrink. */
export type FigureSize = (
  figure: Exclude<Figure, { kind: 'number' }>,
  room: FigureRoom,
  lang?: string,
) => { width: number; height: number; scale: number };
