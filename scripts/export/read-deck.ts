/** A deck's file as Slidev reads it, with what Briefdeck's templates wrote into its front matter. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseSync } from '@slidev/parser/core';
import { z } from 'zod';
import type { DeckFile } from '../model/deck-file.ts';
import { ExpectedError } from '../shared/errors.ts';

const headmatter = z.object({
  lang: z.string(),
  author: z.string().default(''),
  themeConfig: z.object({ accent: z.string().nullable().catch(null) }).catch({ accent: null }),
  briefdeck: z.object({
    theme: z.string(),
    order: z.number().default(0),
    lang: z.string(),
    deck: z.string(),
    subtitle: z.string().nullable().default(null),
    date: z.string(),
  }),
});
const frontmatter = z.object({ slideId: z.string(), headline: z.string(), source: z.string().nullable().default(null) });

/**
 * Reads a generated deck; null when the file is Markdown of somebody else's. Throws ExpectedError when the file cannot be read or a
 * slide lacks what the templates write.
 */
export async function readDeckFile(file: string): Promise<DeckFile | null> {
  const slides = await readSlides(file);
  const head = headmatter.safeParse(slides[0]?.frontmatter);
  if (!head.success) return null;
  const { theme, order, lang, deck: title, subtitle, date } = head.data.briefdeck;
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
    slides: slides.map((slide, index) => {
      const parsed = frontmatter.safeParse(slide.frontmatter);
      if (!parsed.success)
        throw new ExpectedError(`${file}: slide ${index + 1} has no slideId or headline`, {
          hint: 'generate the deck again, or correct the template',
        });
      const { slideId, headline, source } = parsed.data;
      return { id: slideId, headline, source, characters: charactersIn(slide) };
    }),
  };
}

/** Of what is seen: not of the notes. Only ASCII is written as references and escapes in a deck. */
function charactersIn({ content, frontmatter }: ReturnType<typeof parseSync>['slides'][number]): string[] {
  const text = JSON.stringify(frontmatter) + content;
  return [...new Set(text.normalize().match(/[^\0-\u007f]/gu))];
}

async function readSlides(file: string): Promise<ReturnType<typeof parseSync>['slides']> {
  try {
    return parseSync(await readFile(file, 'utf8'), file).slides;
  } catch (error) {
    // Of the file system or of the YAML parser: either way it is this file that is at fault.
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new ExpectedError(`${file} cannot be read: ${reason}`, { hint: 'generate the deck again', cause: error });
  }
}
