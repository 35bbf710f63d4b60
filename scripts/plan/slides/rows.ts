/**
 * Plans rows one below the other, as on the bottom line, the agenda and the changes: as large and as widely spaced as one slide allows.
 */
import type { Part, Rows } from '../../model/outputs/deck.ts';
import { type Measure, measureIn, textHeight } from '../measure/measure.ts';
import { fillPages, numberPages } from '../measure/pages.ts';
import { heightBelow, planHeader } from './header.ts';

type RowList = 'takeaways' | 'agenda' | 'changes';

/** The text of a row. `above` is shown above its count: the interview, when there are several. */
export interface SlideRow {
  text: string;
  above: string | null;
  /** Small text below the row's text. */
  below?: string | null;
  /** The language of the text when it differs from the deck's; else null. */
  foreign: string | null;
}

interface RowPage<T> extends Rows {
  id: string;
  part: Part;
  items: T[];
}

/** Returns the slides that rows need, usually one, with their ids. `closing`: one more line follows the last row. */
export function rowSlides<T extends SlideRow>(
  rows: readonly T[],
  id: string,
  list: RowList,
  measure: Measure,
  closing = false,
): RowPage<T>[] {
  const { padding } = measure.geometry[list];
  const room = roomForRows(measure);
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
  { text, above, below = null, foreign }: SlideRow,
  list: RowList,
  rowSize: Rows['rowSize'],
  given: Measure,
): number {
  const measure = foreign === null ? given : measureIn(foreign, given);
  const { geometry } = measure;
  const { width, detail, ...sizes } = geometry[list];
  const main = textHeight(text, { face: list === 'agenda' ? 'serif-bold' : 'sans', ...sizes[rowSize] }, width, measure);
  const under = below === null ? 0 : geometry.changes.between + textHeight(below, { face: 'sans', ...detail }, detail.width, measure);
  const end = above === null ? 0 : textHeight(above, { face: 'sans', ...detail }, detail.width, measure) + detail.line;
  return Math.max(main + under, end);
}

function roomForRows(measure: Measure): number {
  // The headlines of these slides are labels of one line.
  return heightBelow(planHeader(null, 'x', 1, measure), measure);
}
