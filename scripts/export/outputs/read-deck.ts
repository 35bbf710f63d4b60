/** A deck's file as Slidev reads it, with what Briefdeck's templates wrote into its front matter. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseSync } from '@slidev/parser/core';
import { Parser } from 'htmlparser2';
import { z } from 'zod';
import type { DeckFile } from '../../model/outputs/deck-file.ts';
import { charactersIn } from '../../pdf/page-text.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { ExpectedError } from '../../shared/errors.ts';

const headmatter = z.object({
  lang: z.string(),
  author: z.string().default(''),
  // It goes into styles: nothing but a colour may stand there.
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
  }),
});
const frontmatter = z.object({
  slideId: z.string(),
  headline: z.string(),
  part: z.string().nullable().default(null),
  source: z.string().nullable().default(null),
});

/** Reads a generated deck. Throws ExpectedError when the file cannot be read; else as parseDeckFile. */
export async function readDeckFile(file: string): Promise<DeckFile | null> {
  return parseDeckFile(file, await readText(file));
}

/**
 * A generated deck from its text; null when the file is Markdown of somebody else's. Throws ExpectedError when the text cannot be parsed or a
 * slide lacks what the templates write.
 */
export function parseDeckFile(file: string, markdown: string): DeckFile | null {
  const slides = parseSlides(file, markdown);
  const head = headmatter.safeParse(slides[0]?.frontmatter);
  if (!head.success) return null;
  const { theme, order, lang, deck: title, subtitle, date, notes } = head.data.briefdeck;
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
    slides: slides.map((slide, index) => {
      const parsed = frontmatter.safeParse(slide.frontmatter);
      if (!parsed.success)
        throw new ExpectedError(`${file}: slide ${index + 1} has no slideId or headline`, {
          hint: 'generate the deck again, or correct the template',
        });
      const { slideId, headline, part, source } = parsed.data;
      return {
        id: slideId,
        headline,
        part,
        source,
        words: slideWords(slide.frontmatter, slide.content),
        notes: notesOf(slide.note),
        hash: sha256(slide.raw.trim()),
        // Of what is seen, not of the notes. Only ASCII is written as references and escapes in a deck.
        characters: charactersIn(JSON.stringify(slide.frontmatter) + slide.content),
      };
    }),
  };
}

/**
 * As render/ wrote them: paragraphs with an empty line between them, a backslash at the end of each line that is broken, and references in place of signs that
 * Slidev would act on.
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

/** Of the file system or of the YAML parser: either way it is this file that is at fault. */
function unreadable(file: string, error: unknown): ExpectedError {
  const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  return new ExpectedError(`${file} cannot be read: ${reason}`, { hint: 'generate the deck again', cause: error });
}

// What a slide of a generated deck is to say, told from its file: every output of the deck is held against it before it takes its name.

/**
 * The texts of a slide, one for each paragraph, item, cell, line of a drawing: first what its front matter hands to the layout, then its content in order. Content is
 * read where it is closed to Vue (`v-pre`), as the templates close all text: what else a template writes is its own.
 */
function slideWords(frontmatter: Readonly<Record<string, unknown>>, content: string): string[] {
  const { title: _slidevs, source: _file, briefdeck: _deck, ...shown } = frontmatter;
  return [...textsIn(shown), ...textsOf(content)].filter((text) => text.trim() !== '');
}

/** Front matter that layouts show: what people have written, at any depth. */
const SHOWN = new Set(['headline', 'question', 'subtitle', 'by', 'text', 'earlier', 'title', 'affiliation']);

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => (typeof each === 'string' ? (SHOWN.has(key) ? [each] : []) : textsIn(each)));
}

/** Elements that stand by themselves; of the others the text goes on. */
const BLOCKS = new Set(['p', 'li', 'dt', 'dd', 'td', 'th', 'pre', 'blockquote', 'div', 'br', 'text', 'figure', 'ul', 'ol', 'table', 'tr']);

function textsOf(content: string): string[] {
  const texts = [''];
  /** For each open element, whether its text is closed to Vue. */
  const closed: boolean[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      closed.push(closed.at(-1) === true || 'v-pre' in attributes);
      // The value of a number and what it counts.
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
