/** The measures of the planner: sizes of the theme and widths of its fonts. Pure; the widths are passed in. */
import { type Face, type FigureSize, type Geometry, inLanguage, type TextStyle, type TextWidth } from '../../model/outputs/metrics.ts';
import { breakLines, breakRuns, inlineRuns } from '../../model/text/lines.ts';
import type { Inline } from '../../model/text/text.ts';

export interface Measure {
  geometry: Geometry;
  width: TextWidth;
  figureSize: FigureSize;
}

/** Returns the same measures for text in a language. */
export function measureIn(lang: string, measure: Measure): Measure {
  return { ...measure, width: inLanguage(measure.width, lang), figureSize: (figure, room) => measure.figureSize(figure, room, lang) };
}

/** Returns the number of lines that text takes in a column, as a browser breaks it. */
export function countLines(text: string, face: Face, size: number, column: number, width: TextWidth): number {
  return breakLines(text, { face, size, column }, width).length;
}

/** Returns the number of lines that code takes in a column. Spaces are kept; a tab counts at its greatest width. */
export function codeLines(code: string, size: number, column: number, width: TextWidth): number {
  return breakLines(code.replaceAll('\t', TAB), { face: 'mono', size, column, spaces: 'kept' }, width).length;
}

/** `tab-size` of `pre` in the theme. */
const TAB = ' '.repeat(4);

/** A text column: its width in CSS pixels and its type. */
export interface Column {
  width: number;
  style: TextStyle;
  /** Default: sans. */
  face?: Face;
}

/** Returns the height of a text in CSS pixels. `line` is the height of a line. */
export function textHeight(text: string, type: { face: Face; size: number; line: number }, column: number, { width }: Measure): number {
  return text === '' ? 0 : countLines(text, type.face, type.size, column, width) * type.line;
}

/** Returns the number of lines of inline text in a column. `tail`: the theme keeps the end of a Chinese paragraph together there. */
export function inlineLines(
  inline: readonly Inline[],
  type: { face?: Face | undefined; size: number },
  column: number,
  width: TextWidth,
  tail = true,
): number {
  return breakRuns(inlineRuns(inline, type.face), { size: type.size, column, tail }, width).length;
}
