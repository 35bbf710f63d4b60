import type { FigureOf } from '../../model/outputs/figure.ts';
import type { FigureRoom, TextWidth } from '../../model/outputs/metrics.ts';
import { type Drawing, drawText, px, TYPE, widest, wrap } from './svg.ts';

type Item = FigureOf<'timeline'>['items'][number];

const DOT = 7;
const GAP = 28;
/** More events than that do not stand side by side. */
const MOST_ABREAST = 5;

/** Events on a line: from left to right where there is the width, else from top to bottom. */
export function drawTimeline({ items }: FigureOf<'timeline'>, room: FigureRoom, width: TextWidth): Drawing {
  return room.width >= 600 && items.length <= MOST_ABREAST ? lying(items, room.width, width) : standing(items, room.width, width);
}

function lying(items: readonly Item[], total: number, width: TextWidth): Drawing {
  const column = (total - GAP * (items.length - 1)) / items.length;
  const events = items.map(({ when, label }, index) => ({
    x: index * (column + GAP),
    when: wrap(when, column, TYPE.value, width),
    label: wrap(label, column, TYPE.label, width),
  }));
  const top = 2 * DOT + 12;
  const below = top + Math.max(...events.map(({ when }) => when.length)) * TYPE.value.line + 3;
  const height = below + Math.max(...events.map(({ label }) => label.length)) * TYPE.label.line;
  const body = [
    `<path class="axis" d="M${px(DOT)} ${px(DOT)} H${px(total - 2)}"/>`,
    `<path class="axis" d="M${px(total - 9)} ${px(DOT - 6)} L${px(total - 2)} ${px(DOT)} L${px(total - 9)} ${px(DOT + 6)}"/>`,
    ...events.map(
      ({ x, when, label }) =>
        `<circle class="dot" cx="${px(x + DOT)}" cy="${px(DOT)}" r="${DOT}"/>${drawText(when, { x, y: top }, TYPE.value)}${drawText(label, { x, y: below }, TYPE.label)}`,
    ),
  ];
  return { width: total, height, body };
}

function standing(items: readonly Item[], total: number, width: TextWidth): Drawing {
  const left = 2 * DOT + 14;
  // Where there is room the dates have a column to themselves.
  const dates = total >= 600 ? Math.min(200, Math.max(...items.map(({ when }) => widest([when], TYPE.value, width)))) + 24 : 0;
  let y = 0;
  const events = items.map(({ when, label }) => {
    const whenLines = wrap(when, dates > 0 ? dates - 24 : total - left, TYPE.value, width);
    const labelLines = wrap(label, total - left - dates, TYPE.label, width);
    const at = y;
    const labelAt = dates > 0 ? at : at + whenLines.length * TYPE.value.line;
    const bottom = Math.max(at + whenLines.length * TYPE.value.line, labelAt + labelLines.length * TYPE.label.line);
    y = bottom + 14;
    return { at, whenLines, labelLines, labelAt, bottom };
  });
  const middle = (at: number) => at + TYPE.value.line / 2;
  const last = events.at(-1);
  const body = [
    `<path class="axis" d="M${px(DOT)} ${px(middle(0))} V${px(middle(last?.at ?? 0))}"/>`,
    ...events.map(
      ({ at, whenLines, labelLines, labelAt }) =>
        `<circle class="dot" cx="${px(DOT)}" cy="${px(middle(at))}" r="${DOT}"/>${drawText(whenLines, { x: left, y: at }, TYPE.value)}${drawText(labelLines, { x: left + dates, y: labelAt }, TYPE.label)}`,
    ),
  ];
  return { width: total, height: last?.bottom ?? 0, body };
}
