import { z } from 'zod';
import { WRITTEN_NUMBER } from '../text/written-number.ts';

const label = z.string().min(1).max(400);
const alt = z.string({ error: 'every figure needs an alt text' }).min(1).max(1000);

/** How large a bar is. Front matter gives the numbers of figures as text (content/yaml.ts). */
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
