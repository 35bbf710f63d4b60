/** Building blocks of drawings. Text stays text: in the page, in the PDF, in a search. */
import type { Face, FigureRoom, TextWidth } from '../../model/outputs/metrics.ts';
import { breakLines } from '../../model/text/lines.ts';
import type { CutWords } from '../../model/text/text-pieces.ts';
import { escapeAttribute, escapeHtml } from '../escape.ts';

/** A figure in its own size, in CSS pixels, before it is scaled to fit a room. */
export interface Drawing {
  width: number;
  height: number;
  /** How much of the height lies above what is drawn. Default: 0. */
  above?: number;
  /** SVG elements. */
  body: string[];
}

/** How text in a figure is set. These sizes are used only in figures; colours come from the theme by class name. */
export interface Type {
  face: Face;
  size: number;
  line: number;
  /** Class in `figures.css`. */
  name: string;
}

export const TYPE = {
  /** Names of nodes, bars and events. */
  label: { face: 'sans', size: 18, line: 23, name: 'label' },
  strong: { face: 'sans-bold', size: 18, line: 23, name: 'strong' },
  /** Values and dates. */
  value: { face: 'sans-bold', size: 19, line: 24, name: 'value' },
  /** Secondary text at an arrow, at an axis or below the label of a card. */
  aside: { face: 'sans', size: 16, line: 20, name: 'aside' },
} as const satisfies Record<string, Type>;

/** The words of the part that proves the headline. */
export const MARKED: Type = { ...TYPE.strong, name: 'strong marked' };

/** Returns the look of a value or date; `mark`: of the part that proves the headline. */
export const valueType = (mark: boolean): Type => (mark ? { ...TYPE.value, name: 'value marked' } : TYPE.value);

/** Returns a drawing as an SVG element at the given scale. `alt` is its text alternative. */
export function toSvg({ width, height, above = 0, body }: Drawing, scale: number, alt: string): string {
  const box = `viewBox="0 ${px(-above)} ${px(width)} ${px(height)}" width="${px(width * scale)}" height="${px(height * scale)}"`;
  return [`<svg role="img" aria-label="${escapeAttribute(alt)}" ${box}>`, ...body, '</svg>'].join('\n');
}

/** Draws lines of text below each other. `y` is the top of the first line; `x` is the left edge, middle or right edge of all lines. */
export function drawText(
  lines: readonly string[],
  { x, y, anchor = 'start' }: { x: number; y: number; anchor?: 'start' | 'middle' | 'end' },
  type: Type,
): string {
  return lines
    .map((line, index) => {
      const baseline = y + (index + 0.5) * type.line + type.size * BASELINE;
      const style = `font-size: ${type.size}px; line-height: ${type.line}px; text-anchor: ${anchor}`;
      return `<text class="${type.name}" x="${px(x)}" y="${px(baseline)}" style="${style}">${escapeHtml(line)}</text>`;
    })
    .join('');
}

/**
 * Distance from the middle of a line down to its baseline, as a share of the font size. Source Sans has an ascent of 0.984 and a descent of
 * 0.273.
 */
const BASELINE = (0.984 - 0.273) / 2;

/** Measures the text of figures. `words` finds the Chinese words that stay on one line; null in other languages. */
export interface TextMeasure {
  width: TextWidth;
  words: CutWords | null;
}

/** Breaks text into lines no wider than `limit`, where the language allows it. */
export function wrap(text: string, limit: number, { face, size }: Type, { width, words }: TextMeasure): string[] {
  const lines = breakLines(text, { face, size, column: limit, tail: true, words }, width);
  // A narrow column may have no room for the undivided end of a Chinese text.
  const isTooWide = lines.some((line) => width(line, face, size) > limit + 0.5);
  return isTooWide ? breakLines(text, { face, size, column: limit, words }, width) : lines;
}

/** Draws a rectangle whose look is the class `name` in `figures.css`. */
export function drawRect(name: string, { x, y, width, height }: { x: number; y: number; width: number; height: number }): string {
  return `<rect class="${name}" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}"/>`;
}

/** Returns `value` from `least` to `most`, without fractions of pixels. */
export function inBounds(value: number, least: number, most: number): number {
  return Math.floor(Math.max(least, Math.min(most, value)) + 1e-6);
}

/** Returns the most that columns and steps take of the height of a room: points below need theirs, and a page of paper is not to be filled. */
export function tallestIn(room: FigureRoom): number {
  if (room.fill === true) return room.height;
  return isStrip(room) ? 120 : Math.max(150, room.width * 0.29);
}

/** In CSS pixels: the least width of a room that spans a slide, also where the figure is drawn at its largest scale in it. */
export const WIDE = 560;

/** Returns whether a figure has a strip above the points, where what it takes is missing below. */
export function isStrip({ width, height, fill }: FigureRoom): boolean {
  return fill !== true && width >= WIDE && height <= 250;
}

/** Returns the width of the widest line. */
export function widest(lines: readonly string[], type: Type, { width }: TextMeasure): number {
  return Math.max(0, ...lines.map((line) => width(line, type.face, type.size)));
}

/** Formats a number of pixels for SVG, with at most two decimals. */
export function px(value: number): string {
  return String(Math.round(value * 100) / 100);
}
