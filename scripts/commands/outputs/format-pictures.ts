/** A picture of every slide, in a folder. */
import type { DeckOutput } from './output.ts';
import { prepareJob, SHOWN_SLIDES } from './prepare-job.ts';

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
