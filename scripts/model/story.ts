/** The story of a theme: its answer, the steps of the short deck, and what is stated, expected and left open (DESIGN.md 4). */
import { z } from 'zod';

/** The part that a step plays in the argument. */
export const STORY_ROLES = ['situation', 'change', 'question', 'evidence', 'answer'] as const;
export type StoryRole = (typeof STORY_ROLES)[number];

/** How sure a statement is: what is stated, what is expected, what is left open. */
export const CERTAINTIES = ['states', 'expects', 'open'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

const words = z.string().trim().min(1).max(500);

/** An exchange: its id where that is unique, else `interview/exchange`. */
const address = z
  .string()
  .max(161)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\/[a-z0-9]+(?:-[a-z0-9]+)*)?$/, { error: 'write the id of an exchange, or interview/exchange' });

/** A single address or a list of them. Returns a list. */
const shown = z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(address).min(1).max(6));

const step = z.strictObject({
  role: z.enum(STORY_ROLES),
  show: shown,
  /** Which figure of the first shown exchange is the exhibit, counted from 1. */
  figure: z.number().int().min(1).max(8).optional(),
  /** The headline, where the takeaway does not fit. */
  say: words.optional(),
});
const statement = z.strictObject({ text: words, show: shown.optional() });

export const storySteps = z.array(step).min(1).max(8);
export const certaintyMatter = z.strictObject({
  states: z.array(statement).max(5).default([]),
  expects: z.array(statement).max(5).default([]),
  open: z.array(statement).max(5).default([]),
});
export type StoryStep = z.output<typeof step>;
export type Statements = Record<Certainty, Statement[]>;
export interface Statement {
  text: string;
  /** Addresses of exchanges. */
  show: string[];
}

/** The words of a story in a translation, matched by position. */
export const storyWords = z.array(z.strictObject({ say: words.optional() })).max(8);
const statementWords = z.array(z.strictObject({ text: words })).max(5);
export const certaintyWords = z.strictObject({
  states: statementWords.optional(),
  expects: statementWords.optional(),
  open: statementWords.optional(),
});
