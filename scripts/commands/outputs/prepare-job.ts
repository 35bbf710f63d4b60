import { isDeepStrictEqual } from 'node:util';
import type { UnsureCharacter } from '../../export/outputs/finish-printed.ts';
import type { SlidesJob } from '../../export/run/export-job.ts';
import type { DeckFile } from '../../model/outputs/deck-file.ts';
import { loadMetrics } from '../../render/fonts/load-metrics.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { pathFromHere } from '../../shared/paths.ts';
import { recallDeckFile, recallUnsure } from '../decks/deck-files.ts';
import type { Settings } from '../settings.ts';
import { deckInputs, type SharedInputs, stampInputs } from './inputs.ts';

/** A job to export a deck, or why it cannot be exported. */
export type Prepared = { job: SlidesJob } | { error: ExpectedError };

/** Returns a function that says whether the fonts of a theme have a character. */
export type Glyphs = () => Promise<(character: string) => boolean>;

/**
 * Reads a deck and hashes what it is made from. `text` replaces the content of its file. Without `hasGlyph` the job does not say which
 * characters the fonts lack.
 */
export async function prepareJob(
  file: string,
  look: SlidesJob['look'],
  hasGlyph: Glyphs | null,
  { folders, env }: Settings,
  text: string | null = null,
  shared?: SharedInputs,
): Promise<Prepared> {
  try {
    // Taken before anything is read, so that later writes are noticed.
    const stamp = await stampInputs(file, folders.templates);
    const deck = await recallDeckFile(file, text);
    if (deck === null) throw new ExpectedError(`${pathFromHere(file)} is not a deck that was generated`, { hint: 'run generate' });
    const inputs = await deckInputs(deck.file, folders.templates, text, shared);
    const job: SlidesJob = {
      format: 'slides',
      deck,
      look,
      inputs,
      date: documentDate(pathFromHere(deck.file), deck.date, env.SOURCE_DATE_EPOCH),
      ...(hasGlyph === null ? {} : { unsure: await recallUnsure(deck.file, inputs, () => unsureIn(deck, hasGlyph)) }),
      metadata: { title: deck.title, author: deck.author, subject: deck.subtitle ?? '', keywords: [deck.theme] },
      isCurrent: () => isCurrent(file, folders.templates, { inputs, stamp }),
    };
    return { job };
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
export async function unsureIn({ slides }: DeckFile, glyphs: Glyphs): Promise<UnsureCharacter[]> {
  if (slides.every(({ characters }) => characters.length === 0)) return [];
  const hasGlyph = await glyphs();
  return slides.flatMap(({ characters }, index) =>
    characters.filter((character) => !hasGlyph(character)).map((character) => ({ character, page: index + 1 })),
  );
}

/** Also compares the hashes: the clock of file systems is coarse, so that two writes in quick succession may have the same stamp. */
async function isCurrent(file: string, templates: string, was: { inputs: SlidesJob['inputs']; stamp: string }): Promise<boolean> {
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
