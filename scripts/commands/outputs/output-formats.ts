/** All formats of outputs. A new format is a file and a line here. */
import { outputFile } from '../../export/run/output-place.ts';
import { outputName } from '../../plan/context.ts';
import type { Output } from './output.ts';

// Loaded when they are needed, so that the command line knows their names without them.
const FORMATS = {
  slides: async () => (await import('./format-slides.ts')).slides,
  short: async () => (await import('./format-slides.ts')).shortSlides,
  briefing: async () => (await import('./format-briefing.ts')).briefing,
  handout: async () => (await import('./format-handout.ts')).handout,
  png: async () => (await import('./format-slides.ts')).slidePictures,
  pptx: async () => (await import('./format-slides.ts')).presentation,
  'short-pptx': async () => (await import('./format-slides.ts')).shortPresentation,
  book: async () => (await import('./format-book.ts')).book,
};

export type FormatName = keyof typeof FORMATS;
const ALL = Object.keys(FORMATS) as FormatName[];

/** What is made with `--part short` instead of a format. */
export const SHORT_FORMATS: Partial<Record<FormatName, FormatName>> = { slides: 'short', short: 'short', pptx: 'short-pptx' };

/** The names that `--format` takes. The others have options of their own. */
export const ASKED_FORMATS: readonly FormatName[] = ALL.filter((name) => name !== 'book' && name !== 'short-pptx');

/** The formats that are made without `--format`. */
export const DEFAULT_FORMATS: readonly FormatName[] = ['slides', 'short', 'briefing'];

/** Returns the formats with these names, or all. */
export function loadFormats(names: readonly FormatName[] = ALL): Promise<Output[]> {
  return Promise.all(names.map((name): Promise<Output> => FORMATS[name]()));
}

/** Returns the name of a deck's output in the out folder. */
export function fileOf(format: Output, deck: string): string {
  return outputFile(format, outputName(deck, format.suffix));
}

/** Returns the names of all possible outputs of a deck. */
export function filesOf(deck: string, formats: readonly Output[]): string[] {
  return formats.filter(({ per }) => per === 'deck').map((format) => fileOf(format, deck));
}
