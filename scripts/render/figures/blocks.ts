/** Draws figures made of blocks: columns or cards side by side, steps below a limit, four fields. */
// d3-scale: heights of columns from their values; small and pure, the base of many chart libraries.
import { scaleLinear } from 'd3-scale';
import { columnText, type FigureOf } from '../../model/outputs/figure.ts';
import type { FigureRoom } from '../../model/outputs/metrics.ts';
import type { FigureContext } from './draw.ts';
import {
  type Drawing,
  drawRect,
  drawText,
  inBounds,
  MARKED,
  px,
  type TextMeasure,
  TYPE,
  type Type,
  tallestIn,
  widest,
  wrap,
} from './svg.ts';

type Column = FigureOf<'comparison'>['columns'][number];

const GAP = 24;
/** The narrowest column whose label can be read. */
const LEAST_COLUMN = 140;

/** Yields the forms of a comparison: columns of true height, or blocks that say only which is higher, or cards. */
export function* drawComparison(figure: FigureOf<'comparison'>, room: FigureRoom, context: FigureContext): Generator<Drawing> {
  const count = figure.columns.length;
  const total = Math.max(room.width, count * LEAST_COLUMN + (count - 1) * GAP);
  const slot = (total - (count - 1) * GAP) / count;
  const slots = figure.columns.map((column, index) => ({ column, x: index * (slot + GAP) }));
  if (figure.order) yield drawOrder(slots, { total, slot, room }, context);
  else if (figure.columns.some(({ value }) => value !== undefined)) yield drawColumns(slots, { total, slot, room }, context);
  else if (room.fill === true) yield drawPanels(slots, { total, slot, room }, context.measure);
  else {
    yield drawCards(slots, { total, slot }, context.measure);
    // In a narrow room they stand below each other rather than shrink.
    if (total > room.width) yield stackCards(figure.columns, room.width, context.measure);
  }
}

interface Slot {
  column: Column;
  x: number;
}

/** Text of a block: paragraphs below each other, each with its look and the space above it. */
type Paragraph = { lines: string[]; type: Type; above: number };

function heightOf(paragraphs: readonly Paragraph[]): number {
  return paragraphs.reduce((sum, { lines, type, above }) => sum + above + lines.length * type.line, 0);
}

function drawParagraphs(paragraphs: readonly Paragraph[], x: number, top: number, inverse = false): string {
  let y = top;
  return paragraphs
    .map(({ lines, type, above }) => {
      const text = drawText(lines, { x, y: y + above }, inverse ? { ...type, name: `${type.name} inverse` } : type);
      y += above + lines.length * type.line;
      return text;
    })
    .join('');
}

// Cards carry no size: a rule, a label, its text. The marked one has a broader rule, so that it differs in more than colour

function drawCards(slots: readonly Slot[], { total, slot }: { total: number; slot: number }, measure: TextMeasure): Drawing {
  const cards = slots.map(({ column, x }) => ({ x, mark: column.mark, paragraphs: cardText(column, slot, measure) }));
  return {
    width: total,
    height: RULE + Math.max(...cards.map(({ paragraphs }) => heightOf(paragraphs))),
    body: cards.flatMap(({ x, mark, paragraphs }) => [drawRule(mark, x, 0, slot), drawParagraphs(paragraphs, x, RULE)]),
  };
}

function stackCards(columns: readonly Column[], total: number, measure: TextMeasure): Drawing {
  let y = 0;
  const body = columns.flatMap((column) => {
    const paragraphs = cardText(column, total, measure);
    const top = y;
    y += RULE + heightOf(paragraphs) + BETWEEN_CARDS;
    return [drawRule(column.mark, 0, top, total), drawParagraphs(paragraphs, 0, top + RULE)];
  });
  return { width: total, height: y - BETWEEN_CARDS, body };
}

