/** What of a deck's file no slide shows: the notes, and which slides open a section. */
import { readFile } from 'node:fs/promises';
import { parseSync } from '@slidev/parser/core';
import { decodeHTML } from 'entities';

export interface SlideNotes {
  /** Paragraphs of what the presenter says, in plain text. */
  notes: string[];
  layout: string;
  headline: string;
}

/** One for each slide. Notes are plain paragraphs of which the templates have written the marks as references. */
export async function readNotes(deck: string): Promise<SlideNotes[]> {
  const { slides } = parseSync(await readFile(deck, 'utf8'), deck);
  return slides.map(({ note = '', frontmatter }) => ({
    notes: note
      .split(/\n\s*\n/)
      .map((paragraph) => decodeHTML(paragraph).trim())
      .filter((paragraph) => paragraph !== ''),
    layout: String(frontmatter.layout ?? ''),
    headline: String(frontmatter.headline ?? ''),
  }));
}
