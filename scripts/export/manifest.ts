/** `manifest.json` beside the outputs: what each was made from, and which content file each page comes from. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { DeckFile } from '../model/deck-file.ts';
import { writeAtomic } from '../shared/files.ts';

const slideEntry = z.strictObject({
  /** Counted from 1. */
  page: z.int().positive(),
  slide: z.string(),
  /** `<interview>/<exchange>`. */
  exchange: z.string().nullable(),
  /** Content file, relative to the content folder. */
  file: z.string().nullable(),
  /** SHA-256 of the slide's text in the deck; earlier versions wrote none. */
  hash: z.string().optional(),
});

const outputEntry = z.strictObject({
  /** SHA-256 of the file. */
  hash: z.string(),
  /** SHA-256 by name of everything it was made from. */
  inputs: z.record(z.string(), z.string()),
  /** Changes when any input, the browser or a tool does. */
  key: z.string(),
  slides: z.array(slideEntry),
  /** Earlier versions wrote none. */
  look: z.enum(['light', 'dark']).optional(),
  browser: z.string(),
  /** Content files, relative to the content folder. */
  generatedFrom: z.array(z.string()),
});

const manifest = z.strictObject({ version: z.literal(1), outputs: z.record(z.string(), outputEntry) });

export type SlideEntry = z.infer<typeof slideEntry>;
export type OutputEntry = z.infer<typeof outputEntry>;
/** By file name of the output. */
export type Outputs = Record<string, OutputEntry>;

/** The entries of an out folder. A manifest that is missing, broken or of another version is none: everything is made again. */
export async function readManifest(out: string): Promise<Outputs> {
  const file = path.join(out, 'manifest.json');
  if (!existsSync(file)) return {};
  const parsed = manifest.safeParse(parseJson(await readFile(file, 'utf8')));
  return parsed.success ? parsed.data.outputs : {};
}

/** Puts the given entries in the place of older ones; the others stay as long as their file does. Throws ExpectedError when it cannot be written. */
export async function updateManifest(out: string, changed: Outputs): Promise<void> {
  const entries = Object.entries({ ...(await readManifest(out)), ...changed }).filter(([name]) => existsSync(path.join(out, name)));
  const outputs = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeAtomic(path.join(out, 'manifest.json'), `${JSON.stringify({ version: 1, outputs }, null, 2)}\n`);
}

/** Where every page of a deck comes from. */
export function slideEntries(deck: DeckFile): SlideEntry[] {
  return deck.slides.map(({ id, source, hash }, index) => ({
    page: index + 1,
    slide: id,
    exchange: source === null ? null : exchangeOf(source),
    file: source,
    hash,
  }));
}

/** `interviews/<id>/010-slug.zh.md` is the exchange `<id>/slug`. */
function exchangeOf(file: string): string | null {
  const [, interview, slug] = /^interviews\/([^/]+)\/\d+-([^/.]+)(?:\.[a-z]+)?\.md$/.exec(file) ?? [];
  return interview === undefined || slug === undefined ? null : `${interview}/${slug}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