/** Draws cards as panels, with a line above each item. Items of one row stand at one height. */
function drawPanels(
  slots: readonly Slot[],
  { total, slot, room }: { total: number; slot: number; room: FigureRoom },
  measure: TextMeasure,
): Drawing {
  const inner = slot - 2 * PANEL;
  const cards = slots.map(({ column, x }) => ({
    x,
    mark: column.mark,
    head: headText(column, inner, measure),
    items: column.items.map((item): Paragraph => ({ lines: wrap(item, inner, TYPE.label, measure), type: TYPE.label, above: 0 })),
  }));
  const head = RULE + Math.max(...cards.map((card) => heightOf(card.head))) + PANEL - 8;
  const count = Math.max(...cards.map(({ items }) => items.length));
  const rows = Array.from({ length: count }, (_, at) => Math.max(...cards.map(({ items }) => heightOf(items.slice(at, at + 1)))));
  const least = head + rows.reduce((sum, row) => sum + row + 2 * LEAST_ROW, 0);
  const around = LEAST_ROW + inBounds((room.height - least) / Math.max(1, 2 * count), 0, MOST_ROW - LEAST_ROW);
  const tops = rows.map((_, at) => head + rows.slice(0, at).reduce((sum, row) => sum + row + 2 * around, 0));
  const height = head + rows.reduce((sum, row) => sum + row + 2 * around, 0);
  return {
    width: total,
    height,
    body: cards.flatMap(({ x, mark, head: words, items }) => [
      drawRect('track', { x, y: RULE, width: slot, height: height - RULE }),
      drawRule(mark, x, 0, slot),
      drawParagraphs(words, x + PANEL, RULE),
      ...items.flatMap((item, at) => {
        const y = tops[at] ?? head;
        const line = `<path class="grid" d="M${px(x + PANEL)} ${px(y)} H${px(x + slot - PANEL)}"/>`;
        return [line, drawParagraphs([item], x + PANEL, y + around)];
      }),
    ]),
  };
}

function drawRule(mark: boolean, x: number, y: number, width: number): string {
  return drawRect(mark ? 'shape marked' : 'shape', { x, y: mark ? y : y + RULE - 3, width, height: mark ? RULE : 3 });
}

function headText({ label, text, mark }: Column, limit: number, measure: TextMeasure): Paragraph[] {
  return [
    { lines: wrap(label, limit, TYPE.strong, measure), type: mark ? MARKED : TYPE.strong, above: 8 },
    ...(text === undefined ? [] : [{ lines: wrap(text, limit, TYPE.aside, measure), type: TYPE.aside, above: 2 }]),
  ];
}

function cardText(column: Column, limit: number, measure: TextMeasure): Paragraph[] {
  const items = column.items.map((item) => ({ lines: wrap(item, limit, TYPE.label, measure), type: TYPE.label, above: 9 }));
  return [...headText(column, limit, measure), ...items];
}

const RULE = 7;
const BETWEEN_CARDS = 16;
/** The space between the edge of a panel and its words. */
const PANEL = 16;
/** The space above and below an item in a panel. */
const LEAST_ROW = 8;
const MOST_ROW = 22;

/** Columns on one baseline: the value stands on the column, its label below. */
function drawColumns(
  slots: readonly Slot[],
  { total, slot, room }: { total: number; slot: number; room: FigureRoom },
  { measure, languageTag }: FigureContext,
): Drawing {
  const bars = slots.map(({ column, x }) => {
    const { label, items, mark } = column;
    return {
      x,
      mark,
      value: Number(column.value ?? 0),
      above: wrap(columnText(column, languageTag) ?? '', slot, TYPE.strong, measure),
      below: [
        { lines: wrap(label, slot, TYPE.label, measure), type: mark ? MARKED : TYPE.label, above: 7 },
        ...items.map((item) => ({ lines: wrap(item, slot, TYPE.aside, measure), type: TYPE.aside, above: 3 })),
      ],
    };
  });
  const head = Math.max(...bars.map(({ above }) => above.length)) * TYPE.strong.line + 4;
  const foot = Math.max(...bars.map(({ below }) => heightOf(below)));
  const field = inBounds(room.height - head - foot, 70, tallestIn(room));
  const highest = Math.max(...bars.map(({ value }) => value));
  const scale = highest === 0 ? () => 0 : scaleLinear([0, highest], [0, field]);
  const base = head + field;
  const columns = bars.map(({ x, mark, value, above, below }) => {
    const tall = value === 0 ? 0 : Math.max(1, scale(value));
    const rect =
      tall === 0 ? '' : drawRect(mark ? 'shape marked' : 'shape', { x, y: base - tall, width: Math.min(slot, 180), height: tall });
    const text = drawText(above, { x, y: base - tall - 4 - above.length * TYPE.strong.line }, mark ? MARKED : TYPE.strong);
    const [label = '', ...items] = below.map((paragraph, at) => drawParagraphs([paragraph], x, base + heightOf(below.slice(0, at))));
    return [rect, label, text, ...items].join('');
  });
  return { width: total, height: base + foot, body: [...columns, drawBase(0, total, base)] };
}

