/** Slides as pictures: each generated deck of the slides folder. */
import path from 'node:path';
import type { Settings } from '../settings.ts';
import type { OutputRequest } from './outputs.ts';
import { type Glyphs, prepareJob } from './prepare-job.ts';

/** What makes pictures of a deck's file; it is read anew for every try. */
export function picturesRequest(file: string, dark: boolean, hasGlyph: Glyphs, settings: Settings): OutputRequest {
  return {
    format: 'png',
    name: path.basename(file, '.md'),
    async prepare(shared) {
      const prepared = await prepareJob(file, dark ? 'dark' : 'light', hasGlyph, settings, null, shared);
      return 'error' in prepared ? prepared : { job: { ...prepared.job, format: 'png' } };
    },
  };
}
