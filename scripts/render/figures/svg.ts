/** The pieces that drawings are put together from. Text stays text: in the page, in the PDF, in a search. */
import type { Face, TextWidth } from '../../model/outputs/metrics.ts';
import { breakLines } from '../../model/text/lines.ts';
import { escapeAttribute, escapeHtml } from '../escape.ts';

/** A figure in its own size, in CSS pixels, before it is fitted into a room. */
export interface Drawing {
  width: number;
  height: number;
  /** SVG elements. */
  body: string[];
}

/** How text in a figure is set. The sizes are at home in figures alone; colours come from the theme by class name. */
export interface Type {
  face: Face;
  size: number;
  line: number;
  /** Class in `figures.css`. */
  name: string;
}

export const TYPE = {
  /** What a figure is about: names of nodes, bars, events. */
  label: { face: 'sans', size: 18, line: 23, name: 'label' },
  strong: { face: 'sans-bold', size: 18, line: 23, name: 'strong' },
  /** Values and dates. */
  value: { face: 'sans-bold', size: 19, line: 24, name: 'value' },
  /** What is said besides: at an arrow, at an axis. */
  aside: { face: 'sans', size: 16, line: 20, name: 'aside' },
} as const satisfies Record<string, Type>;

/** A drawing as an SVG element of the given scale; its words for those who cannot see it are `alt`. */
export function toSvg({ width, height, body }: Drawing, scale: number, alt: string): string {
  const box = `viewBox="0 0 ${px(width)} ${px(height)}" width="${px(width * scale)}" height="${px(height * scale)}"`;
  return [`<svg role="img" aria-label="${escapeAttribute(alt)}" ${box}>`, ...body, '</svg>'].join('\n');
}

/** Lines of text one below the other, the first with its top at `y`; `x` is their left edge, middle or right edge. */
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

/** From the middle of a line down to its baseline, as a share of the size: Source Sans rises 0.984 and falls 0.273. */
const BASELINE = (0.984 - 0.273) / 2;

/** Lines no wider than the limit, broken where the language allows it. */
export function wrap(text: string, limit: number, { face, size }: Type, width: TextWidth): string[] {
  return breakLines(text, { face, size, column: limit, tail: true }, width);
}

/** Width of the widest line. */
export function widest(lines: readonly string[], type: Type, width: TextWidth): number {
  return Math.max(0, ...lines.map((line) => width(line, type.face, type.size)));
}

/** A number of pixels as SVG writes it, two places at most. */
export function px(value: number): string {
  return String(Math.round(value * 100) / 100);
}
