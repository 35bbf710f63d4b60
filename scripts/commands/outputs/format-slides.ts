/** Slides as PDF. */
import type { DeckOutput } from './output.ts';
import { prepareJob, SHOWN_SLIDES } from './prepare-job.ts';

export const slides: DeckOutput = {
  ...SHOWN_SLIDES,
  name: 'slides',
  ending: '.pdf',
  unit: 'page',
  status: { key: 'pdf', label: 'PDF' },
  prepare: (file, making, text) => prepareJob(slides, file, making, text),
  make: async (job, session, attempt) => (await import('../../export/outputs/print-slides.ts')).printSlides(job, session, attempt),
  expect: async ({ deck, unsure }) => (await import('../../export/outputs/pdf-expectations.ts')).deckExpectation(deck, unsure),
};
