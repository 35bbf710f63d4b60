/** What a slide's template sees: the planned slide, plus what follows from it by arithmetic. */
import type { Slide } from '../model/deck.ts';
import type { Figure, FigureOf } from '../model/figure.ts';

/** The fields of a slide for its template. */
export function slideView(slide: Slide): object {
  switch (slide.kind) {
    case 'figure':
      return { ...slide, blocks: emptyToNull(slide.blocks), figure: { ...figureView(slide.figure), room: slide.room } };
    case 'number':
      return {
        ...slide,
        blocks: emptyToNull(slide.blocks),
        numbers: slide.numbers.map((number) => ({ ...number, long: [...number.value].length > LONG_NUMBER })),
      };
    case 'sources':
      return {
        ...slide,
        interviews: slide.interviews.map(({ source, ...interview }) => ({
          ...interview,
          published: source === null ? null : [source.title, source.publisher].filter((part) => part !== null).join(' · '),
          url: source?.url ?? null,
          media: source?.media ?? null,
          accessed: source?.accessed ?? null,
        })),
      };
    default:
      return slide;
  }
}

/** Beyond so many characters a number is set smaller, so that it stays on one line. */
const LONG_NUMBER = 7;

function emptyToNull<T>(list: readonly T[]): readonly T[] | null {
  return list.length === 0 ? null : list;
}

function figureView(figure: Exclude<Figure, FigureOf<'number'>>): object {
  return figure.kind === 'bars' ? { ...figure, items: barItems(figure) } : figure;
}

/** Bars as shares of the track in per cent: `start` is where the value stands, `length` how far a range goes on from there. */
export function barItems(figure: FigureOf<'bars'>): { label: string; text: string; start: number; length: number; to: boolean }[] {
  const values = figure.items.flatMap(({ value, to }) => (to === undefined ? [value] : [value, to]));
  const highest = Math.max(...values);
  const place = figure.scale === 'log' ? logPlace(Math.min(...values), highest) : (value: number) => value / highest;
  return figure.items.map(({ label, value, to, text }) => ({
    label,
    text: text ?? barText(value, to, figure.unit ?? null),
    start: percent(place(value)),
    length: to === undefined ? 0 : percent(place(to) - place(value)),
    to: to !== undefined,
  }));
}

/** A logarithmic axis has no zero: it starts a power of ten below the smallest value, so that every bar can be seen. */
function logPlace(lowest: number, highest: number): (value: number) => number {
  const from = Math.ceil(Math.log10(lowest)) - 1;
  const to = Math.log10(highest);
  return (value) => (Math.log10(value) - from) / (to - from);
}

function barText(value: number, to: number | undefined, unit: string | null): string {
  const number = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });
  return [to === undefined ? number.format(value) : `${number.format(value)}–${number.format(to)}`, unit]
    .filter((part) => part !== null)
    .join(' ');
}

function percent(share: number): number {
  return Math.round(share * 10_000) / 100;
}
