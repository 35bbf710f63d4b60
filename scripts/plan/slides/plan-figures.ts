/** Where figures stand: beside the points, as a strip above them, or alone on their slide. */
import type { Arrangement, DrawnFigure } from '../../model/outputs/deck.ts';
import type { Figure } from '../../model/outputs/figure.ts';
import type { FigureRoom } from '../../model/outputs/metrics.ts';
import type { Measure } from '../measure/measure.ts';
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

/**
 * The place of a figure on a slide that has so much height below its headline; `text` is the height of all the points, null when there are none. The first in which it need not
 * shrink, else that in which it shrinks least.
 */
export function placeFigure(figure: DrawnFigure, below: number, text: number | null, measure: Measure): Place {
  const tried: { place: Place; scale: number }[] = [];
  for (const arrangement of text === null ? (['alone'] as const) : arrangementsOf(figure)) {
    const attempt = tryPlace(figure, arrangement, below, text ?? 0, measure);
    if (attempt.scale === 1) return attempt.place;
    tried.push(attempt);
  }
  return tried.reduce((best, each) => (each.scale > best.scale ? each : best)).place;
}

/** A diagram that its author wants from top to bottom stands best beside the points. */
function arrangementsOf(figure: DrawnFigure): readonly Arrangement[] {
  const isTall = figure.kind === 'diagram' && figure.direction === 'down';
  return isTall ? ['beside', 'strip', 'alone'] : ['strip', 'beside', 'alone'];
}

function tryPlace(
  figure: DrawnFigure,
  arrangement: Arrangement,
  below: number,
  text: number,
  { geometry, figureSize }: Measure,
): { place: Place; scale: number } {
  const { frame, figure: sizes } = geometry;
  switch (arrangement) {
    case 'strip': {
      // Where there is but little to say, the figure has the rest.
      const most = Math.max(Math.min(sizes.strip, below * MOST_OF_SLIDE), below - text - sizes.stripGap);
      const room = { width: frame.width, height: Math.max(1, most) };
      const { height, scale } = figureSize(figure, room);
      return { place: { arrangement, room: { ...room, height }, height: height + sizes.stripGap }, scale };
    }
    case 'beside': {
      const room = { width: sizes.width, height: below };
      return { place: { arrangement, room, height: 0 }, scale: figureSize(figure, room).scale };
    }
    case 'alone': {
      const room = { width: frame.width, height: below };
      return { place: { arrangement, room, height: below }, scale: figureSize(figure, room).scale };
    }
  }
}

/** A strip leaves room for points below it. */
const MOST_OF_SLIDE = 0.6;
