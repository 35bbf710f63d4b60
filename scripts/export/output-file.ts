/** What outputs are called in the out folder. */
import type { Job } from './export-job.ts';

export type OutputFormat = Job['format'];

/** The file, or for pictures the folder, of an output by its format and its name without extension. */
export function outputFile(format: OutputFormat, name: string): string {
  return `${name}${ENDINGS[format]}`;
}

/** What an output is called, without extension. */
export const nameOf = (job: Job): string => (isFromDeck(job) ? job.deck.name : job.name);

/** Whether an output is made from a deck's file, as the browser shows it. */
export function isFromDeck<T extends { format: OutputFormat }>(job: T): job is Exclude<T, { format: 'briefing' }> {
  return job.format !== 'briefing';
}

/** So many pages, in the words for that format. */
export function countPages(format: OutputFormat, pages: number): string {
  const word = UNITS[format];
  return `${pages} ${pages === 1 ? word : `${word}s`}`;
}

/** In one word what outputs of these formats are. */
export function describeFormats(formats: readonly OutputFormat[]): string {
  return formats.every((format) => ENDINGS[format] === '.pdf') ? 'PDFs' : 'outputs';
}

const ENDINGS: Record<OutputFormat, string> = { slides: '.pdf', briefing: '.pdf', png: '', pptx: '.pptx' };
const UNITS: Record<OutputFormat, string> = { slides: 'page', briefing: 'page', png: 'picture', pptx: 'slide' };
