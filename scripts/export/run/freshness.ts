import { sha256 } from '../../shared/cache/hashes.ts';
import { sourcesVersion } from '../../shared/cache/program-version.ts';
import type { HandoutJob } from '../outputs/handout-job.ts';
import type { PaperJob } from '../outputs/paper-job.ts';
import type { DeckJob, FromDeck, Job } from './export-job.ts';
import type { OutputEntry } from './manifest.ts';
import { hashOutput, nameOf } from './output-place.ts';

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

/**
 * Everything that an output depends on, as one hash: it is made again when the hash changes. The program is part of it, for another one may write other outputs
 * of the same input.
 */
export function exportKey(job: KeyedJob, browser: string): string {
  const { format, date, metadata } = job;
  const inputs = Object.entries(job.inputs).sort(([a], [b]) => (a < b ? -1 : 1));
  const [languageTag, shown] = 'deck' in job ? [job.deck.languageTag, job.deck.slides] : [job.languageTag, null];
  return sha256(
    JSON.stringify([format, nameOf(job), kindOf(job), inputs, languageTag, shown, date.toISOString(), metadata, browser, sourcesVersion()]),
  );
}

/** What of a job says what it will give. */
export type KeyedJob = (FromDeck & { format: DeckJob['format'] }) | HandoutJob | PaperJob;

/** Light or dark, or a size of paper. */
function kindOf(job: KeyedJob): string {
  if ('look' in job) return job.look;
  return 'page' in job ? job.page.size : job.size;
}

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
