/** What outputs are called in the out folder. */
import type { Job } from './export-job.ts';

export type OutputFormat = Job['format'];

/** The file, or for pictures the folder, of an output by its format and its name without extension. */
export function outputFile(format: OutputFormat, name: string): string {
  return `${name}${KINDS[format].ending}`;
}

/** What an output is called, without extension. */
export const nameOf = (job: Job): string => ('name' in job ? job.name : job.deck.name);

/** So many pages, in the words for that format. */
export function countPages(format: OutputFormat, pages: number): string {
  const word = KINDS[format].unit;
  return `${pages} ${pages === 1 ? word : `${word}s`}`;
}

/** In one word what outputs of these formats are. */
export function describeFormats(formats: readonly OutputFormat[]): string {
  return formats.every((format) => KINDS[format].ending === '.pdf') ? 'PDFs' : 'outputs';
}

const PDF = { ending: '.pdf', unit: 'page' };
const KINDS: Record<OutputFormat, { ending: string; unit: string }> = {
  slides: PDF,
  handout: PDF,
  briefing: PDF,
  book: PDF,
  png: { ending: '', unit: 'picture' },
  pptx: { ending: '.pptx', unit: 'slide' },
};