/** Blocks that step down evenly: their heights say which is more and nothing else, which the note below says, too. */
function drawOrder(
  slots: readonly Slot[],
  { total, slot, room }: { total: number; slot: number; room: FigureRoom },
  { measure, labels }: FigureContext,
): Drawing {
  const inner = slot - 2 * INSET;
  const blocks = slots.map(({ column: { label, text, items, mark }, x }) => ({
    x,
    mark,
    paragraphs: [
      { lines: wrap(label, inner, TYPE.strong, measure), type: TYPE.strong, above: 0 },
      ...(text === undefined ? [] : [{ lines: wrap(text, inner, TYPE.label, measure), type: TYPE.label, above: 2 }]),
      ...items.map((item) => ({ lines: wrap(item, inner, TYPE.label, measure), type: TYPE.label, above: 5 })),
    ],
  }));
  const note = wrap(labels.orderOnly, total, TYPE.aside, measure);
  const least = blocks.map(({ paragraphs }) => heightOf(paragraphs) + 2 * INSET - 4);
  const needed = Math.max(...least.map((tall, index) => tall + index * LEAST_STEP));
  const foot = 7 + note.length * TYPE.aside.line;
  const field = Math.max(needed, inBounds(room.height - foot, 0, tallestIn(room)));
  const step = Math.min(
    (field * 0.5) / (blocks.length - 1),
    ...least.flatMap((tall, index) => (index === 0 ? [] : [(field - tall) / index])),
  );
  const body = blocks.map(({ x, mark, paragraphs }, index) => {
    const y = index * step;
    const rect = drawRect(mark ? 'shape marked' : 'shape', { x, y, width: slot, height: field - y });
    return rect + drawParagraphs(paragraphs, x + INSET, y + INSET - 2, mark);
  });
  return {
    width: total,
    height: field + foot,
    body: [...body, drawBase(0, total, field), drawText(note, { x: 0, y: field + 7 }, TYPE.aside)],
  };
}

const INSET = 14;
const LEAST_STEP = 30;

function drawBase(from: number, to: number, y: number): string {
  return `<path class="base" d="M${px(from)} ${px(y)} H${px(to)}"/>`;
}

/** Draws steps that rise towards a dashed line and never reach it. The line is what matters, so it has the theme's colour. */
export function drawLadder({ limit, steps, margin }: FigureOf<'ladder'>, room: FigureRoom, { measure }: FigureContext): Drawing {
  const beside = margin === undefined ? 0 : inBounds(room.width * 0.26, 150, 230);
  const total = Math.max(room.width, steps.length * LEAST_STAIR + beside);
  const slot = (total - beside) / steps.length;
  const head = wrap(limit, total, TYPE.strong, measure);
  const labels = steps.map((step) => wrap(step, slot - 20, TYPE.label, measure));
  const gap = wrap(margin ?? '', beside - MARGIN_X - 10, TYPE.label, measure);
  const line = head.length * TYPE.strong.line + 5;
  const foot = 7 + Math.max(...labels.map(({ length }) => length)) * TYPE.label.line;
  const field = Math.max(
    margin === undefined ? 0 : gap.length * TYPE.label.line + 8,
    inBounds(room.height - line - foot, 100, tallestIn(room)),
  );
  const base = line + field;
  const highest = field * HIGHEST_STEP;
  const top = base - highest;
  const stairs = steps.map((_, index) => {
    const tall = (highest * (index + 1)) / steps.length;
    return drawRect('shape', { x: index * slot, y: base - tall, width: slot - 2, height: tall });
  });
  const right = total - beside;
  const bracket = `<path class="base" d="M${px(right + 6)} ${px(line + 2)} H${px(right + 18)} M${px(right + 12)} ${px(line + 2)} V${px(top)} M${px(right + 6)} ${px(top)} H${px(right + 18)}"/>`;
  const between = line + Math.max(2, (top - line - gap.length * TYPE.label.line) / 2);
  return {
    width: total,
    height: base + foot,
    body: [
      ...stairs,
      drawText(head, { x: 0, y: 0 }, MARKED),
      `<path class="limit" d="M0 ${px(line)} H${px(total)}"/>`,
      ...(margin === undefined ? [] : [bracket, drawText(gap, { x: right + MARGIN_X, y: between }, TYPE.label)]),
      drawBase(0, right, base),
      ...labels.map((lines, index) => drawText(lines, { x: index * slot, y: base + 7 }, TYPE.label)),
    ],
  };
}

