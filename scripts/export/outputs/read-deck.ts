/** Reads a deck's file as Slidev does, with the front matter that Briefdeck's templates wrote. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseSync } from '@slidev/parser/core';
import { Parser } from 'htmlparser2';
import { z } from 'zod';
import { DECK_PARTS } from '../../model/outputs/deck.ts';
import type { DeckFile } from '../../model/outputs/deck-file.ts';
import { charactersIn } from '../../pdf/page-text.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { ExpectedError } from '../../shared/errors.ts';

const headmatter = z.object({
  lang: z.string(),
  author: z.string().default(''),
  // Used in styles, so it must be a colour.
  themeConfig: z
    .object({
      accent: z
        .string()
        .regex(/^#[0-9a-f]{6}$/i)
        .nullable()
        .catch(null),
    })
    .catch({ accent: null }),
  briefdeck: z.object({
    theme: z.string(),
    order: z.number().default(0),
    lang: z.string(),
    deck: z.string(),
    subtitle: z.string().nullable().default(null),
    date: z.string(),
    notes: z.boolean().default(true),
    parts: z.record(z.enum(DECK_PARTS), z.string()).nullable().catch(null),
  }),
});
const frontmatter = z.object({
  slideId: z.string(),
  headline: z.string(),
  part: z.enum(DECK_PARTS).nullable().catch(null),
  continued: z.string().nullable().default(null),
  section: z.string().nullable().default(null),
  source: z.string().nullable().default(null),
});

/** Reads a generated deck. Throws ExpectedError when the file cannot be read, and as parseDeckFile does. */
export async function readDeckFile(file: string): Promise<DeckFile | null> {
  return parseDeckFile(file, await readText(file));
}

/**
 * Parses a generated deck. Returns null for Markdown that Briefdeck has not generated. Throws ExpectedError when the text cannot be parsed,
 * or when a slide lacks what the templates write.
 */
export function parseDeckFile(file: string, markdown: string): DeckFile | null {
  const slides = parseSlides(file, markdown);
  const head = headmatter.safeParse(slides[0]?.frontmatter);
  if (!head.success) return null;
  const { theme, order, lang, deck: title, subtitle, date, notes, parts } = head.data.briefdeck;
  return {
    name: path.basename(file, '.md'),
    file,
    theme,
    order,
    lang,
    languageTag: head.data.lang,
    title,
    subtitle,
    accent: head.data.themeConfig.accent,
    author: head.data.author,
    date,
    notes,
    parts,
    slides: slides.map((slide, index) => {
      const parsed = frontmatter.safeParse(slide.frontmatter);
      if (!parsed.success)
        throw new ExpectedError(`${file}: slide ${index + 1} has no slideId or headline`, {
          hint: 'generate the deck again, or correct the template',
        });
      const { slideId, headline, part, continued, section, source } = parsed.data;
      return {
        id: slideId,
        headline,
        part,
        continued,
        section,
        source,
        words: slideWords(slide.frontmatter, slide.content),
        notes: notesOf(slide.note),
        hash: sha256(slide.raw.trim()),
        // The characters that are shown, without those of the notes. In a deck, references and escapes stand only for ASCII.
        characters: charactersIn(JSON.stringify(slide.frontmatter) + slide.content),
      };
    }),
  };
}

/**
 * Reads notes as render/ wrote them: paragraphs separated by an empty line, a backslash at the end of each broken line, and references for
 * marks with a meaning in Slidev.
 */
function notesOf(note: string | undefined): string[] {
  const paragraphs = (note ?? '').split(/\n{2,}/).map((text) => text.split(/\\\n/).map(lineOf).join('\n'));
  return paragraphs.filter((text) => text.trim() !== '');
}

function lineOf(written: string): string {
  return written
    .replace(/\n/g, ' ')
    .trim()
    .replace(/&#(\d{1,7});/g, (reference, code: string) => characterOf(Number(code)) ?? reference);
}

function characterOf(code: number): string | null {
  return code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw unreadable(file, error);
  });
}

function parseSlides(file: string, markdown: string): ReturnType<typeof parseSync>['slides'] {
  try {
    return parseSync(markdown, file).slides;
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** An error of the file system or of the YAML parser: in both cases this file is at fault. */
function unreadable(file: string, error: unknown): ExpectedError {
  const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  return new ExpectedError(`${file} cannot be read: ${reason}`, { hint: 'generate the deck again', cause: error });
}

// The text of a slide in a generated deck, read from its file. Every output of the deck must contain it before it gets its final name.

/**
 * Returns the texts of a slide, one for each paragraph, item, cell or line of a drawing: first those that its front matter passes to the
 * layout, then its content in order. Reads content only inside `v-pre`, where templates put all text; everything else belongs to the
 * template.
 */
function slideWords(frontmatter: Readonly<Record<string, unknown>>, content: string): string[] {
  const { title: _slidevs, source: _file, briefdeck: _deck, ...shown } = frontmatter;
  return [...textsIn(shown), ...textsOf(content)].filter((text) => text.trim() !== '');
}

/** Front matter that layouts show, at any depth: text written by people. */
const SHOWN = new Set([
  ...['headline', 'question', 'kicker', 'subtitle', 'by', 'text', 'earlier', 'title', 'affiliation', 'sourceNote', 'claim', 'open'],
]);

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => (typeof each === 'string' ? (SHOWN.has(key) ? [each] : []) : textsIn(each)));
}

/** Elements that begin a new text. In all others the text continues. */
const BLOCKS = new Set(['p', 'li', 'dt', 'dd', 'td', 'th', 'pre', 'blockquote', 'div', 'br', 'text', 'figure', 'ul', 'ol', 'table', 'tr']);

function textsOf(content: string): string[] {
  const texts = [''];
  /** For each open element, whether its text is inside `v-pre`. */
  const closed: boolean[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      closed.push(closed.at(-1) === true || 'v-pre' in attributes);
      // The value of a number and its label are separate texts.
      if (BLOCKS.has(name) || /^(?:value|label)$/.test(attributes.class ?? '')) texts.push('');
    },
    ontext(text) {
      if (closed.at(-1) === true) texts[texts.length - 1] += text;
    },
    onclosetag(name) {
      closed.pop();
      if (BLOCKS.has(name)) texts.push('');
    },
  });
  parser.end(content);
  return texts;
}
