/** Draws figures of lengths on a true scale: bars, spans of time from zero, and bars in two directions from a zero line. */
// d3-scale: positions and round ticks on linear and logarithmic axes; small and pure, the base of many chart libraries.
import { scaleLinear, scaleLog } from 'd3-scale';
import { barNumbers, barText, type FigureOf, withSeparators } from '../../model/outputs/figure.ts';
import type { FigureRoom } from '../../model/outputs/metrics.ts';
import type { FigureContext } from './draw.ts';
import {
  type Drawing,
  drawRect,
  drawText,
  inBounds,
  isStrip,
  MARKED,
  px,
  type TextMeasure,
  TYPE,
  valueType,
  WIDE,
  widest,
  wrap,
} from './svg.ts';

type Bars = FigureOf<'bars'>;
type PlacedBar = { y: number; height: number; start: number; end: number | null; mark: boolean };

const BAR = 20;

/** Draws bars from a common origin, each with its value as text. A logarithmic axis has a line at every power of ten. */
export function drawBars(figure: Bars, room: FigureRoom, context: FigureContext): Drawing {
  const { measure, languageTag } = context;
  const rows = figure.items.map((item): Row => {
    const { label, value, to, text, mark } = item;
    return {
      label,
      mark,
      value: Number(value),
      to: to === undefined ? undefined : Number(to),
      text: barText(item, figure.unit, languageTag),
      whole: text === undefined ? widest([barNumbers(item, languageTag)], TYPE.value, measure) : 0,
    };
  });
  return room.width >= WIDE ? lying(figure, rows, room.width, context) : standing(figure, rows, room.width, context);
}

interface Row {
  label: string;
  mark: boolean;
  value: number;
  to: number | undefined;
  /** The text at the bar. */
  text: string;
  /** The width of the widest part that may not be broken, in CSS pixels: a number is not split over two lines. */
  whole: number;
}

/** Draws label, bar and value side by side. */
function lying(figure: Bars, rows: readonly Row[], total: number, context: FigureContext): Drawing {
  const { measure } = context;
  const labels = rows.map(({ label }) => wrap(label, 270, TYPE.label, measure));
  const values = rows.map(({ text, whole }) => wrap(text, Math.max(190, whole + 1), TYPE.value, measure));
  const left = Math.max(...labels.map((lines) => widest(lines, TYPE.label, measure))) + 24;
  const right = Math.max(...values.map((lines) => widest(lines, TYPE.value, measure))) + 18;
  const track = { x: left, width: total - left - right };
  const place = placer(figure, rows, track.width);
  let y = 0;
  const body: string[] = [];
  const bars: PlacedBar[] = rows.map((row, index) => {
    const label = labels[index] ?? [];
    const value = values[index] ?? [];
    const height = Math.max(label.length * TYPE.label.line, value.length * TYPE.value.line, BAR);
    const bar = barOf(row, { y: y + (height - BAR) / 2, height: BAR }, place);
    body.push(drawText(label, { x: 0, y: y + (height - label.length * TYPE.label.line) / 2 }, TYPE.label));
    const end = track.x + (bar.end ?? bar.start);
    body.push(drawText(value, { x: end + 12, y: y + (height - value.length * TYPE.value.line) / 2 }, valueType(row.mark)));
    y += height + 14;
    return bar;
  });
  const height = y - 14;
  return withAxis(figure, { width: total, height, body: [...bars.map((bar) => drawBar(bar, track.x)), ...body] }, track, place, context);
}

/** Draws label and value above the bar. */
function standing(figure: Bars, rows: readonly Row[], total: number, context: FigureContext): Drawing {
  const { measure } = context;
  const place = placer(figure, rows, total);
  let y = 0;
  const body: string[] = [];
  const bars: PlacedBar[] = rows.map((row) => {
    const value = wrap(row.text, Math.min(Math.max(total * 0.55, row.whole + 1), total * 0.75), TYPE.value, measure);
    const label = wrap(row.label, total - widest(value, TYPE.value, measure) - 14, TYPE.label, measure);
    const top = Math.max(label.length * TYPE.label.line, value.length * TYPE.value.line);
    body.push(drawText(label, { x: 0, y: y + top - label.length * TYPE.label.line }, TYPE.label));
    body.push(drawText(value, { x: total, y: y + top - value.length * TYPE.value.line, anchor: 'end' }, valueType(row.mark)));
    const bar = barOf(row, { y: y + top + 5, height: 16 }, place);
    y += top + 5 + 16 + 18;
    return bar;
  });
  const drawing = { width: total, height: y - 18, body: [...bars.map((bar) => drawBar(bar, 0, total)), ...body] };
  // No lines: they would run through the labels.
  return withAxis(figure, drawing, { x: 0, width: total }, { start: place.start, ticks: [] }, context);
}

