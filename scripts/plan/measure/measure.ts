/** The measures of the planner: sizes of the theme and widths of its fonts. Pure; the widths are passed in. */
import { type Face, type FigureSize, type Geometry, inLanguage, type TextStyle, type TextWidth } from '../../model/outputs/metrics.ts';
import { breakLines, breakRuns, inlineRuns } from '../../model/text/lines.ts';
import { type Inline, inlineToPlain, type Stretch, sliceInline } from '../../model/text/text.ts';
import { type CutWords, cutTail, widthBetween, wordsIn, wordsInInline, wordsOfLanguage } from '../../model/text/text-pieces.ts';

export interface Measure {
  geometry: Geometry;
  width: TextWidth;
  figureSize: FigureSize;
  /** Finds the words of Chinese text, which titles and paragraphs keep whole. */
  words: CutWords;
  /** The language of the text; without one it may be Chinese. */
  lang?: string;
}

/** Returns the same measures for text in a language. */
export function measureIn(lang: string, measure: Measure): Measure {
  return {
    ...measure,
    lang,
    width: inLanguage(measure.width, lang),
    figureSize: (figure, room) => measure.figureSize(figure, room, lang),
  };
}

/** Returns what finds the words that are kept whole. Null for text in another language than Chinese. */
export function keptWords({ words, lang }: Pick<Measure, 'words' | 'lang'>): CutWords | null {
  return lang === undefined ? words : wordsOfLanguage(lang, words);
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

/** Returns the number of lines that a title takes in a column: a text of front matter, whose words the theme keeps whole. */
export function titleLines(text: string, face: Face, size: number, column: number, measure: Measure): number {
  return breakLines(text, { face, size, column, words: keptWords(measure) }, measure.width).length;
}

/** Returns the height of a title in CSS pixels, as textHeight and titleLines do. */
export function titleHeight(text: string, type: { face: Face; size: number; line: number }, column: number, measure: Measure): number {
  return text === '' ? 0 : titleLines(text, type.face, type.size, column, measure) * type.line;
}

/** The type of inline text. */
interface InlineType {
  face?: Face | undefined;
  size: number;
}

/** Returns the number of lines of a paragraph in a column. The theme keeps its words whole, and the end of a Chinese one together. */
export function paragraphLines(inline: readonly Inline[], type: InlineType, column: number, measure: Measure): number {
  const runs = inlineRuns(inline, type.face);
  return breakRuns(runs, { size: type.size, column, tail: true, words: keptWords(measure) }, measure.width).length;
}

/** Returns the number of lines of a table's cell, in which nothing is kept together. */
export function cellLines(inline: readonly Inline[], type: InlineType, column: number, width: TextWidth): number {
  return breakRuns(inlineRuns(inline, type.face), { size: type.size, column }, width).length;
}

// The words of a text at which one of its lines may end. Only these have to be kept whole, which saves most of the marks on the page

/**
 * Returns the words of a title that are kept whole. None when it fits on one line, or is not Chinese. `beside`: text of about the length of
 * what stands on the same lines; then all words are kept.
 */
export function titleWords(text: string, face: Face, size: number, column: number, beside: string, measure: Measure): Stretch[] {
  const cut = keptWords(measure);
  if (cut === null) return [];
  const lines = titleLines(`${text}${beside}`, face, size, column, measure);
  if (lines === 1) return [];
  const widthTo = (offset: number) => measure.width(text.slice(0, offset), face, size);
  const words = measureWords(wordsIn(text, cut), widthTo, column);
  const kept = beside === '' ? wordsAtEnds(words, { lines, column, size, total: widthTo(text.length) }) : words;
  return kept.map(({ word }) => word);
}

/** Returns the words of a paragraph that are kept whole, as stretches of its plain text. */
export function paragraphWords(inline: readonly Inline[], type: InlineType, column: number, measure: Measure): Stretch[] {
  const cut = keptWords(measure);
  if (cut === null) return [];
  const lines = paragraphLines(inline, type, column, measure);
  if (lines === 1) return [];
  const runs = inlineRuns(inline, type.face);
  const widthTo = (offset: number) => {
    const before = inlineRuns(sliceInline(inline, 0, offset), type.face);
    return widthBetween(before, 0, offset, type.size, measure.width);
  };
  const measured = measureWords(wordsInInline(inline, cut), widthTo, column);
  const words = measured.map(({ word }) => word);
  // Each line of such a paragraph ends where it likes.
  if (runs.some(({ text }) => text === '\n')) return words;
  const atEnds = wordsAtEnds(measured, { lines, column, size: type.size, total: widthTo(Number.POSITIVE_INFINITY) });
  const kept = new Set(atEnds.map(({ word }) => word));
  // The words of the tail decide where it begins.
  const [head] = cutTail(inline, words);
  const tail = inlineToPlain(head).length;
  return words.filter((word) => word[1] > tail || kept.has(word));
}

/** A word of a text that is set on one line: where it starts and ends there, in CSS pixels. */
interface MeasuredWord {
  word: Stretch;
  start: number;
  end: number;
}

/** Returns the words with their places, but for those that are wider than the column: they have to be broken. */
function measureWords(words: readonly Stretch[], widthTo: (offset: number) => number, column: number): MeasuredWord[] {
  return words.map((word) => ({ word, start: widthTo(word[0]), end: widthTo(word[1]) })).filter(({ start, end }) => end - start <= column);
}

/**
 * Returns the words that may stand where a line ends, however evenly a browser fills a number of lines: the lines before and those after
 * hold no more than their columns.
 */
function wordsAtEnds(
  words: readonly MeasuredWord[],
  { lines, column, size, total }: { lines: number; column: number; size: number; total: number },
): MeasuredWord[] {
  // What hangs out of a line, such as a space at its end, takes no room there.
  const hanging = size * Math.max(1, lines / 4);
  const ends = Array.from({ length: lines - 1 }, (_, index) => ({
    least: total - (lines - 1 - index) * column - hanging,
    most: (index + 1) * column + hanging,
  }));
  return words.filter(({ start, end }) => ends.some(({ least, most }) => end > least && start < most));
}
