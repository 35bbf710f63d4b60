import { z } from 'zod';
import type { DrawnFigure } from './deck.ts';

const label = z.string().min(1).max(400);
const alt = z.string({ error: 'every figure needs an alt text' }).min(1).max(1000);

/** Returns the schema of a size. Numbers in the front matter of figures are read as text (yaml.ts). `error` says what was expected. */
function amountOr(error: string) {
  return z.union(
    [
      z.string().refine((written) => written.length <= 40 && WRITTEN_NUMBER.test(written) && Number.isFinite(Number(written)), { error }),
      z.number().nonnegative({ error }).transform(String),
    ],
    { error },
  );
}
const bar = amountOr('every bar needs a number of 0 or more, such as 1234.5');
const amount = amountOr('expected a number of 0 or more, such as 1234.5');

const scale = z.enum(['linear', 'log']).default('linear');
const short = z.string().min(1).max(60);
/** Whether this is the part that proves the headline: it alone has the theme's colour, and one part of a figure at the most. */
const mark = z.boolean().default(false);

export const numberFigure = z.strictObject({ kind: z.literal('number'), value: z.string().min(1).max(40), label, alt });

export const barsFigure = z.strictObject({
  kind: z.literal('bars'),
  unit: z.string().max(40).optional(),
  scale,
  items: z
    .array(
      z.strictObject({
        label,
        /** The number as written. */
        value: bar,
        /** The upper end of a range that starts at `value`. */
        to: bar.optional(),
        /** Printed at the bar instead of the number. */
        text: short.optional(),
        mark,
      }),
    )
    .min(2)
    .max(8),
  alt,
});

export const timelineFigure = z.strictObject({
  kind: z.literal('timeline'),
  items: z
    .array(z.strictObject({ when: z.string().min(1).max(40), label, mark }))
    .min(2)
    .max(8),
  alt,
});

export const diagramFigure = z.strictObject({
  kind: z.literal('diagram'),
  direction: z.enum(['right', 'down']).default('right'),
  nodes: z
    .array(z.strictObject({ id: z.string().min(1).max(60), label, mark }))
    .min(2)
    .max(12),
  edges: z
    .array(z.strictObject({ from: z.string(), to: z.string(), label: label.optional() }))
    .max(24)
    .default([]),
  alt,
});

export const comparisonFigure = z.strictObject({
  kind: z.literal('comparison'),
  /** Whether the order of the columns is known, but no sizes. */
  order: z.boolean().default(false),
  columns: z
    .array(
      z.strictObject({
        label,
        items: z.array(z.string().min(1).max(200)).max(4).default([]),
        /** The height of the column. Every column has one, or none. */
        value: amount.optional(),
        /** Printed instead of the number, or below the label of a column without one. */
        text: z.string().min(1).max(120).optional(),
        mark,
      }),
    )
    .min(2)
    .max(4),
  alt,
});

export const horizonFigure = z.strictObject({
  kind: z.literal('horizon'),
  unit: z.string().min(1).max(40),
  /** What stands at zero, such as a year. */
  start: z.string().min(1).max(40),
  length: amount,
  spans: z
    .array(
      z.strictObject({
        label,
        from: amount.default('0'),
        /** Without an end the span is a point. */
        to: amount.optional(),
        mark,
      }),
    )
    .min(1)
    .max(6),
  alt,
});

export const oppositesFigure = z.strictObject({
  kind: z.literal('opposites'),
  scale,
  /** What it means to lie on the left and on the right of the zero line. */
  sides: z.strictObject({ less: label, more: label }),
  items: z
    .array(
      z.strictObject({
        label,
        side: z.enum(['less', 'more']),
        value: bar,
        /** The upper end of a range that starts at `value`. */
        to: bar.optional(),
        /** Printed at the bar instead of the number. */
        text: short.optional(),
        mark,
      }),
    )
    .min(2)
    .max(6),
  alt,
});

export const ladderFigure = z.strictObject({
  kind: z.literal('ladder'),
  /** What the line above the steps means. */
  limit: label,
  /** From the lowest to the highest, which stays below the limit. */
  steps: z.array(label).min(2).max(5),
  /** What the gap between the highest step and the limit means. */
  margin: label.optional(),
  alt,
});

const half = z.enum(['low', 'high']);
const quadrantAxis = z.strictObject({ label, low: label, high: label });

export const quadrantsFigure = z.strictObject({
  kind: z.literal('quadrants'),
  x: quadrantAxis,
  y: quadrantAxis,
  cells: z
    .array(z.strictObject({ x: half, y: half, label, mark }))
    .min(1)
    .max(4),
  alt,
});

/** A figure: a number, or something that is drawn. */
export const figure = z.discriminatedUnion('kind', [
  numberFigure,
  barsFigure,
  timelineFigure,
  diagramFigure,
  comparisonFigure,
  horizonFigure,
  oppositesFigure,
  ladderFigure,
  quadrantsFigure,
]);
export type Figure = z.infer<typeof figure>;
export type FigureOf<K extends Figure['kind']> = Extract<Figure, { kind: K }>;

const translatedAxis = z.strictObject({ label: label.optional(), low: label.optional(), high: label.optional() }).optional();

