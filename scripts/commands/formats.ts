/** The formats that `--format` knows. Each has a file format-<name>.ts here that prepares it, and one in export/ that makes it. */
import { outputFile } from '../export/output-file.ts';
import { briefingName } from '../plan/context.ts';

export const FORMATS = ['slides', 'briefing', 'png', 'pptx'] as const;
export type Format = (typeof FORMATS)[number];

/** Made from a deck's file. */
export const OF_DECKS = ['slides', 'png', 'pptx'] as const satisfies readonly Format[];

/** What is made when nobody says what. */
export const DEFAULT_FORMATS: readonly Format[] = ['slides', 'briefing'];

/** What a deck's output is called in the out folder. */
export function fileOf(format: Format, deck: string): string {
  return outputFile(format, format === 'briefing' ? briefingName(deck) : deck);
}

/** The names of all outputs that may be made of a deck. */
export function filesOf(deck: string): string[] {
  return FORMATS.map((format) => fileOf(format, deck));
}