const LEAST_STAIR = 110;
const MARGIN_X = 28;
/** The height of the highest step as a share of that of the limit. */
const HIGHEST_STEP = 0.6;

/** Draws two by two fields, low to high from left to right and from the bottom to the top. */
export function drawQuadrants({ x, y, cells }: FigureOf<'quadrants'>, room: FigureRoom, { measure }: FigureContext): Drawing {
  const rows = { high: wrap(y.high, MOST_ROW_NAME, TYPE.label, measure), low: wrap(y.low, MOST_ROW_NAME, TYPE.label, measure) };
  const left = widest([...rows.high, ...rows.low], TYPE.label, measure) + 14;
  const box = inBounds((room.width - left - SEAM) / 2, 120, 330);
  const total = left + 2 * box + SEAM;
  const columns = { low: wrap(x.low, box, TYPE.label, measure), high: wrap(x.high, box, TYPE.label, measure) };
  const names = { y: wrap(y.label, total, TYPE.strong, measure), x: wrap(x.label, total - left, TYPE.strong, measure) };
  const texts = cells.map((cell) => ({ ...cell, lines: wrap(cell.label, box - 2 * INSET, TYPE.strong, measure) }));
  const head = names.y.length * TYPE.strong.line + 6;
  const below = Math.max(columns.low.length, columns.high.length) * TYPE.label.line;
  const foot = 6 + below + 2 + names.x.length * TYPE.strong.line;
  const least = Math.max(...[rows.high, rows.low, ...texts.map(({ lines }) => lines)].map(({ length }) => length)) * TYPE.strong.line;
  const tall = Math.max(least + INSET, inBounds((room.height - head - foot - SEAM) / 2, 0, tallestIn(room) / 2));
  const at = { x: { low: left, high: left + box + SEAM }, y: { high: head, low: head + tall + SEAM } };
  const middle = (top: number, lines: readonly string[]) => top + (tall - lines.length * TYPE.strong.line) / 2;
  const bottom = head + 2 * tall + SEAM;
  const halves = ['high', 'low'] as const;
  return {
    width: total,
    height: bottom + foot,
    body: [
      ...halves.flatMap((row) =>
        halves.map((column) => {
          const cell = cells.find((each) => each.x === column && each.y === row);
          const name = cell === undefined ? 'field' : cell.mark ? 'shape marked' : 'shape';
          return drawRect(name, { x: at.x[column], y: at.y[row], width: box, height: tall });
        }),
      ),
      drawText(names.y, { x: 0, y: 0 }, TYPE.strong),
      ...halves.map((row) => drawText(rows[row], { x: left - 12, y: middle(at.y[row], rows[row]), anchor: 'end' }, TYPE.label)),
      drawText(names.x, { x: left + box + SEAM / 2, y: bottom + 8 + below, anchor: 'middle' }, TYPE.strong),
      ...halves.map((column) => drawText(columns[column], { x: at.x[column] + box / 2, y: bottom + 6, anchor: 'middle' }, TYPE.label)),
      ...texts.map(({ lines, mark, ...cell }) => {
        const place = { x: at.x[cell.x] + box / 2, y: middle(at.y[cell.y], lines), anchor: 'middle' } as const;
        return drawText(lines, place, mark ? { ...TYPE.strong, name: 'strong inverse' } : TYPE.strong);
      }),
    ],
  };
}

const MOST_ROW_NAME = 120;
const SEAM = 6;
