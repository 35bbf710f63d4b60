/** Requests for the outputs that are made from a deck's file, in the given formats. */
import path from 'node:path';
import { handoutRequest } from '../outputs/format-handout.ts';
import type { DeckFormat } from '../outputs/output-formats.ts';
import type { OutputOptions, OutputRequest } from '../outputs/outputs.ts';
import { glyphsOf, prepareJob } from '../outputs/prepare-job.ts';
import type { Settings } from '../settings.ts';

/** Returns the requests, deck by deck. Each attempt reads the file again. */
export function deckRequests(
  files: readonly string[],
  { formats, dark, paper }: Pick<OutputOptions, 'formats' | 'dark' | 'paper'>,
  settings: Settings,
): OutputRequest[] {
  const hasGlyph = glyphsOf(path.join(settings.folders.templates, 'theme'));
  const look = dark ? 'dark' : 'light';
  const shownAs = (file: string, format: DeckFormat): OutputRequest => ({
    format,
    name: path.basename(file, '.md'),
    async prepare(shared) {
      const prepared = await prepareJob(file, look, hasGlyph, settings, null, shared);
      return 'error' in prepared ? prepared : { job: { ...prepared.job, format } };
    },
  });
  return files.flatMap((file) => [
    ...(formats.includes('slides') ? [shownAs(file, 'slides')] : []),
    ...(formats.includes('handout') ? [handoutRequest(file, { size: paper, hasGlyph, settings })] : []),
    ...(formats.includes('png') ? [shownAs(file, 'png')] : []),
    ...(formats.includes('pptx') ? [shownAs(file, 'pptx')] : []),
  ]);
}
