/** The outputs that are made from a deck's file, in the formats asked for. */
import path from 'node:path';
import { handoutRequest } from '../outputs/format-handout.ts';
import { picturesRequest } from '../outputs/format-png.ts';
import { presentationRequest } from '../outputs/format-pptx.ts';
import { slidesRequest } from '../outputs/format-slides.ts';
import type { ExportOptions, OutputRequest } from '../outputs/outputs.ts';
import { glyphsOf } from '../outputs/prepare-job.ts';
import type { Settings } from '../settings.ts';

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
