/** Presentations that can be edited. */
import type { DeckOutput } from './output.ts';
import { prepareJob, SHOWN_SLIDES } from './prepare-job.ts';

export const presentation: DeckOutput = {
  ...SHOWN_SLIDES,
  name: 'pptx',
  ending: '.pptx',
  unit: 'slide',
  isEdited: true,
  status: { key: 'pptx', label: 'presentation' },
  prepare: (file, making, text) => prepareJob(presentation, file, making, text),
  make: async (job, session, attempt) => (await import('../../export/pptx/deck-presentation.ts')).makePresentation(job, session, attempt),
};
