/** Handouts as PDF: the slides of generated decks with their notes, on paper. */
import type { HandoutJob } from '../../export/run/export-job.ts';
import type { HandoutEntry } from '../../model/outputs/handout.ts';
import type { Passage } from '../../pdf/inspect/lost-words.ts';
import { outputName } from '../../plan/context.ts';
import { planHandout } from '../../plan/plan-handout.ts';
import { renderHandout } from '../../render/documents/document-pages.ts';
import { loadHandoutTemplates } from '../../render/documents/load-documents.ts';
import { loadLocales } from '../../render/load-templates.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { refuseNameOfDeck } from '../decks/deck-place.ts';
import type { DeckOutput, Glyphs, Making, Prepared } from './output.ts';
import { prepared, prepareJob } from './prepare-job.ts';

export const handout: DeckOutput<HandoutJob> = {
  name: 'handout',
  ending: '.pdf',
  unit: 'page',
  per: 'deck',
  suffix: 'handout',
  status: { key: 'handout', label: 'handout' },
  from: 'deck',
  part: 'slide',
  onPaper: { styles: 'templates/handout', others: 'its template or labels' },
  prepare: prepareHandout,
  make: async (job, session, attempt) => (await import('../../export/outputs/print-handout.ts')).printHandout(job, session, attempt),
  async expect({ deck, passages, unsure }, { slides, pages = slides.length }) {
    const { handoutExpectation } = await import('../../export/outputs/pdf-expectations.ts');
    return handoutExpectation(deck, { places: slides.map(({ page }) => ({ page })), pages, passages, unsure });
  },
};

/** Reads a deck from its file or from a given text, and plans its handout. */
async function prepareHandout(file: string, making: Making, text: string | null): Promise<Prepared<HandoutJob>> {
  const ofDeck = await prepareJob(handout, file, { ...making, look: 'light' }, text);
  if ('error' in ofDeck) return ofDeck;
  const { job } = ofDeck;
  const { hasGlyph, paper, settings } = making;
  return prepared(async () => {
    const name = outputName(job.name, handout.suffix);
    await refuseNameOfDeck(name, settings);
    const { templates } = settings.folders;
    const [locales, own] = await Promise.all([loadLocales(templates), loadHandoutTemplates(templates)]);
    const { lang } = job.deck;
    const locale = locales.get(lang);
    if (locale === undefined)
      throw new ExpectedError(`there is no locale for "${lang}"`, { hint: `add locales/${lang}.json to the templates` });
    const plan = planHandout(job.deck, locale);
    const page = renderHandout(plan, locale, own, paper);
    return {
      ...job,
      name,
      variant: { paper },
      page,
      passages: plan.entries.flatMap(passagesOfEntry),
      inputs: { ...job.inputs, page: sha256(page.html), styles: sha256(page.style) },
      metadata: { ...job.metadata, title: `${job.metadata.title} · ${locale.labels.handout ?? ''}` },
      ...(hasGlyph === null ? {} : { unsure: [...(job.unsure ?? []), ...(await unsureInNotes(plan.entries, hasGlyph))] }),
    };
  });
}

/** Returns the text that a handout adds to slides. */
function passagesOfEntry({ slides, notes, question, source }: HandoutEntry): Passage[] {
  const of = `slide ${slides[0]?.number ?? 0}`;
  return [...notes.flatMap((paragraph) => paragraph.split('\n')), question, source].flatMap((text) =>
    text === null ? [] : [{ text, of }],
  );
}

/** Returns characters of the notes that the theme's fonts lack. A deck's own check covers only the slides. */
async function unsureInNotes(entries: readonly HandoutEntry[], glyphs: Glyphs): Promise<{ character: string; page: number }[]> {
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
