/** The words and numbers of a drawing, in the order in which they are drawn. */

import { withSeparators } from '../text/written-number.ts';
import type { DrawnFigure } from './deck.ts';

/** `languageTag` (BCP 47) is that of the figure's words: it decides how numbers are written. */
export function figureWords(figure: DrawnFigure, languageTag: string): string[] {
  switch (figure.kind) {
    case 'bars':
      return figure.items.flatMap((item) => [item.label, barText(item, figure.unit, languageTag)]);
    case 'timeline':
      return figure.items.flatMap(({ when, label }) => [when, label]);
    case 'diagram':
      return [...figure.nodes.map(({ label }) => label), ...figure.edges.flatMap(({ label }) => label ?? [])];
  }
}

type Bar = Extract<DrawnFigure, { kind: 'bars' }>['items'][number];

/** What stands at a bar: its author's words, or its number with the unit. */
export function barText({ value, to, text }: Bar, unit: string | undefined, languageTag: string): string {
  return text ?? [barNumbers({ value, to }, languageTag), ...(unit === undefined ? [] : [unit])].join(' ');
}

/** The number of a bar, or its range. */
export function barNumbers({ value, to }: Pick<Bar, 'value' | 'to'>, languageTag: string): string {
  return [value, ...(to === undefined ? [] : [to])].map((number) => withSeparators(number, languageTag)).join('–');
}
