/** Schemas of the front matter of every kind of content file (DESIGN.md 4). Unknown keys are always errors. */
import { z } from 'zod';
import type { Attribution } from './corpus.ts';
import { figure, figureTranslation } from './outputs/figure.ts';
import { certaintyMatter, certaintyWords, storySteps, storyWords } from './story.ts';

/** Ids become file names, anchors and route names: lower-case words joined by hyphens. */
export const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** A date as content gives it: a year, a month or a day. */
export const DATE = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;
/** `HH:MM:SS`, `MM:SS`, optionally with a fraction of a second. */
export const TIMESTAMP = /^(?:\d{1,3}:)?[0-5]?\d:[0-5]\d(?:\.\d{1,3})?$/;

export const slug = z.string().max(80).regex(SLUG, { error: 'use lower-case letters, digits and single hyphens' });
const line = z.string().trim().min(1).max(500);
const dateHint = 'write a date as "2023-08-21", "2023-08" or "2023", in quotes';
const date = z.string().regex(DATE, { error: dateHint }).refine(isDay, { error: 'there is no such day in the calendar' });
const timestamp = z.string().regex(TIMESTAMP, { error: 'write a time as "00:04:12", in quotes' });
const url = z
  .url({ protocol: /^https?$/, error: 'write a full address that starts with https:// or http://', abort: true })
  .max(2000)
  .refine((address) => new URL(address).username === '', { error: 'write it without a user name before the @' });

export const attribution = z.enum(['named', 'role', 'anonymous']);

const person = z.strictObject({
  id: slug,
  name: line,
  role: z.enum(['interviewer', 'interviewee', 'moderator', 'other']),
  affiliation: line.optional(),
  attribution: attribution.optional(),
  /** Other names of the person, which are also searched for when the name is withheld. */
  aliases: z.array(line).max(50).default([]),
  /** Parts of the name that are also ordinary words. On their own they do not count as the name. */
  ordinaryWords: z.array(line).max(10).default([]),
});

const source = z.strictObject({
  title: line,
  publisher: line.optional(),
  url: url.optional(),
  media: url.optional(),
  accessed: date.optional(),
  /** What kind of source it is, such as an edited report. */
  note: line.optional(),
});

export const interviewMatter = z.strictObject({
  title: line,
  date,
  lang: z.string().regex(/^[a-z]{2,3}$/, { error: 'write a short language code such as en or zh' }),
  people: z.array(person).min(1).max(50),
  source: source.optional(),
  attribution: attribution.default('named'),
  embargo: date.nullable().default(null),
  sections: z
    .array(z.strictObject({ id: slug, title: line }))
    .max(100)
    .default([]),
});
export type InterviewMatter = z.infer<typeof interviewMatter>;

export const interviewTranslation = z.strictObject({
  title: line.optional(),
  people: z.array(z.strictObject({ id: slug, name: line.optional(), affiliation: line.optional() })).optional(),
  source: z.strictObject({ title: line.optional(), publisher: line.optional(), note: line.optional() }).optional(),
  sections: z.array(z.strictObject({ id: slug, title: line })).optional(),
});

export const exchangeMatter = z.strictObject({
  question: line,
  tags: z.array(slug).max(50).default([]),
  /** Tags that `import` suggests from the themes' keywords. They have no effect on the decks. */
  suggested: z.array(slug).max(50).default([]),
  section: slug.optional(),
  speaker: slug.optional(),
  start: timestamp.optional(),
  end: timestamp.optional(),
  takeaway: line.optional(),
  key: z.boolean().default(false),
  terms: z.array(slug).max(50).default([]),
  figures: z.array(figure).max(8).default([]),
  draft: z.boolean().default(false),
  attribution: attribution.optional(),
});
export type ExchangeMatter = z.infer<typeof exchangeMatter>;

export const exchangeTranslation = z.strictObject({
  question: line.optional(),
  takeaway: line.optional(),
  figures: z.array(figureTranslation).optional(),
});

export const themeMatter = z.strictObject({
  title: line,
  subtitle: line.optional(),
  order: z.number().int().optional(),
  accent: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, { error: 'write a colour as "#1d4ed8"', abort: true })
    .refine((accent) => accentContrast(accent) >= READABLE, {
      error: ({ input }) =>
        `its contrast with white is ${accentContrast(String(input)).toFixed(1)} to 1; choose a darker colour (at least ${READABLE} to 1)`,
    })
    .optional(),
  query: line.optional(),
  /** Keywords from which `import` suggests tags, in the language of the file. */
  keywords: z.array(line).max(200).default([]),
  /** Whether points appear one by one while presenting. On paper all are shown. */
  steps: z.boolean().default(false),
  /** Whether the briefing prints the presenter's notes as prose. */
  notes: z.boolean().default(true),
  /** The sentence that answers the theme's question. */
  answer: line.optional(),
  /** What stays open, in a phrase. */
  open: line.optional(),
  /** The steps of the short deck. */
  story: storySteps.optional(),
  certainty: certaintyMatter.optional(),
});
export const themeTranslation = z.strictObject({
  title: line.optional(),
  subtitle: line.optional(),
  keywords: z.array(line).max(200).optional(),
  answer: line.optional(),
  open: line.optional(),
  story: storyWords.optional(),
  certainty: certaintyWords.optional(),
});

export const termMatter = z.strictObject({ term: line, aliases: z.array(line).max(50).default([]) });
export const termTranslation = z.strictObject({ term: line.optional(), aliases: z.array(line).max(50).optional() });

/** `content/tags.md`: the tags that are not themes, each with its meaning. */
export const tagListMatter = z.strictObject({ tags: z.record(slug, line).default({}) });

/** Whether a date exists, if it names a day. */
function isDay(text: string): boolean {
  return text.length !== 10 || !DATE.test(text) || new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
}

// Contrast of colours, as defined by WCAG 2.2 (relative luminance, success criterion 1.4.3)

/** The share of the theme's colour in tinted boxes: `--tint` in the theme. */
const TINT = 0.07;

/** The lowest contrast ratio of an accent (`#rrggbb`) with its backgrounds: white, and white tinted with the accent. */
function accentContrast(accent: string): number {
  const colour = channels(accent);
  const tinted = colour.map((channel) => 255 - (255 - channel) * TINT);
  return Math.min(contrast(colour, [255, 255, 255]), contrast(colour, tinted));
}

/** The contrast that WCAG requires of text (level AA). */
const READABLE = 4.5;

function contrast(a: readonly number[], b: readonly number[]): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

/** Returns the strictest of several attributions. */
export function strictest(levels: readonly (Attribution | null)[]): Attribution {
  return levels.includes('anonymous') ? 'anonymous' : levels.includes('role') ? 'role' : 'named';
}
