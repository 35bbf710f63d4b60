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
  /** A headline takes the largest size at which it needs at most `lines` lines. `continued` is the size of the "(2/3)" after it. */
  headline: z.strictObject({ gap: px, large: headline, medium: headline, small: headline, continued: px }),
  /** From the largest type to the smallest. */
  text: z.strictObject({ normal: text, beside: text, compact: text, small: text }),
  /** `mark` is the height above a quote, `by` the height of the speaker's line below it. */
  quote: z.strictObject({ width: px, mark: px, by: px, normal: text, compact: text }),
  image: z.strictObject({ height: px }),
  /** Possible widths of a figure beside the points; gaps beside it and below one in a strip. Figures shrink to `shrink` at the least. */
  figure: z.strictObject({ widths: sizes, gap: px, stripGap: px, shrink: z.number().positive().max(1) }),
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
    /** Numbers side by side above the points: `gap` between two of them, `below` all of them. */
    strip: z.strictObject({ values: sizes, gap: px, label: px, labelLine: px, below: px }),
  }),
  /** `deckWidth` is the most that the deck's title takes; `gap` is between the parts. */
  footer: type.extend({ termsWidth: px, deckWidth: px, gap: px }),
  /** The most words of points that are drafted from a transcript. */
  draft: z.strictObject({ words: count }),
  /**
   * `claims`: possible sizes of the claim, largest first. `box`: height of the cover. `kicker`: height of the theme's title with the gap below.
   * `between`: between claim, subtitle, people and the lines about interviews, which are set in `foot`.
   */
  cover: z.strictObject({
    claimWidth: px,
    claims: sizes,
    subtitle: type,
    box: px,
    kicker: px,
    between: px,
    /** `row` and `column` are the gaps between people. */
    people: type.extend({ row: px, column: px }),
    foot: type,
  }),
  /** `mark`: the column of roles. The planner chooses the padding within its limits, so that the rows fill the slide. */
  summary: rows.extend({ mark: px }),
  /**
   * `detail`: the earlier headline below a changed one. `mark`: the column of "new" and "changed". `gone`: the line about removed
   * exchanges.
   */
  changes: rows.extend({ mark: px, detail: type.extend({ width: px }), between: px, gone: px }),
  /** `gap`: between columns. `head`: height of a column's title. `between`: below a statement. */
  certainty: z.strictObject({ gap: px, head: px, between: px, large: type, medium: type, small: type }),
  /**
   * `panel`: width of the answer's panel. `gap`: between it and the boxes, `between`: between two boxes. `inset` and `padding`: beside and above
   * the text of panel and boxes. `claims` and `supports`: possible sizes of the answer and of what carries it, largest first.
   * `openGap`: above what stays open.
   */
  map: z.strictObject({
    panel: px,
    gap: px,
    between: px,
    inset: px,
    padding: px,
    claims: sizes,
    supports: sizes,
    openGap: px,
    open: type,
  }),
  /** `sizes`: possible type of the definitions, with that of the terms, largest first. */
  glossary: z.strictObject({ sizes: z.array(type.extend({ term: px, termLine: px })).min(1), gap: px, columnWidth: px, columns: count }),
  /** `head`: height of a column besides its titles and links. `titlesHeight`: the most that title and subtitle take. */
  related: type.extend({ columns: count, columnWidth: px, titles: sizes, gap: px, head: px, titlesHeight: px }),
  /**
   * `sizes`: possible type, largest first. `small`: type of what is higher than a slide in the last of them. `row`, `section` and `head`: height
   * of a row, of a section's title and of the box about an interview, besides their text.
   */
  sources: z.strictObject({
    sizes: z.array(type).min(1),
    small: type,
    columns: count,
    columnWidth: px,
    textWidth: px,
    inset: px,
    row: px,
    section: px,
    head: px,
  }),
});
export type Geometry = z.infer<typeof geometrySchema>;
export type TextSize = keyof Geometry['text'];
export type TextStyle = Geometry['text'][TextSize];
export type HeadlineSize = 'large' | 'medium' | 'small';
export type CertaintySize = HeadlineSize;
export type Type = z.infer<typeof type>;
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
  /** The largest scale at which a figure is drawn where it would leave much of the room empty. Defaults to 1. */
  most?: number;
  /** Whether the figure takes all of the height: it is drawn as high as it may be, and stands in the middle. */
  fill?: boolean;
}

/** Returns the size of a figure in a room, in CSS pixels, and its scale: 1 unless it had to shrink or was enlarged. */
export type FigureSize = (
  figure: Exclude<Figure, { kind: 'number' }>,
  room: FigureRoom,
  lang?: string,
) => { width: number; height: number; scale: number };
