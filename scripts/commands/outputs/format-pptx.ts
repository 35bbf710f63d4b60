/** Slides as presentations that can be edited: each generated deck of the slides folder. */
import path from 'node:path';
import type { Settings } from '../settings.ts';
import type { OutputRequest } from './outputs.ts';
import { type Glyphs, prepareJob } from './prepare-job.ts';

/** What makes a presentation of a deck's file, which is read anew for every try. */
export function presentationRequest(file: string, dark: boolean, hasGlyph: Glyphs, settings: Settings): OutputRequest {
  return {
    format: 'pptx',
    name: path.basename(file, '.md'),
    async prepare(shared) {
      const prepared = await prepareJob(file, dark ? 'dark' : 'light', hasGlyph, settings, null, shared);
      return 'error' in prepared ? prepared : { job: { ...prepared.job, format: 'pptx' } };
    },
  };
}
