/** What the planner knows of the look: sizes of the slide's boxes and the width of text. Read from the theme, so that look and plan cannot drift apart. */
import { z } from 'zod';

const px = z.number().positive();

const typeSize = z.strictObject({ size: px, lineHeight: z.number().min(1).max(2) });

/** `templates/theme/geometry.json`: every size the planner needs, in CSS pixels on the canvas. The theme's CSS has the same sizes. */
export const geometrySchema = z.strictObject({
  /** Top of the question line, and the lowest pixel that content may use (the footer is below). */
  top: px,
  bottom: px,
  question: typeSize,
  headline: typeSize.extend({ width: px, gapBefore: px, gapAfter: px }),
  body: typeSize.extend({ gap: px, indent: px, width: px }),
  table: typeSize.extend({ cellPadding: px }),
  image: z.strictObject({ height: px }),
  footer: z.strictObject({ size: px, termsWidth: px }),
  related: z.strictObject({ columns: px, columnWidth: px, top: px }),
  /** The text column beside a figure, the size of the text in it, and the gap between the two. */
  figure: z.strictObject({ textWidth: px, textSize: px, width: px }),
  /** Words on one slide, and on one that also shows a figure. */
  words: z.strictObject({ alone: px, besideFigure: px }),
  glossary: typeSize.extend({ term: px, gap: px, columnWidth: px, columns: px, top: px }),
  /** Height that a row takes besides its text; width of its two columns of text; the boxes above the rows that say where interviews were published. */
  sources: typeSize.extend({ rowPadding: px, textWidth: px, locatorWidth: px, interviewSize: px, interviewPadding: px, top: px }),
});
export type Geometry = z.infer<typeof geometrySchema>;

/** The faces the theme embeds. */
export type Face = 'serif-bold' | 'sans' | 'sans-italic' | 'sans-bold' | 'mono';

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
