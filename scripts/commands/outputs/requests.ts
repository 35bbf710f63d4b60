/** Requests for outputs, in the formats that were asked for. */
import path from 'node:path';
import { outputFile } from '../../export/run/output-place.ts';
import { outputName } from '../../plan/context.ts';
import type { DeckOutcome, DeckVerdict } from '../decks/deck-outcome.ts';
import type { Settings } from '../settings.ts';
import type { Workspace } from '../workspace.ts';
import type { Making } from './output.ts';
import type { NotTried, OutputOptions, OutputRequest } from './outputs.ts';
import { glyphsOf } from './prepare-job.ts';

type Asked = Pick<OutputOptions, 'formats' | 'dark' | 'paper'>;

/** Returns the requests for outputs that are made from decks' files, deck by deck. Each attempt reads the file again. */
export function deckRequests(files: readonly string[], { formats, dark, paper }: Asked, settings: Settings): OutputRequest[] {
  const hasGlyph = glyphsOf(path.join(settings.folders.templates, 'theme'));
  const making: Making = { look: dark ? 'dark' : 'light', paper, hasGlyph, settings };
  const ofDecks = formats.filter((format) => format.from === 'deck');
  return files.flatMap((file) =>
    ofDecks.map((format) => ({
      format,
      name: outputName(path.basename(file, '.md'), format.suffix),
      prepare: (shared) => format.prepare(file, { ...making, shared }, null),
    })),
  );
}

/** Returns the requests for outputs that are made from the content, and the names of the others with the reason. */
export function contentRequests(
  judged: readonly (DeckOutcome | DeckVerdict)[],
  workspace: Workspace,
  { formats, paper }: Pick<Asked, 'formats' | 'paper'>,
  settings: Settings,
): { requests: OutputRequest[]; notTried: NotTried } {
  const requests: OutputRequest[] = [];
  const notTried: NotTried = {};
  for (const format of formats.filter((each) => each.from === 'content')) {
    for (const { name, isEmpty, lack, prepare } of format.subjects(judged, workspace)) {
      // What a deck lacks is reported with the deck; an output of several decks has to say it itself.
      const isTried = !isEmpty && (lack === null || format.per === 'language');
      if (isTried) requests.push({ format, name, prepare: () => prepare({ paper, settings }) });
      else notTried[outputFile(format, name)] = lack;
    }
  }
  return { requests, notTried };
}
