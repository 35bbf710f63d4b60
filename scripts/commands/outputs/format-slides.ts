/** A deck's slides as they are shown: as PDF, as pictures and as presentations, of the whole deck or of its short part alone. */
import type { DeckJob, OutputFormat } from '../../export/run/export-job.ts';
import { outputName } from '../../plan/context.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { pathFromHere } from '../../shared/paths.ts';
import { refuseNameOfDeck } from '../decks/deck-place.ts';
import type { DeckOutput, Making, Prepared } from './output.ts';
import { prepared, prepareJob } from './prepare-job.ts';

const SHOWN_SLIDES = { per: 'deck', suffix: null, from: 'deck', part: 'slide', onPaper: null } satisfies Partial<DeckOutput>;

const PDF = {
  ...SHOWN_SLIDES,
  ending: '.pdf',
  unit: 'page',
  make: async (job, session, attempt) => (await import('../../export/outputs/print-slides.ts')).printSlides(job, session, attempt),
  expect: async ({ deck, unsure }) => (await import('../../export/outputs/pdf-expectations.ts')).deckExpectation(deck, unsure),
} satisfies Partial<DeckOutput>;

/** Presentations can be edited. */
const PPTX = {
  ...SHOWN_SLIDES,
  ending: '.pptx',
  unit: 'slide',
  isEdited: true,
  make: async (job, session, attempt) => (await import('../../export/pptx/deck-presentation.ts')).makePresentation(job, session, attempt),
} satisfies Partial<DeckOutput>;

export const slides: DeckOutput = {
  ...PDF,
  name: 'slides',
  status: { key: 'pdf', label: 'PDF' },
  prepare: (file, making, text) => prepareJob(slides, file, making, text),
};

/** Its claims lead to the evidence in the PDF of the whole deck beside it. */
export const shortSlides: DeckOutput = {
  ...PDF,
  name: 'short',
  suffix: 'short',
  status: { key: 'short', label: 'short deck' },
  prepare: (file, making, text) => prepareShort(shortSlides, file, making, text),
};

export const presentation: DeckOutput = {
  ...PPTX,
  name: 'pptx',
  status: { key: 'pptx', label: 'presentation' },
  prepare: (file, making, text) => prepareJob(presentation, file, making, text),
};

export const shortPresentation: DeckOutput = {
  ...PPTX,
  name: 'short-pptx',
  suffix: 'short',
  status: { key: 'short-pptx', label: 'presentation of the short deck' },
  prepare: (file, making, text) => prepareShort(shortPresentation, file, making, text),
};

/** A picture of every slide, in a folder. */
export const slidePictures: DeckOutput = {
  ...SHOWN_SLIDES,
  name: 'png',
  ending: '',
  unit: 'picture',
  files: /^\d{3,}\.png$/,
  status: { key: 'png', label: 'pictures' },
  prepare: (file, making, text) => prepareJob(slidePictures, file, making, text),
  make: async (job, session, attempt) => (await import('../../export/outputs/print-slides.ts')).takePictures(job, session, attempt),
};

/** Prepares an output of the first slides of a deck. */
async function prepareShort(format: OutputFormat, file: string, making: Making, text: string | null): Promise<Prepared<DeckJob>> {
  const ofDeck = await prepareJob(format, file, making, text);
  if ('error' in ofDeck) return ofDeck;
  return prepared(async () => {
    const { job } = ofDeck;
    const { deck } = job;
    const slides = deck.slides.filter(({ part }) => part === 'short');
    if (slides.length === 0)
      throw new ExpectedError(`${pathFromHere(file)} was generated before decks had a short part`, { hint: 'run generate' });
    const name = outputName(job.name, 'short');
    await refuseNameOfDeck(name, making.settings);
    const short = { ...deck, slides };
    const unsure = job.unsure?.filter(({ page }) => page <= slides.length);
    return {
      ...job,
      name,
      deck: short,
      part: { slides: slides.length, of: deck.slides.length },
      ...(unsure === undefined ? {} : { unsure }),
    };
  });
}
