/** Handouts as PDF: the slides of generated decks with their notes, on paper. */
import path from 'node:path';
import type { HandoutJob } from '../../export/outputs/handout-job.ts';
import type { DeckFile } from '../../model/outputs/deck-file.ts';
import type { Handout, HandoutEntry } from '../../model/outputs/handout.ts';
import type { Locale } from '../../model/outputs/locale.ts';
import type { PaperSize } from '../../model/outputs/paper.ts';
import type { Passage } from '../../pdf/inspect/lost-words.ts';
import { handoutName } from '../../plan/context.ts';
import { planHandout } from '../../plan/plan-handout.ts';
import { renderHandout } from '../../render/documents/handout-html.ts';
import { loadHandoutTemplates } from '../../render/documents/load-handout.ts';
import { loadLocales } from '../../render/load-templates.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { refuseNameOfDeck } from '../decks/deck-place.ts';
import type { Settings } from '../settings.ts';
import type { SharedInputs } from './inputs.ts';
import type { OutputRequest } from './outputs.ts';
import { type Glyphs, prepareJob } from './prepare-job.ts';

/** The settings for all handouts of a run. */
export interface HandoutMaking {
  size: PaperSize;
  /** Null when characters that the fonts lack need not be known. */
  hasGlyph: Glyphs | null;
  settings: Settings;
}

/** Returns the request for the handout of a deck's file. Each attempt reads the file again. */
export function handoutRequest(file: string, making: HandoutMaking): OutputRequest {
  return {
    format: 'handout',
    name: handoutName(path.basename(file, '.md')),
    prepare: (shared) => prepareHandout(file, making, null, shared),
  };
}

/** Reads a deck from its file or from a given text, and plans its handout. */
export async function prepareHandout(
  file: string,
  { size, hasGlyph, settings }: HandoutMaking,
  text: string | null = null,
  shared?: SharedInputs,
): Promise<{ job: HandoutJob } | { error: ExpectedError }> {
  const prepared = await prepareJob(file, 'light', hasGlyph, settings, text, shared);
  if ('error' in prepared) return prepared;
  const { format: _, look: __, ...job } = prepared.job;
  try {
    await refuseNameOfDeck(handoutName(path.basename(file, '.md')), settings);
    const { templates } = settings.folders;
    const [{ handout, locale }, own] = await Promise.all([handoutOf(job.deck, templates), loadHandoutTemplates(templates)]);
    const page = renderHandout(handout, locale, own, size);
    return {
      job: {
        ...job,
        format: 'handout',
        name: handoutName(job.deck.name),
        page,
        passages: handout.entries.flatMap(passagesOfEntry),
        inputs: { ...job.inputs, page: sha256(page.html), styles: sha256(page.style) },
        metadata: { ...job.metadata, title: `${job.metadata.title} · ${locale.labels.handout ?? ''}` },
        ...(hasGlyph === null ? {} : { unsure: [...(job.unsure ?? []), ...(await unsureInNotes(handout.entries, hasGlyph))] }),
      },
    };
  } catch (error) {
    if (error instanceof ExpectedError) return { error };
    throw error;
  }
}

/**
 * Returns the plan of a deck's handout, and the locale for its labels. Throws ExpectedError when the templates folder has no locale for the
 * deck.
 */
export async function handoutOf(deck: DeckFile, templates: string): Promise<{ handout: Handout; locale: Locale }> {
  const locale = (await loadLocales(templates)).get(deck.lang);
  if (locale === undefined)
    throw new ExpectedError(`there is no locale for "${deck.lang}"`, { hint: `add locales/${deck.lang}.json to the templates` });
  return { handout: planHandout(deck, locale), locale };
}

/** Returns the text that a handout adds to slides. */
export function passagesOfEntry({ slides, notes, question, source }: HandoutEntry): Passage[] {
  const of = `slide ${slides[0]?.number ?? 0}`;
  return [...notes.flatMap((paragraph) => paragraph.split('\n')), question, source].flatMap((text) =>
    text === null ? [] : [{ text, of }],
  );
}

/** Returns characters of the notes that the theme's fonts lack. A deck's own check covers only the slides. */
export async function unsureInNotes(entries: readonly HandoutEntry[], glyphs: Glyphs): Promise<{ character: string; page: number }[]> {
  const found = entries.flatMap((entry) => {
    const characters = new Set(
      passagesOfEntry(entry)
        .map(({ text }) => text)
        .join(' ')
        .normalize()
        .match(/[^\0-\u007f]/gu),
    );
    return [...characters].map((character) => ({ character, page: entry.slides[0]?.number ?? 0 }));
  });
  if (found.length === 0) return [];
  const hasGlyph = await glyphs();
  return found.filter(({ character }) => !hasGlyph(character));
}