function barOf({ value, to, mark }: Row, { y, height }: { y: number; height: number }, place: (value: number) => number): PlacedBar {
  return { y, height, start: place(value), end: to === undefined ? null : place(to), mark };
}

/** Draws one bar. A range is light up to its start and dark from there, so that the parts differ in more than colour. */
function drawBar({ y, height, start, end, mark }: PlacedBar, x: number, track: number | null = null): string {
  const rect = (name: string, from: number, to: number) =>
    `<rect class="${name}" x="${px(x + from)}" y="${px(y)}" width="${px(Math.max(1, to - from))}" height="${px(height)}"/>`;
  const background = track === null ? '' : rect('track', 0, track);
  const [shape, pale] = mark ? ['shape marked', 'pale marked'] : ['shape', 'pale'];
  // A bar of 0 has no length. Every other bar is at least one pixel wide.
  const lead = start === 0 ? '' : rect(end === null ? shape : pale, 0, start);
  return background + lead + (end === null ? '' : rect(shape, start, end));
}

/** Adds a note below the bars that the axis is logarithmic and where it begins, and a line behind them at each power of ten. */
function withAxis(
  { scale }: Bars,
  drawing: Drawing,
  track: { x: number; width: number },
  { start, ticks }: Axis,
  { measure, languageTag, labels }: FigureContext,
): Drawing {
  if (scale === 'linear') return drawing;
  const lines = ticks.map((tick) => `<path class="grid" d="M${px(track.x + tick)} -4 V${px(drawing.height + 4)}"/>`);
  const note = labels.logScale.replaceAll('{start}', withSeparators(String(start), languageTag));
  const caption = wrap(note, drawing.width - track.x, TYPE.aside, measure);
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

// Spans of time from zero

const SPAN = 18;
const POINT = 7;

/** Draws spans below each other and their axis at the bottom, with ticks at round numbers. */
export function drawHorizon(
  { unit, start, length, spans }: FigureOf<'horizon'>,
  room: FigureRoom,
  { measure, languageTag }: FigureContext,
): Drawing {
  const total = room.width;
  const place = scaleLinear([0, Number(length)], [POINT, total - POINT]);
  const rows = spans.map(({ label, from, to, mark }) => {
    const type = mark ? MARKED : TYPE.label;
    const bar = { start: place(Number(from)), end: place(Number(to ?? from)), isPoint: to === undefined };
    const text = placeLabel(label, bar, total, measure, mark ? TYPE.strong : TYPE.label);
    const words = text.lines.length * type.line;
    const height = text.side === 'above' ? words + 3 + SPAN : Math.max(SPAN, words);
    return { mark, type, bar, text, words, height };
  });
  const ticks = roundTicks(
    place,
    total,
    (tick, isLast) => (tick === 0 ? start : tickText(tick, isLast ? unit : null, languageTag)),
    measure,
  );
  const foot = 17 + Math.max(...ticks.map(({ lines }) => lines.length)) * TYPE.aside.line;
  const gap = rowGap(rows, foot, room);
  let y = 0;
  const body = rows.map(({ mark, type, bar, text, words, height }) => {
    const isAbove = text.side === 'above';
    const top = isAbove ? y + height - SPAN : y + (height - SPAN) / 2;
    const at = isAbove ? y : y + (height - words) / 2;
    const name = mark ? 'shape marked' : 'shape';
    const shape = bar.isPoint
      ? `<circle class="${name}" cx="${px(bar.start)}" cy="${px(top + SPAN / 2)}" r="${POINT}"/>`
      : drawRect(name, { x: bar.start, y: top, width: Math.max(1, bar.end - bar.start), height: SPAN });
    y += height + gap;
    return shape + drawText(text.lines, { x: text.x, y: at, anchor: text.anchor }, type);
  });
  const axis = y - gap + 8;
  return {
    width: total,
    height: y - gap + foot,
    body: [
      ...body,
      `<path class="base" d="M${px(place(0))} ${px(axis)} H${px(place(Number(length)))}"/>`,
      ...ticks.map(({ at }) => `<path class="base" d="M${px(at)} ${px(axis)} V${px(axis + 6)}"/>`),
      ...ticks.map(({ x, lines, anchor }) => drawText(lines, { x, y: axis + 9, anchor }, TYPE.aside)),
    ],
  };
}

/** Returns the gap between rows: wider where the room has height to spare. `foot` is the height of all else. */
function rowGap(rows: readonly { height: number }[], foot: number, room: FigureRoom): number {
  if (isStrip(room)) return LEAST_ROW_GAP;
  const least = rows.reduce((sum, { height }) => sum + height + LEAST_ROW_GAP, -LEAST_ROW_GAP);
  return LEAST_ROW_GAP + inBounds((room.height - foot - least) / Math.max(1, rows.length - 1), 0, MOST_ROW_GAP - LEAST_ROW_GAP);
}

const LEAST_ROW_GAP = 10;
const MOST_ROW_GAP = 26;

type Anchor = 'start' | 'middle' | 'end';

/** Places a label to the right of its bar, else to the left, else above it: where it needs the fewest lines. */
function placeLabel(
  label: string,
  { start, end, isPoint }: { start: number; end: number; isPoint: boolean },
  total: number,
  measure: TextMeasure,
  type: typeof TYPE.strong | typeof TYPE.label,
): { side: 'beside' | 'above'; lines: string[]; x: number; anchor: Anchor } {
  const space = 10 + (isPoint ? POINT : 0);
  const whole = widest([label], type, measure);
  const right = total - end - space;
  const left = start - space;
  const enough = Math.min(whole + 1, Math.max(LEAST_LABEL, total * 0.3));
  if (right >= enough) return { side: 'beside', lines: wrap(label, right, type, measure), x: end + space, anchor: 'start' };
  if (left >= enough) return { side: 'beside', lines: wrap(label, left, type, measure), x: start - space, anchor: 'end' };
  const lines = wrap(label, total, type, measure);
  const taken = widest(lines, type, measure);
  return start + taken <= total ? { side: 'above', lines, x: start, anchor: 'start' } : { side: 'above', lines, x: total, anchor: 'end' };
}

const LEAST_LABEL = 200;

interface Tick {
  at: number;
  x: number;
  lines: string[];
  anchor: Anchor;
}

/** Returns as many round ticks as have room for their labels. The first and the last label stay inside the drawing. */
function roundTicks(
  place: ReturnType<typeof scaleLinear<number>>,
  total: number,
  textOf: (tick: number, isLast: boolean) => string,
  measure: TextMeasure,
): Tick[] {
  for (const count of [8, 6, 5, 4, 3, 2]) {
    const values = place.ticks(count);
    const ticks = values.map((tick, index) => tickAt(place(tick), textOf(tick, index === values.length - 1), total, measure));
    const edges = ticks.map((tick) => edgesOf(tick, measure));
    if (edges.every(({ from }, index) => index === 0 || from >= (edges[index - 1]?.to ?? 0) + 14)) return ticks;
  }
  const [first, end] = place.domain();
  return [first ?? 0, end ?? 0].map((value, index) => tickAt(place(value), textOf(value, index === 1), total, measure));
}

function tickAt(at: number, text: string, total: number, measure: TextMeasure): Tick {
  const lines = wrap(text, total * 0.45, TYPE.aside, measure);
  const half = widest(lines, TYPE.aside, measure) / 2;
  if (at - half < 0) return { at, x: 0, lines, anchor: 'start' };
  if (at + half > total) return { at, x: total, lines, anchor: 'end' };
  return { at, x: at, lines, anchor: 'middle' };
}

function edgesOf({ x, lines, anchor }: Tick, measure: TextMeasure): { from: number; to: number } {
  const size = widest(lines, TYPE.aside, measure);
  const from = anchor === 'start' ? x : anchor === 'end' ? x - size : x - size / 2;
  return { from, to: from + size };
}

function tickText(tick: number, unit: string | null, languageTag: string): string {
  return `+${withSeparators(String(tick), languageTag)}${unit === null ? '' : ` ${unit}`}`;
}

// Bars in two directions

/** The narrowest drawing in which labels and bars of both sides can be read. */
const LEAST_OPPOSITES = 520;
const BESIDE = 10;

/** Draws bars to the left and right of a zero line, on one scale. Each label stands at the zero line, opposite its bar. */
export function drawOpposites(figure: FigureOf<'opposites'>, room: FigureRoom, { measure, languageTag, labels }: FigureContext): Drawing {
  const isLog = figure.scale === 'log';
  const sizeOf = (written: string) => (isLog ? Math.log10(Number(written)) : Number(written));
  const total = Math.max(room.width, LEAST_OPPOSITES);
  const longest = (side: string) =>
    Math.max(0, ...figure.items.flatMap((item) => (item.side === side ? [sizeOf(item.to ?? item.value)] : [])));
  const [less, more] = [longest('less'), longest('more')];
  const zero = total * (less + more === 0 ? 0.5 : Math.min(0.58, Math.max(0.42, less / (less + more))));
  const roomOf = (side: 'less' | 'more') => (side === 'less' ? zero : total - zero);
  const rows = figure.items.map((item) => {
    const own = roomOf(item.side);
    const other = total - own;
    const whole = item.text === undefined ? widest([barNumbers(item, languageTag)], TYPE.strong, measure) + 1 : 0;
    const label = wrap(item.label, other - 2 * BESIDE, TYPE.label, measure);
    const value = wrap(barText(item, undefined, languageTag), Math.max(whole, own * 0.45), TYPE.strong, measure);
    const height = Math.max(SPAN, label.length * TYPE.label.line, value.length * TYPE.strong.line);
    return { ...item, from: sizeOf(item.value), end: sizeOf(item.to ?? item.value), label, value, own, height };
  });
  const pixels = Math.min(
    ...rows.map(({ end, own, value }) =>
      end === 0 ? Number.POSITIVE_INFINITY : (own - BESIDE - widest(value, TYPE.strong, measure)) / end,
    ),
  );
  const scale = Number.isFinite(pixels) ? Math.max(0, pixels) : 0;
  const heads = {
    less: wrap(figure.sides.less, zero - 2 * BESIDE, TYPE.aside, measure),
    more: wrap(figure.sides.more, total - zero - 2 * BESIDE, TYPE.aside, measure),
  };
  const head = Math.max(heads.less.length, heads.more.length) * TYPE.aside.line;
  const caption = isLog ? wrap(labels.logSides, total, TYPE.aside, measure) : [];
  const above = head + 12;
  const below = 6 + (isLog ? POWERS + caption.length * TYPE.aside.line : 0);
  const gap = rowGap(rows, above + below, room);
  let y = above;
  const body = rows.map(({ side, mark, from, end, to, label, value, height }) => {
    const type = mark ? MARKED : TYPE.strong;
    const top = y + (height - SPAN) / 2;
    const sign = side === 'more' ? 1 : -1;
    const part = (name: string, near: number, far: number) =>
      far === 0
        ? ''
        : drawRect(name, {
            x: Math.min(zero + sign * near * scale, zero + sign * far * scale),
            y: top,
            width: Math.max(1, (far - near) * scale),
            height: SPAN,
          });
    const marked = mark ? ' marked' : '';
    const bar = to === undefined ? part(`shape${marked}`, 0, end) : part(`pale${marked}`, 0, from) + part(`shape${marked}`, from, end);
    const text = drawText(
      value,
      { x: zero + sign * (end * scale + BESIDE), y: y + (height - value.length * type.line) / 2, anchor: sign === 1 ? 'start' : 'end' },
      type,
    );
    const name = drawText(
      label,
      { x: zero - sign * BESIDE, y: y + (height - label.length * TYPE.label.line) / 2, anchor: sign === 1 ? 'end' : 'start' },
      TYPE.label,
    );
    y += height + gap;
    return bar + name + text;
  });
  const bottom = y - gap + 6;
  return {
    width: total,
    height: y - gap + below,
    body: [
      drawText(heads.less, { x: zero - BESIDE, y: 0, anchor: 'end' }, TYPE.aside),
      drawText(heads.more, { x: zero + BESIDE, y: 0 }, TYPE.aside),
      ...body,
      `<path class="base" d="M${px(zero)} 0 V${px(bottom)}"/>`,
      ...(isLog ? drawPowers({ zero, scale, less, more, y: bottom }, languageTag, measure) : []),
      drawText(caption, { x: 0, y: bottom + POWERS }, TYPE.aside),
    ],
  };
}

/** The height of the axis with the powers of ten. */
const POWERS = 14 + TYPE.aside.line;

/** Draws the powers of ten below bars on a logarithmic scale, as many as have room for their numbers. The zero line is 1. */
function drawPowers(
  { zero, scale, less, more, y }: { zero: number; scale: number; less: number; more: number; y: number },
  languageTag: string,
  measure: TextMeasure,
): string[] {
  const nameOf = (power: number) => withSeparators(String(10 ** Math.abs(power)), languageTag);
  const widestName = Math.max(...[less, more].map((end) => widest([nameOf(Math.floor(end + 1e-9))], TYPE.aside, measure)));
  const step = Math.max(1, Math.ceil((widestName + 12) / Math.max(1, scale)));
  const powersTo = (end: number) => Array.from({ length: Math.floor((end + 1e-9) / step) }, (_, index) => (index + 1) * step);
  const powers = [
    ...powersTo(less)
      .map((power) => -power)
      .reverse(),
    0,
    ...powersTo(more),
  ];
  const edge = (power: number) => zero + power * scale;
  return [
    `<path class="base" d="M${px(edge(-less))} ${px(y)} H${px(edge(more))}"/>`,
    ...powers.map((power) => `<path class="base" d="M${px(edge(power))} ${px(y)} V${px(y + 6)}"/>`),
    ...powers.map((power) => drawText([nameOf(power)], { x: edge(power), y: y + 9, anchor: 'middle' }, TYPE.aside)),
  ];
}
