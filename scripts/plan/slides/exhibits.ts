/** The exhibit of an exchange: a group of numbers or a drawn figure, and the ways in which it stands on a slide with the points. */
import type { Arrangement, DrawnFigure } from '../../model/outputs/deck.ts';
import type { Figure, FigureOf } from '../../model/outputs/figure.ts';
import type { FigureRoom, TextStyle } from '../../model/outputs/metrics.ts';
import { countLines, type Measure, textHeight } from '../measure/measure.ts';
import type { SlideRoom } from '../measure/split.ts';
import type { Exhibit } from '../plan-story.ts';

/** Numbers or a figure. Quotes stand among the points. */
export type FigureExhibit = Exclude<Exhibit, { kind: 'quote' }>;

type NumberFigure = FigureOf<'number'>;

/** An exhibit in its place; `none` for points alone. Sizes are in CSS pixels. */
export type Placed =
  | { kind: 'none' }
  | { kind: 'numbers'; numbers: NumberFigure[]; valueSize: number }
  | { kind: 'figure'; figure: DrawnFigure; arrangement: Arrangement; room: FigureRoom };

/** A way to set a slide: the exhibit in its place, its scale (1: its own size; 0: too large), and the room that is left for points. */
export interface Setting {
  placed: Placed;
  scale: number;
  text: SlideRoom;
}

/**
 * Chooses what is shown: as many of the first numbers as fit below each other in the height `below`, else the first figure. Returns the
 * others as `further`.
 */
export function exhibitOf(
  figures: readonly Figure[],
  below: number,
  measure: Measure,
): { exhibit: FigureExhibit | null; further: readonly Figure[] } {
  const numbers = figures.filter((figure) => figure.kind === 'number').slice(0, MOST_NUMBERS);
  while (numbers.length > 1 && numbersHeight(numbers, smallestValue(measure), measure) > below) numbers.pop();
  const shown = new Set<Figure>(numbers.length > 0 ? numbers : figures.slice(0, 1));
  const further = figures.filter((figure) => !shown.has(figure));
  if (numbers.length > 0) return { exhibit: { kind: 'numbers', numbers }, further };
  const figure = figures.find((each) => each.kind !== 'number');
  return { exhibit: figure === undefined ? null : { kind: 'figure', figure }, further };
}

const MOST_NUMBERS = 3;

/**
 * Returns the ways to set a slide with points in the given style. `below` is the height below the headline; `most` is the height that a
 * figure above the points may take.
 */
export function settingsOf(
  exhibit: FigureExhibit | null,
  style: TextStyle,
  { below, most }: { below: number; most: number },
  measure: Measure,
): Setting[] {
  const { frame, number } = measure.geometry;
  if (exhibit === null) return [{ placed: { kind: 'none' }, scale: 1, text: { width: frame.width, style, height: below } }];
  if (exhibit.kind === 'figure')
    return roomsOf(exhibit.figure, { below, most }, measure).map((place) => placeFigure(exhibit.figure, place, style, below, measure));
  const { numbers } = exhibit;
  const valueSize = valueSizeOf(numbers, below, measure);
  const scale = numbersHeight(numbers, valueSize, measure) <= below ? 1 : 0;
  return [{ placed: { kind: 'numbers', numbers, valueSize }, scale, text: { width: number.textWidth, style, height: below } }];
}

/** Returns an exhibit without points. */
export function placeAlone(exhibit: FigureExhibit, below: number, measure: Measure): Placed {
  if (exhibit.kind === 'numbers') return { ...exhibit, valueSize: valueSizeOf(exhibit.numbers, below, measure) };
  return { ...exhibit, arrangement: 'alone', room: wholeRoom(measure.geometry.frame.width, below) };
}

/** Returns a room, in CSS pixels, that a figure has for itself. */
export function wholeRoom(width: number, height: number): FigureRoom {
  return { width, height, most: LARGEST_FIGURE, fill: true };
}

/** The largest scale of a figure: its type is then about as large as that of points. */
export const LARGEST_FIGURE = 1.5;

/** Where a figure stands with points. */
interface Place {
  arrangement: 'beside' | 'strip';
  room: FigureRoom;
}

/** Returns the places that a figure may have, best first. A diagram drawn from top to bottom fits best beside the points. */
function roomsOf(figure: DrawnFigure, { below, most }: { below: number; most: number }, { geometry }: Measure): Place[] {
  const strip: Place = { arrangement: 'strip', room: { width: geometry.frame.width, height: Math.max(1, Math.min(most, below)) } };
  const beside = geometry.figure.widths.map((width): Place => ({ arrangement: 'beside', room: { width, height: below } }));
  return figure.kind === 'diagram' && figure.direction === 'down' ? [...beside, strip] : [strip, ...beside];
}

function placeFigure(figure: DrawnFigure, place: Place, style: TextStyle, below: number, measure: Measure): Setting {
  const { arrangement, room } = place;
  const { width, height, scale } = measure.figureSize(figure, room);
  const fits = width <= room.width + ROUNDING && height <= room.height + ROUNDING;
  const { frame, figure: sizes } = measure.geometry;
  const text =
    arrangement === 'beside'
      ? { width: besideWidth(room, measure), height: below }
      : { width: frame.width, height: Math.max(1, below - height - sizes.stripGap) };
  return { placed: { kind: 'figure', figure, ...place }, scale: fits ? scale : 0, text: { ...text, style } };
}

/** Returns the width of the points beside a figure in its room, in CSS pixels. */
export function besideWidth(room: FigureRoom, { geometry: { frame, figure } }: Measure): number {
  return frame.width - figure.gap - room.width;
}

/** In CSS pixels: what a figure scaled to its room may seem too large. */
const ROUNDING = 0.01;

/** Returns the height of numbers below each other, in CSS pixels. */
export function numbersHeight(numbers: readonly NumberFigure[], valueSize: number, measure: Measure): number {
  const { width, head, label, labelLine, between } = measure.geometry.number;
  const heights = numbers.map((number) => {
    const value = textHeight(
      number.value,
      { face: 'serif-bold', size: valueSize, line: Math.round(valueSize * VALUE_LINE) },
      width,
      measure,
    );
    return head + value + textHeight(number.label, { face: 'sans', size: label, line: labelLine }, width, measure);
  });
  return heights.reduce((sum, each) => sum + each, 0) + between * (numbers.length - 1);
}

/** Line height of a value as a share of its size: `.value` in the theme. */
export const VALUE_LINE = 1.15;

/** Returns the largest size at which every value fits on one line and all values fit the height, in CSS pixels. */
function valueSizeOf(numbers: readonly NumberFigure[], height: number, measure: Measure): number {
  const { values, width } = measure.geometry.number;
  const fits = (size: number) =>
    numbers.every(({ value }) => countLines(value, 'serif-bold', size, width, measure.width) === 1) &&
    numbersHeight(numbers, size, measure) <= height;
  return values.find(fits) ?? smallestValue(measure);
}

function smallestValue({ geometry }: Measure): number {
  return Math.min(...geometry.number.values);
}
