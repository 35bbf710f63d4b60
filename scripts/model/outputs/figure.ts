import { z } from 'zod';
import type { DrawnFigure } from './deck.ts';

const label = z.string().min(1).max(400);
const alt = z.string({ error: 'every figure needs an alt text' }).min(1).max(1000);

/** The size of a bar. Numbers in the front matter of figures are read as text (yaml.ts). */
const amountHint = { error: 'every bar needs a number of 0 or more, such as 1234.5' };
const amount = z.union(
  [
    z.string().refine((written) => written.length <= 40 && WRITTEN_NUMBER.test(written) && Number.isFinite(Number(written)), amountHint),
    z.number().nonnegative(amountHint).transform(String),
  ],
  amountHint,
);

export const numberFigure = z.strictObject({ kind: z.literal('number'), value: z.string().min(1).max(40), label, alt });

export const barsFigure = z.strictObject({
  kind: z.literal('bars'),
  unit: z.string().max(40).optional(),
  scale: z.enum(['linear', 'log']).default('linear'),
  items: z
    .array(
      z.strictObject({
        label,
        /** The number as written. */
        value: amount,
        /** The upper end of a range that starts at `value`. */
        to: amount.optional(),
        /** Printed at the bar instead of the number. */
        text: z.string().min(1).max(60).optional(),
      }),
    )
    .min(2)
    .max(8),
  alt,
});

export const timelineFigure = z.strictObject({
  kind: z.literal('timeline'),
  items: z
    .array(z.strictObject({ when: z.string().min(1).max(40), label }))
    .min(2)
    .max(8),
  alt,
});

export const diagramFigure = z.strictObject({
  kind: z.literal('diagram'),
  direction: z.enum(['right', 'down']).default('right'),
  nodes: z
    .array(z.strictObject({ id: z.string().min(1).max(60), label }))
    .min(2)
    .max(12),
  edges: z
    .array(z.strictObject({ from: z.string(), to: z.string(), label: label.optional() }))
    .max(24)
    .default([]),
  alt,
});

/** A figure: a number, bars, a timeline or a diagram. */
export const figure = z.discriminatedUnion('kind', [numberFigure, barsFigure, timelineFigure, diagramFigure]);
export type Figure = z.infer<typeof figure>;
export type FigureOf<K extends Figure['kind']> = Extract<Figure, { kind: K }>;

/** The words of a figure in a translation, matched by position. Items keep the order of the base figure, nodes their ids. */
export const figureTranslation = z.strictObject({
  value: z.string().min(1).max(40).optional(),
  label: label.optional(),
  unit: z.string().max(40).optional(),
  items: z
    .array(
      z.strictObject({ label: label.optional(), when: z.string().min(1).max(40).optional(), text: z.string().min(1).max(60).optional() }),
    )
    .optional(),
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
  }
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
function withSeparators(written: string, languageTag: string): string {
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
