/** Prepares jobs for outputs of decks, and hashes everything that they are made from except the browser and the tools. */
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { DeckJob, OutputFormat, UnsureCharacter } from '../../export/run/export-job.ts';
import type { DeckFile } from '../../model/outputs/deck-file.ts';
import { loadMetrics } from '../../render/fonts/load-metrics.ts';
import { pathOfDeckAddress } from '../../shared/addresses.ts';
import { hashFolder, hashIfThere, sha256, stampAll } from '../../shared/cache/hashes.ts';
import { hashPackages } from '../../shared/cache/program-version.ts';
import { readIfThere } from '../../shared/disk/files.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { pathFromHere, projectRoot } from '../../shared/paths.ts';
import { recallDeckFile } from '../decks/deck-files.ts';
import type { Glyphs, Making, Prepared } from './output.ts';

/** Reads a deck and hashes what it is made from. `text` replaces the content of its file. */
export function prepareJob(
  format: OutputFormat,
  file: string,
  { look, hasGlyph, settings, shared }: Making,
  text: string | null = null,
): Promise<Prepared<DeckJob>> {
  const { folders, env } = settings;
  return prepared(async () => {
    // Taken before anything is read, so that later writes are noticed.
    const stamp = await stampInputs(file, folders.templates);
    const deck = await recallDeckFile(file, text);
    if (deck === null) throw new ExpectedError(`${pathFromHere(file)} is not a deck that was generated`, { hint: 'run generate' });
    const inputs = await deckInputs(deck.file, folders.templates, text, shared);
    return {
      format,
      name: deck.name,
      deck,
      variant: { look },
      inputs,
      date: documentDate(pathFromHere(deck.file), deck.date, env.SOURCE_DATE_EPOCH),
      ...(hasGlyph === null ? {} : { unsure: await unsureIn(deck, hasGlyph) }),
      metadata: { title: deck.title, author: deck.author, subject: deck.subtitle ?? '', keywords: [deck.theme] },
      isCurrent: () => isCurrent(file, folders.templates, { inputs, stamp }),
    };
  });
}

/** Returns a job, or why it cannot be prepared. */
export async function prepared<J>(prepare: () => Promise<J>): Promise<Prepared<J>> {
  try {
    return { job: await prepare() };
  } catch (error) {
    if (error instanceof ExpectedError) return { error };
    throw error;
  }
}

/** Returns the glyphs of a theme's fonts. They are read only once, and only when a deck needs them. */
export function glyphsOf(theme: string): Glyphs {
  let loading: Promise<(character: string) => boolean> | null = null;
  return () => {
    loading ??= loadMetrics(theme).then((metrics) => metrics.hasGlyph);
    return loading;
  };
}

/** Returns the characters of a deck that its theme's fonts lack, with their slides. */
async function unsureIn({ slides }: DeckFile, glyphs: Glyphs): Promise<UnsureCharacter[]> {
  if (slides.every(({ characters }) => characters.length === 0)) return [];
  const hasGlyph = await glyphs();
  return slides.flatMap(({ characters }, index) =>
    characters.filter((character) => !hasGlyph(character)).map((character) => ({ character, page: index + 1 })),
  );
}

/** Also compares the hashes: the clock of file systems is coarse, so that two writes in quick succession may have the same stamp. */
async function isCurrent(file: string, templates: string, was: { inputs: DeckJob['inputs']; stamp: string }): Promise<boolean> {
  try {
    const inputs = await deckInputs(file, templates);
    return isDeepStrictEqual(inputs, was.inputs) && (await stampInputs(file, templates)) === was.stamp;
  } catch (error) {
    // The theme is gone.
    if (error instanceof ExpectedError) return false;
    throw error;
  }
}

/** Returns SOURCE_DATE_EPOCH (seconds, reproducible-builds.org) if it is set, else the content's own date at midnight UTC. */
export function documentDate(what: string, content: string, epoch: string | undefined): Date {
  const isEpoch = epoch !== undefined && /^\d+$/.test(epoch);
  const text = `${content}${'-01-01'.slice(0, Math.max(0, 10 - content.length))}T00:00:00Z`;
  const date = new Date(isEpoch ? Number(epoch) * 1000 : text);
  if (!Number.isNaN(date.getTime()) && date.getUTCFullYear() <= 9999) return date;
  if (isEpoch)
    throw new ExpectedError(`SOURCE_DATE_EPOCH is ${epoch}, which is no date`, { hint: 'set it to seconds since 1970, or unset it' });
  throw new ExpectedError(`${what}: its date "${content}" is none`, {
    hint: 'run generate; dates are written 2023, 2023-08 or 2023-08-21',
  });
}

/**
 * Returns SHA-256 hashes by name: of the deck's file (or of the given text), its images, the theme folder and the installed packages (which
 * include fonts and Slidev).
 */
export async function deckInputs(
  deck: string,
  templates: string,
  text: string | null = null,
  shared = sharedInputs(templates),
): Promise<Record<string, string>> {
  const [file, images, others] = await Promise.all([text === null ? hashIfThere(deck) : sha256(text), hashImages(deck, text), shared]);
  return { deck: file, images, ...others };
}

/** Hashes that many decks share. */
export type SharedInputs = Promise<{ theme: string; packages: string }>;

/** Returns the part of `deckInputs` that all decks have in common, so that it is hashed only once. */
export async function sharedInputs(templates: string): Promise<{ theme: string; packages: string }> {
  const [theme, packages] = await Promise.all([hashTheme(path.join(templates, 'theme')), hashPackages(projectRoot)]);
  return { theme, packages };
}

/** Returns a stamp that changes with every write to the deck, its images or the theme. */
async function stampInputs(deck: string, templates: string): Promise<string> {
  return stampAll([deck, ...(await imagesOf(deck, null)), path.join(templates, 'theme')]);
}

async function hashTheme(folder: string): Promise<string> {
  try {
    return await hashFolder(folder);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new ExpectedError(`cannot read the theme folder ${folder}: ${error.message}`, {
      hint: 'name the folder that holds it with --templates DIR',
      cause: error,
    });
  }
}

async function hashImages(deck: string, text: string | null): Promise<string> {
  return sha256((await Promise.all((await imagesOf(deck, text)).map(hashIfThere))).join('\n'));
}

/** Returns the images that a deck shows, which are in the content folder. */
async function imagesOf(deck: string, text: string | null): Promise<string[]> {
  const markdown = text ?? (await readIfThere(deck)) ?? '';
  const sources = [...markdown.matchAll(/<img src="([^"]+)"/g)].map(([, src = '']) => src);
  return sources.map((src) => path.resolve(path.dirname(deck), pathOfDeckAddress(readReferences(src))));
}

/** Reverses the escaping of an address by render/. */
function readReferences(src: string): string {
  return src.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