/** The words of a figure in a translation, matched by position. Items keep the order of the base figure, nodes their ids. */
export const figureTranslation = z.strictObject({
  value: z.string().min(1).max(40).optional(),
  label: label.optional(),
  unit: z.string().max(40).optional(),
  items: z
    .array(z.strictObject({ label: label.optional(), when: z.string().min(1).max(40).optional(), text: short.optional() }))
    .optional(),
  columns: z
    .array(
      z.strictObject({
        label: label.optional(),
        items: z.array(z.string().min(1).max(200)).optional(),
        text: z.string().min(1).max(120).optional(),
      }),
    )
    .optional(),
  start: z.string().min(1).max(40).optional(),
  spans: z.array(z.strictObject({ label: label.optional() })).optional(),
  sides: z.strictObject({ less: label.optional(), more: label.optional() }).optional(),
  limit: label.optional(),
  steps: z.array(label).optional(),
  margin: label.optional(),
  x: translatedAxis,
  y: translatedAxis,
  cells: z.array(z.strictObject({ label: label.optional() })).optional(),
  nodes: z.array(z.strictObject({ id: z.string(), label })).optional(),
  edges: z.array(z.strictObject({ from: z.string(), to: z.string(), label })).optional(),
  alt: alt.optional(),
});
export type FigureTranslation = z.infer<typeof figureTranslation>;

// The words and numbers of a drawing, in drawing order

/** Returns the texts of a figure. `languageTag` (BCP 47) is the language of its words and decides how numbers are formatted. */
export function figureWords(figure: DrawnFigure, languageTag: string): string[] {
  switch (figure.kind) {
    case 'bars':
      return figure.items.flatMap((item) => [item.label, barText(item, figure.unit, languageTag)]);
    case 'timeline':
      return figure.items.flatMap(({ when, label }) => [when, label]);
    case 'diagram':
      return [...figure.nodes.map(({ label }) => label), ...figure.edges.flatMap(({ label }) => label ?? [])];
    case 'comparison':
      return figure.columns.flatMap((column) => [column.label, ...present(columnText(column, languageTag)), ...column.items]);
    case 'horizon':
      return [...figure.spans.map(({ label }) => label), figure.start];
    case 'opposites':
      return [figure.sides.less, figure.sides.more, ...figure.items.flatMap((item) => [item.label, barText(item, undefined, languageTag)])];
    case 'ladder':
      return [figure.limit, ...present(figure.margin ?? null), ...figure.steps];
    case 'quadrants':
      return [...[figure.y, figure.x].flatMap(({ label, high, low }) => [label, high, low]), ...figure.cells.map(({ label }) => label)];
  }
}

const present = (text: string | null) => (text === null ? [] : [text]);

/** Returns what is printed at a column besides its label: its own text, or its number. Null when it has neither. */
export function columnText({ value, text }: FigureOf<'comparison'>['columns'][number], languageTag: string): string | null {
  return text ?? (value === undefined ? null : barNumbers({ value, to: undefined }, languageTag));
}

type Bar = Extract<DrawnFigure, { kind: 'bars' }>['items'][number];

/** Returns the label of a bar: its own text, or its number with the unit. */
export function barText({ value, to, text }: Bar, unit: string | undefined, languageTag: string): string {
  return text ?? [barNumbers({ value, to }, languageTag), ...(unit === undefined ? [] : [unit])].join(' ');
}

/** Returns the number of a bar, or its range. */
export function barNumbers({ value, to }: Pick<Bar, 'value' | 'to'>, languageTag: string): string {
  return [value, ...(to === undefined ? [] : [to])].map((number) => withSeparators(number, languageTag)).join('–');
}

// Numbers stay text, because a double would lose digits (`1.50`, `12345678901234567890`)

/** Digits with at most one full stop and an optional exponent: what YAML accepts as a number that is not negative. */
const WRITTEN_NUMBER = /^\+?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;

/** Returns the number with the separators of a language (BCP 47). Keeps every digit as written. */
export function withSeparators(written: string, languageTag: string): string {
  const [, sign = '', whole = '', fraction = '', power = ''] = /^(\+?)(\d*)\.?(\d*)(e.*)?$/i.exec(written) ?? [];
  const { format, decimal } = separatorsFor(languageTag);
  // Leading zeros are intentional.
  const grouped = /^0\d/.test(whole) ? whole : format(BigInt(whole));
  return `${sign}${grouped}${fraction === '' ? '' : decimal}${fraction}${power}`;
}

interface Separators {
  format: (whole: bigint) => string;
  decimal: string;
}

/** Cache. Making a formatter takes a hundred times as long as using it. */
const known = new Map<string, Separators>();

function separatorsFor(languageTag: string): Separators {
  const made = known.get(languageTag) ?? makeSeparators(languageTag);
  known.set(languageTag, made);
  return made;
}

function makeSeparators(languageTag: string): Separators {
  const formatter = new Intl.NumberFormat(languageTag, { numberingSystem: 'latn' });
  return {
    format: (whole) => formatter.format(whole),
    decimal: formatter.formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.',
  };
}
