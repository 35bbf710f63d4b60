import { sha256 } from '../shared/hashes.ts';
import { packageVersion } from '../shared/packages.ts';
import type { DeckJob, FromDeck, Job } from './export-job.ts';
import type { HandoutJob } from './handout-job.ts';
import type { OutputEntry } from './manifest.ts';
import { hashOutput } from './output-place.ts';
import type { PaperJob } from './paper-job.ts';

/** An output, where it goes, and whether it has to be made. */
export interface ExportPlan {
  job: Job;
  /** Absolute. */
  file: string;
  key: string;
  fresh: boolean;
  /** Of the output that was made there last; null when none is known. */
  hash: string | null;
  /** Of the output that is there, where it is known. */
  pages: number;
}

/** Everything that an output depends on, as one hash: it is made again when the hash changes. */
export function exportKey(job: KeyedJob, browser: string): string {
  return 'deck' in job ? deckKey(job, browser) : paperKey(job, browser);
}

/** What of a job says what it will give. */
export type KeyedJob = KeyedDeck | HandoutJob | PaperJob;
type KeyedDeck = FromDeck & { format: DeckJob['format'] };

function deckKey(job: KeyedDeck | HandoutJob, browser: string): string {
  const { deck, inputs, date, metadata } = job;
  const look = job.format === 'handout' ? job.page.size : job.look;
  const sorted = Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1));
  const tools = ['@slidev/cli', 'vite', 'vue', 'playwright-chromium', '@cantoo/pdf-lib'].map((name) => `${name} ${packageVersion(name)}`);
  return sha256(
    JSON.stringify([
      FORMATS[job.format],
      deck.name,
      look,
      sorted,
      deck.languageTag,
      deck.slides,
      date.toISOString(),
      metadata,
      browser,
      tools,
    ]),
  );
}

function paperKey({ name, size, inputs, languageTag, date, metadata }: PaperJob, browser: string): string {
  const sorted = Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1));
  const tools = ['playwright-chromium', '@cantoo/pdf-lib'].map((tool) => `${tool} ${packageVersion(tool)}`);
  return sha256(JSON.stringify([paperFormat, name, size, sorted, languageTag, date.toISOString(), metadata, browser, tools]));
}

/** To be raised when this code makes other outputs from the same input. */
const FORMATS = { slides: 2, png: 'png 1', pptx: 'pptx 1', handout: 'handout 1' };
const paperFormat = 2;

/** Whether an output is there, untouched, and made from what it would be made from now. */
export async function isFresh(file: string, entry: OutputEntry | undefined, key: string): Promise<boolean> {
  return entry?.key === key && (await stateOfOutput(file, entry)) === 'untouched';
}

/** Whether an output is still the file, or the set of files, that the manifest speaks of. */
export async function stateOfOutput(file: string, entry: OutputEntry): Promise<'missing' | 'changed' | 'untouched'> {
  const hash = await hashOutput(file);
  if (hash === 'missing') return 'missing';
  return hash === entry.hash ? 'untouched' : 'changed';
}
