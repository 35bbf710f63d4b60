/** Rows one below the other, as on the bottom line, the agenda and the changes: as large and as far apart as one slide allows. */
import type { Part, Rows } from '../../model/outputs/deck.ts';
import { type Measure, measureIn, textHeight } from '../measure/measure.ts';
import { fillPages, numberPages } from '../measure/pages.ts';
import { heightBelow, planHeader } from './header.ts';

type RowList = 'takeaways' | 'agenda' | 'changes';

/** What a row says, and what stands above its count at its end: the interview, where there are several. */
export interface Row {
  text: string;
  above: string | null;
  /** Small, below the text. */
  below?: string | null;
  /** The language of the text, when it is not the deck's. */
  foreign: string | null;
}

interface RowPage<T> extends Rows {
  id: string;
  part: Part;
  items: T[];
}

/** The slides that rows need, with their ids; mostly one. `closing`: below the last row stands one line more. */
export function rowSlides<T extends Row>(rows: readonly T[], id: string, list: RowList, measure: Measure, closing = false): RowPage<T>[] {
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

/** Height of what stands in a row, in CSS pixels. */
export function rowTextHeight(
  { text, above, below = null, foreign }: Row,
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
  // The headlines of these slides are labels, one line long.
  return heightBelow(planHeader(null, 'x', 1, measure), measure);
}
