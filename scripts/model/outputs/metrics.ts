/** The sizes that the planner knows of the theme: boxes of the slide, widths of text, heights of figures. */
import { z } from 'zod';
import type { Figure } from './figure.ts';

const px = z.number().positive();
const count = z.number().int().positive();
const type = z.strictObject({ size: px, line: px });
const headline = type.extend({ lines: count });
/**
 * Sizes for points: font size and line height, gap between points, indent of a list; font size and line height of tables and code, and
 * the height of a row besides its text.
 */
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
 * `templates/theme/geometry.json`: all sizes that the planner and the theme share, in CSS pixels on the canvas. The theme's style sheets
 * get them as custom properties from the same file (`styles/geometry.ts`), so every size is defined only once.
 */
export const geometrySchema = z.strictObject({
  /** Top of the header, lowest pixel for content (the footer is below), left margin and width. */
  frame: z.strictObject({ top: px, bottom: px, left: px, width: px }),
  question: type.extend({ gap: px }),
  /** A headline takes the largest size at which it needs at most `lines` lines. `part` is the size of the "(2/3)" after it. */
  headline: z.strictObject({ gap: px, large: headline, medium: headline, small: headline, part: px }),
  /** Text alone on the slide, beside a figure, and in the smallest type. */
  text: z.strictObject({ normal: text, beside: text, compact: text }),
  /** `mark` is the height above a quote, `by` the height of the speaker's line below it. */
  quote: z.strictObject({ width: px, mark: px, by: px, normal: text, compact: text }),
  image: z.strictObject({ height: px }),
  /** A figure beside the points, or above them in a strip of at most `strip` height. Figures shrink to `shrink` at the least. */
  figure: z.strictObject({ textWidth: px, gap: px, width: px, strip: px, stripGap: px, shrink: z.number().positive().max(1) }),
  /** Numbers beside the points: possible sizes of a value, largest first; `head` above a value, `between` two numbers. */
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
  /** `deckWidth` is the most that the deck's title takes; `gap` is between the parts. */
  footer: type.extend({ termsWidth: px, deckWidth: px, gap: px }),
  /** The most words on a slide: text alone, beside a figure, below one. */
  words: z.strictObject({ alone: count, beside: count, below: count }),
  /**
   * Possible sizes of title and subtitle, largest first. `box`: height of both halves of the cover. `kicker`: above the title. `between`:
   * between title and subtitle. `height`: the most that the summary takes.
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
  /**
   * Numbered rows with a small detail at their end. The planner chooses the padding within its limits, so that the rows fill the slide.
   */
  takeaways: rows,
  agenda: rows,
  /**
   * `detail`: the earlier headline below a changed one. `mark`: the column of "new" and "changed". `gone`: the line about removed
   * exchanges.
   */
  changes: rows.extend({ mark: px, between: px, gone: px }),
  /** `box`: height of the panel. `interviews`: possible sizes of the interview's title below the section's. */
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
  /** `head`: height of a column besides its titles and links. `titlesHeight`: the most that title and subtitle take. */
  related: type.extend({ columns: count, columnWidth: px, titles: sizes, gap: px, head: px, titlesHeight: px }),
  /** `row` and `head`: height of a row, and of the box about an interview, besides their text. */
  sources: type.extend({ smallSize: px, smallLine: px, row: px, textWidth: px, locatorWidth: px, head: px }),
});
export type Geometry = z.infer<typeof geometrySchema>;
export type TextSize = keyof Geometry['text'];
export type TextStyle = Geometry['text'][TextSize];
export type HeadlineSize = 'large' | 'medium' | 'small';
export type RowSize = 'large' | 'small';

/** The embedded faces: each family upright and italic, normal and bold. */
export const FACES = [
  ...(['serif', 'serif-bold', 'serif-italic', 'serif-bold-italic'] as const),
  ...(['sans', 'sans-bold', 'sans-italic', 'sans-bold-italic'] as const),
  ...(['mono', 'mono-bold', 'mono-italic', 'mono-bold-italic'] as const),
] as const;
export type Face = (typeof FACES)[number];

/** Returns the face of bold, italic or code text inside text of the given face. */
export function faceIn(face: Face, change: 'bold' | 'italic' | 'mono'): Face {
  const [family = 'sans', ...looks] = face.split('-');
  const is = (look: string) => looks.includes(look) || change === look;
  const name = [change === 'mono' ? 'mono' : family, is('bold') ? 'bold' : '', is('italic') ? 'italic' : ''].filter((part) => part !== '');
  return FACES.find((each) => each === name.join('-')) ?? face;
}

/**
 * Returns the width of one line of text in CSS pixels at the given size, without wrapping. The language decides which font provides the
 * quotes, dashes and ellipses that Latin and Chinese share; without a language they are Latin.
 */
export type TextWidth = (text: string, face: Face, size: number, lang?: string) => number;

const bound = new WeakMap<TextWidth, Map<string, TextWidth>>();

/**
 * Returns the same function with a default language. Returns the identical function every time, so that caches keyed by it keep working.
 */
export function inLanguage(width: TextWidth, lang: string): TextWidth {
  const known = bound.get(width) ?? new Map<string, TextWidth>();
  bound.set(width, known);
  const inLang = known.get(lang) ?? ((text, face, size, own) => width(text, face, size, own ?? lang));
  known.set(lang, inLang);
  return inLang;
}

/** The room for a figure on its slide, in CSS pixels. */
export interface FigureRoom {
  width: number;
  height: number;
}

/** Returns the size of a figure in a room, in CSS pixels, and its scale: 1 unless it had to shrink. */
export type FigureSize = (
  figure: Exclude<Figure, { kind: 'number' }>,
  room: FigureRoom,
  lang?: string,
) => { width: number; height: number; scale: number };
