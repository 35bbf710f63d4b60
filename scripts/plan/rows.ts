/** Numbered rows, as on the bottom line and the agenda: as large and as far apart as one slide allows. */
import type { Part, Rows } from '../model/deck.ts';
import { heightBelow, planHeader } from './header.ts';
import { type Measure, textHeight } from './measure.ts';
import { fillPages, numberPages } from './pages.ts';

type RowList = 'takeaways' | 'agenda';

/** The slides that rows need, with their ids; mostly one. */
export function rowSlides<T extends { text: string }>(
  rows: readonly T[],
  id: string,
  list: RowList,
  measure: Measure,
): (Rows & { id: string; part: Part; items: T[] })[] {
  const { padding } = measure.geometry[list];
  const room = roomForRows(measure);
  const fill = (rowSize: Rows['rowSize']) =>
    fillPages(rows, room, ({ text }) => rowTextHeight(text, list, rowSize, measure) + padding.least);
  const rowSize = fill('large').length <= 1 ? 'large' : 'small';
  return numberPages(fill(rowSize), id).map((page) => {
    const texts = page.items.reduce((sum, { text }) => sum + rowTextHeight(text, list, rowSize, measure), 0);
    const spare = Math.floor((room - texts) / Math.max(1, page.items.length));
    return { ...page, rowSize, padding: Math.max(padding.least, Math.min(padding.most, spare)) };
  });
}

/** Height of the text of a row, in CSS pixels. */
export function rowTextHeight(text: string, list: RowList, rowSize: Rows['rowSize'], measure: Measure): number {
  const sizes = measure.geometry[list];
  return textHeight(text, { face: list === 'agenda' ? 'serif-bold' : 'sans', ...sizes[rowSize] }, sizes.width, measure);
}

function roomForRows(measure: Measure): number {
  // The headlines of these slides are labels, one line long.
  return heightBelow(planHeader(null, 'x', 1, measure), measure);
}
