/**
 * Plans rows one below the other, as in the summary and the changes: as large and as widely spaced as one slide allows.
 */
import type { Continuation, Rows } from '../../model/outputs/deck.ts';
import type { Face } from '../../model/outputs/metrics.ts';
import { type Measure, measureIn, titleHeight } from '../measure/measure.ts';
import { fillPages, numberPages } from '../measure/pages.ts';
import { heightBelow, planHeader } from './header.ts';

type RowList = 'summary' | 'changes';

/** The text of a row. */
export interface SlideRow {
  text: string;
  /** Defaults to sans. */
  face?: Face;
  /** Small text below the row's text. */
  below?: string | null;
  /** The language of the text when it differs from the deck's; else null. */
  foreign: string | null;
}

interface RowPage<T> extends Rows {
  id: string;
  continued: Continuation;
  /** The number of the first row, counted from 1. */
  first: number;
  items: T[];
}

/**
 * Returns the slides that rows need, usually one, with their ids. `headline` defaults to a label of one line. `closing`: one more line follows
 * the last row.
 */
export function rowSlides<T extends SlideRow>(
  rows: readonly T[],
  id: string,
  list: RowList,
  measure: Measure,
  { headline = 'x', closing = false }: { headline?: string; closing?: boolean } = {},
): RowPage<T>[] {
  const { padding } = measure.geometry[list];
  const room = heightBelow(planHeader(null, headline, 1, measure), measure);
  const line = closing ? measure.geometry.changes.gone : 0;
  const lineBelow = (row: T) => (row === rows.at(-1) ? line : 0);
  const fill = (rowSize: Rows['rowSize']) =>
    fillPages(rows, room, (row) => rowTextHeight(row, list, rowSize, measure) + padding.least + lineBelow(row));
  const rowSize = fill('large').length <= Math.max(1, fill('small').length) ? 'large' : 'small';
  return numberPages(fill(rowSize), id).map((page) => {
    const texts = page.items.reduce((sum, row) => sum + rowTextHeight(row, list, rowSize, measure) + lineBelow(row), 0);
    const spare = Math.floor((room - texts) / Math.max(1, page.items.length));
    return { ...page, rowSize, padding: Math.max(padding.least, Math.min(padding.most, spare)) };
  });
}

/** Returns the height of the text in a row, in CSS pixels. */
export function rowTextHeight(
  { text, face = 'sans', below = null, foreign }: SlideRow,
  list: RowList,
  rowSize: Rows['rowSize'],
  given: Measure,
): number {
  const measure = foreign === null ? given : measureIn(foreign, given);
  const { geometry } = measure;
  const { width, ...sizes } = geometry[list];
  const { between, detail } = geometry.changes;
  const main = titleHeight(text, { face, ...sizes[rowSize] }, width, measure);
  return main + (below === null ? 0 : between + titleHeight(below, { face: 'sans', ...detail }, detail.width, measure));
}
