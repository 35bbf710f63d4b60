/** Numbers to look at: how many stand on a slide, and how large. */
import type { FigureOf } from '../../model/outputs/figure.ts';
import { countLines, type Measure, textHeight } from '../measure/measure.ts';

type NumberFigure = FigureOf<'number'>;

export interface NumberGroup {
  numbers: NumberFigure[];
  /** In CSS pixels: the largest at which every value keeps to one line and all of them to the height. */
  valueSize: number;
}

const MOST_NUMBERS = 3;

/** Numbers in groups of at most three that fit below each other in the given height (CSS pixels). */
export function groupNumbers(numbers: readonly NumberFigure[], height: number, measure: Measure): NumberGroup[] {
  const groups: NumberFigure[][] = [];
  for (const number of numbers) {
    const last = groups.at(-1);
    if (last !== undefined && last.length < MOST_NUMBERS && numbersHeight([...last, number], smallest(measure), measure) <= height)
      last.push(number);
    else groups.push([number]);
  }
  return groups.map((group) => ({ numbers: group, valueSize: sizeOf(group, height, measure) }));
}

/** Height of numbers below each other, in CSS pixels. */
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

/** Height of a value's line as a share of its size: `.value` in the theme. */
export const VALUE_LINE = 1.15;

function sizeOf(numbers: readonly NumberFigure[], height: number, measure: Measure): number {
  const { values, width } = measure.geometry.number;
  const fits = (size: number) =>
    numbers.every(({ value }) => countLines(value, 'serif-bold', size, width, measure.width) === 1) &&
    numbersHeight(numbers, size, measure) <= height;
  return values.find(fits) ?? smallest(measure);
}

function smallest({ geometry }: Measure): number {
  return Math.min(...geometry.number.values);
}
