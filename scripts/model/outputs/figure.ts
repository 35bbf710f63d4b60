import { z } from 'zod';
import type { DrawnFigure } from './deck.ts';

const label = z.string().min(1).max(400);
const alt = z.string({ error: 'every figure needs an alt text' }).min(1).max(1000);

/** How large a bar is. Front matter gives the numbers of figures as text (yaml.ts). */
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
        /** As it is written. */
        value: amount,
        /** The upper end of a range that starts at `value`. */
        to: amount.optional(),
        /** Printed at the bar in place of the number. */
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

/** Something to look at beside the points. */
export const figure = z.discriminatedUnion('kind', [numberFigure, barsFigure, timelineFigure, diagramFigure]);
export type Figure = z.infer<typeof figure>;
export type FigureOf<K extends Figure['kind']> = Extract<Figure, { kind: K }>;

/** A translation of a figure by position: only its words. Items and nodes keep the order (nodes: the ids) of the base figure. */
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

// The words and numbers of a drawing, in the order in which they are drawn.

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

// Numbers as their authors write them: a double would lose digits (`1.50`, `12345678901234567890`).

/** Digits with at most one full stop, perhaps a power of ten: what YAML takes for a number that is not negative. */
const WRITTEN_NUMBER = /^\+?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;

/** The number with the separators of a language (a BCP 47 tag), every digit as it is written. */
function withSeparators(written: string, languageTag: string): string {
  const [, sign = '', whole = '', fraction = '', power = ''] = /^(\+?)(\d*)\.?(\d*)(e.*)?$/i.exec(written) ?? [];
  const { format, decimal } = separatorsFor(languageTag);
  // Who writes zeros in front means them.
  const grouped = /^0\d/.test(whole) ? whole : format(BigInt(whole));
  return `${sign}${grouped}${fraction === '' ? '' : decimal}${fraction}${power}`;
}

interface Separators {
  format: (whole: bigint) => string;
  decimal: string;
}

/** Making a formatter costs a hundred times what using it does. */
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
