/** Where figures stand: beside the points, as a strip above them, or alone on their slide. */
import type { Arrangement, DrawnFigure } from '../model/deck.ts';
import type { Figure } from '../model/figure.ts';
import type { FigureRoom } from '../model/metrics.ts';
import type { Measure } from './measure.ts';
import { groupNumbers, type NumberGroup } from './numbers.ts';

/** What one slide shows besides its points. */
export type Look = ({ kind: 'number' } & NumberGroup) | { kind: 'figure'; figure: DrawnFigure };

export interface Place {
  arrangement: Arrangement;
  room: FigureRoom;
  /** What the figure takes from the height of the points, in CSS pixels. */
  height: number;
}

/** One look a slide: numbers stand together, every other figure for itself. `below` is the height below the headline. */
export function arrangeFigures(figures: readonly Figure[], below: number, measure: Measure): Look[] {
  const numbers = figures.filter((figure) => figure.kind === 'number');
  const others = figures.filter((figure) => figure.kind !== 'number');
  return [
    ...groupNumbers(numbers, below, measure).map((group): Look => ({ kind: 'number', ...group })),
    ...others.map((figure): Look => ({ kind: 'figure', figure })),
  ];
}

/** The place of a figure on a slide that has so much height below its headline: the first in which it need not shrink, else that in which it shrinks least. */
export function placeFigure(figure: DrawnFigure, below: number, withText: boolean, { geometry, figureSize }: Measure): Place {
  const { frame, figure: sizes } = geometry;
  const tryPlace = (arrangement: Arrangement, room: FigureRoom) => {
    const { height, scale } = figureSize(figure, room);
    const taken = arrangement === 'strip' ? height + sizes.stripGap : arrangement === 'beside' ? 0 : below;
    return { place: { arrangement, room: arrangement === 'strip' ? { ...room, height } : room, height: taken }, scale };
  };
  const strip = { width: frame.width, height: Math.min(sizes.strip, below * MOST_OF_SLIDE) };
  const alone = { width: frame.width, height: below };
  if (!withText) return tryPlace('alone', alone).place;
  const both = [tryPlace('strip', strip), tryPlace('beside', { width: sizes.width, height: below })];
  const isTall = figure.kind === 'diagram' && figure.direction === 'down';
  const places = [...(isTall ? both.reverse() : both), tryPlace('alone', alone)];
  return (places.find(({ scale }) => scale === 1) ?? places.reduce((best, each) => (each.scale > best.scale ? each : best))).place;
}

/** A strip leaves room for points below it. */
const MOST_OF_SLIDE = 0.6;
