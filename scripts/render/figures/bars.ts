// d3-scale: positions and round ticks on linear and logarithmic axes; small and pure, the base of many chart libraries.
import { scaleLinear, scaleLog } from 'd3-scale';
import type { FigureOf } from '../../model/outputs/figure.ts';
import { barNumbers, barText, withSeparators } from '../../model/outputs/figure.ts';
import type { FigureRoom } from '../../model/outputs/metrics.ts';
import type { FigureContext } from './draw.ts';
import { type Drawing, drawText, px, TYPE, widest, wrap } from './svg.ts';

type Bars = FigureOf<'bars'>;
type Bar = { y: number; height: number; start: number; end: number | null };

const BAR = 20;

/** Draws bars from a common origin, each with its value as text. A logarithmic axis has a line at every power of ten. */
export function drawBars(figure: Bars, room: FigureRoom, context: FigureContext): Drawing {
  const { width, languageTag } = context;
  const rows = figure.items.map((item): Row => {
    const { label, value, to, text } = item;
    return {
      label,
      value: Number(value),
      to: to === undefined ? undefined : Number(to),
      text: barText(item, figure.unit, languageTag),
      whole: text === undefined ? widest([barNumbers(item, languageTag)], TYPE.value, width) : 0,
    };
  });
  return room.width >= 600 ? lying(figure, rows, room.width, context) : standing(figure, rows, room.width, context);
}

interface Row {
  label: string;
  value: number;
  to: number | undefined;
  /** The text at the bar. */
  text: string;
  /** The width of the widest part that may not be broken, in CSS pixels: a number is not split over two lines. */
  whole: number;
}

/** Draws label, bar and value side by side. */
function lying(figure: Bars, rows: readonly Row[], total: number, context: FigureContext): Drawing {
  const { width } = context;
  const labels = rows.map(({ label }) => wrap(label, 270, TYPE.label, width));
  const values = rows.map(({ text, whole }) => wrap(text, Math.max(190, whole + 1), TYPE.value, width));
  const left = Math.max(...labels.map((lines) => widest(lines, TYPE.label, width))) + 24;
  const right = Math.max(...values.map((lines) => widest(lines, TYPE.value, width))) + 18;
  const track = { x: left, width: total - left - right };
  const place = placer(figure, rows, track.width);
  let y = 0;
  const body: string[] = [];
  const bars: Bar[] = rows.map((row, index) => {
    const label = labels[index] ?? [];
    const value = values[index] ?? [];
    const height = Math.max(label.length * TYPE.label.line, value.length * TYPE.value.line, BAR);
    const bar = { y: y + (height - BAR) / 2, height: BAR, start: place(row.value), end: row.to === undefined ? null : place(row.to) };
    body.push(drawText(label, { x: 0, y: y + (height - label.length * TYPE.label.line) / 2 }, TYPE.label));
    const end = track.x + (bar.end ?? bar.start);
    body.push(drawText(value, { x: end + 12, y: y + (height - value.length * TYPE.value.line) / 2 }, TYPE.value));
    y += height + 14;
    return bar;
  });
  const height = y - 14;
  return withAxis(figure, { width: total, height, body: [...bars.map((bar) => drawBar(bar, track.x)), ...body] }, track, place, context);
}

/** Draws label and value above the bar. */
function standing(figure: Bars, rows: readonly Row[], total: number, context: FigureContext): Drawing {
  const { width } = context;
  const place = placer(figure, rows, total);
  let y = 0;
  const body: string[] = [];
  const bars: Bar[] = rows.map((row) => {
    const value = wrap(row.text, Math.min(Math.max(total * 0.55, row.whole + 1), total * 0.75), TYPE.value, width);
    const label = wrap(row.label, total - widest(value, TYPE.value, width) - 14, TYPE.label, width);
    const top = Math.max(label.length * TYPE.label.line, value.length * TYPE.value.line);
    body.push(drawText(label, { x: 0, y: y + top - label.length * TYPE.label.line }, TYPE.label));
    body.push(drawText(value, { x: total, y: y + top - value.length * TYPE.value.line, anchor: 'end' }, TYPE.value));
    const bar = { y: y + top + 5, height: 16, start: place(row.value), end: row.to === undefined ? null : place(row.to) };
    y += top + 5 + 16 + 18;
    return bar;
  });
  const drawing = { width: total, height: y - 18, body: [...bars.map((bar) => drawBar(bar, 0, total)), ...body] };
  // No lines: they would run through the labels.
  return withAxis(figure, drawing, { x: 0, width: total }, { start: place.start, ticks: [] }, context);
}

/** Draws one bar. A range is light up to its start and dark from there, so that the parts differ in more than colour. */
function drawBar({ y, height, start, end }: Bar, x: number, track: number | null = null): string {
  const rect = (name: string, from: number, to: number) =>
    `<rect class="${name}" x="${px(x + from)}" y="${px(y)}" width="${px(Math.max(1, to - from))}" height="${px(height)}"/>`;
  const background = track === null ? '' : rect('track', 0, track);
  // A bar of 0 has no length. Every other bar is at least one pixel wide.
  const lead = start === 0 ? '' : rect(end === null ? 'fill' : 'lead', 0, start);
  return background + lead + (end === null ? '' : rect('fill', start, end));
}

/** Adds a note below the bars that the axis is logarithmic and where it begins, and a line behind them at each power of ten. */
function withAxis(
  { scale }: Bars,
  drawing: Drawing,
  track: { x: number; width: number },
  { start, ticks }: Axis,
  { width, languageTag, words }: FigureContext,
): Drawing {
  if (scale === 'linear') return drawing;
  const lines = ticks.map((tick) => `<path class="grid" d="M${px(track.x + tick)} -4 V${px(drawing.height + 4)}"/>`);
  const note = words.logScale.replaceAll('{start}', withSeparators(String(start), languageTag));
  const caption = wrap(note, drawing.width - track.x, TYPE.aside, width);
  const text = drawText(caption, { x: track.x, y: drawing.height + 10 }, TYPE.aside);
  return { ...drawing, height: drawing.height + 10 + caption.length * TYPE.aside.line, body: [...lines, ...drawing.body, text] };
}

/** Turns a value into pixels from the origin, which lies at the value `start`. `ticks` are the powers of ten of a logarithmic axis. */
type Placer = ((value: number) => number) & Axis;

interface Axis {
  start: number;
  ticks: readonly number[];
}

function placer({ scale }: Bars, rows: readonly Row[], length: number): Placer {
  const values = rows.flatMap(({ value, to }) => (to === undefined ? [value] : [value, to]));
  const highest = Math.max(...values);
  // Zero has no length on any scale; d3 would put it in the middle.
  if (highest === 0) return Object.assign(() => 0, { start: 0, ticks: [] });
  if (scale === 'linear') return Object.assign(scaleLinear([0, highest], [0, length]), { start: 0, ticks: [] });
  // A logarithmic axis has no zero. It starts a power of ten below the smallest value, so that every bar is visible.
  const start = 10 ** (Math.ceil(Math.log10(Math.min(...values))) - 1);
  const place = scaleLog([start, highest], [0, length]);
  const ticks = place.ticks().filter((tick) => Number.isInteger(Math.round(Math.log10(tick) * 1e9) / 1e9));
  return Object.assign(place, { start, ticks: ticks.map(place) });
}
