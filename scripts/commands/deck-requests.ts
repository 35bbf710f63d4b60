/** The outputs that are made from a deck's file, in the formats asked for. */
import path from 'node:path';
import { handoutRequest } from './format-handout.ts';
import { picturesRequest } from './format-png.ts';
import { presentationRequest } from './format-pptx.ts';
import { slidesRequest } from './format-slides.ts';
import type { ExportOptions, OutputRequest } from './outputs.ts';
import { glyphsOf } from './prepare-job.ts';
import type { Settings } from './settings.ts';

/** What makes them, deck after deck. */
export function deckRequests(
  files: readonly string[],
  { formats, dark, paper }: Pick<ExportOptions, 'formats' | 'dark' | 'paper'>,
  settings: Settings,
): OutputRequest[] {
  const hasGlyph = glyphsOf(path.join(settings.folders.templates, 'theme'));
  return files.flatMap((file) => [
    ...(formats.includes('slides') ? [slidesRequest(file, dark, hasGlyph, settings)] : []),
    ...(formats.includes('handout') ? [handoutRequest(file, { size: paper, hasGlyph, settings })] : []),
    ...(formats.includes('png') ? [picturesRequest(file, dark, hasGlyph, settings)] : []),
    ...(formats.includes('pptx') ? [presentationRequest(file, dark, hasGlyph, settings)] : []),
  ]);
}
