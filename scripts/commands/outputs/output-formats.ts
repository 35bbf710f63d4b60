/** The formats of `--format`. Each has a file format-<name>.ts here that prepares it, and one in export/ that makes it. */
import { outputFile } from '../../export/run/output-place.ts';
import { briefingName, handoutName } from '../../plan/context.ts';

export const OUTPUT_FORMATS = ['slides', 'briefing', 'handout', 'png', 'pptx'] as const;
export type Format = (typeof OUTPUT_FORMATS)[number];

/** Formats that are made only from a deck's file. */
export const OF_DECKS = ['slides', 'png', 'pptx'] as const satisfies readonly Format[];
export type DeckFormat = (typeof OF_DECKS)[number];

/** The formats that are made without `--format`. */
export const DEFAULT_FORMATS: readonly Format[] = ['slides', 'briefing'];

/** Returns the name of a deck's output in the out folder. */
export function fileOf(format: Format, deck: string): string {
  return outputFile(format, nameOf(format, deck));
}

/** Returns the names of all possible outputs of a deck. */
export function filesOf(deck: string): string[] {
  return OUTPUT_FORMATS.map((format) => fileOf(format, deck));
}

function nameOf(format: Format, deck: string): string {
  if (format === 'briefing') return briefingName(deck);
  return format === 'handout' ? handoutName(deck) : deck;
}
