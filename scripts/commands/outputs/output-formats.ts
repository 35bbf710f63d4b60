/** The formats that `--format` knows. Each has a file format-<name>.ts here that prepares it, and one in export/ that makes it. */
import { outputFile } from '../../export/run/output-place.ts';
import { briefingName, handoutName } from '../../plan/context.ts';

export const FORMATS = ['slides', 'briefing', 'handout', 'png', 'pptx'] as const;
export type Format = (typeof FORMATS)[number];

/** Made from a deck's file, and nothing else. */
export const OF_DECKS = ['slides', 'png', 'pptx'] as const satisfies readonly Format[];
export type DeckFormat = (typeof OF_DECKS)[number];

/** Those that are made when nobody says which. */
export const DEFAULT_FORMATS: readonly Format[] = ['slides', 'briefing'];

/** What a deck's output is called in the out folder. */
export function fileOf(format: Format, deck: string): string {
  return outputFile(format, nameOf(format, deck));
}

/** The names of all outputs that may be made of a deck. */
export function filesOf(deck: string): string[] {
  return FORMATS.map((format) => fileOf(format, deck));
}

function nameOf(format: Format, deck: string): string {
  if (format === 'briefing') return briefingName(deck);
  return format === 'handout' ? handoutName(deck) : deck;
}
