/** Slides as PDF: each generated deck of the slides folder. */
import path from 'node:path';
import type { Settings } from '../settings.ts';
import type { OutputRequest } from './outputs.ts';
import { type Glyphs, prepareJob } from './prepare-job.ts';

/** What exports a deck's file; it is read anew for every try. */
export function slidesRequest(file: string, dark: boolean, hasGlyph: Glyphs, settings: Settings): OutputRequest {
  return {
    format: 'slides',
    name: path.basename(file, '.md'),
    prepare: (shared) => prepareJob(file, dark ? 'dark' : 'light', hasGlyph, settings, null, shared),
  };
}
