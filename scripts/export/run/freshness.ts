import { sha256 } from '../../shared/cache/hashes.ts';
import { sourcesVersion } from '../../shared/cache/program-version.ts';
import type { HandoutJob } from '../outputs/handout-job.ts';
import type { PaperJob } from '../outputs/paper-job.ts';
import type { DeckJob, FromDeck, Job } from './export-job.ts';
import type { OutputEntry } from './manifest.ts';
import { hashOutput, nameOf } from './output-place.ts';

/** An output, its place, and whether it has to be made. */
export interface ExportPlan {
  job: Job;
  /** Absolute. */
  file: string;
  key: string;
  fresh: boolean;
  /** The hash of the last output made there. Null when it is unknown. */
  hash: string | null;
  /** The number of pages of the existing output, where known. */
  pages: number;
}

/**
 * Returns a hash of everything on which an output depends. The output is made again when the hash changes. It includes the version of the
 * program, because another version may make other outputs from the same input.
 */
export function exportKey(job: KeyedJob, browser: string): string {
  const { format, date, metadata } = job;
  const inputs = Object.entries(job.inputs).sort(([a], [b]) => (a < b ? -1 : 1));
  const [languageTag, shown] = 'deck' in job ? [job.deck.languageTag, job.deck.slides] : [job.languageTag, null];
  return sha256(
    JSON.stringify([format, nameOf(job), kindOf(job), inputs, languageTag, shown, date.toISOString(), metadata, browser, sourcesVersion()]),
  );
}

/** The part of a job that determines its output. */
export type KeyedJob = (FromDeck & { format: DeckJob['format'] }) | HandoutJob | PaperJob;

/** Returns the variant of an output: light or dark, or the paper size. */
function kindOf(job: KeyedJob): string {
  if ('look' in job) return job.look;
  return 'page' in job ? job.page.size : job.size;
}

/** Returns whether an output exists, is unchanged, and was made from the current inputs. */
export async function isFresh(file: string, entry: OutputEntry | undefined, key: string): Promise<boolean> {
  return entry?.key === key && (await stateOfOutput(file, entry)) === 'untouched';
}

/** Returns whether an output is still the file, or the set of files, that the manifest describes. */
export async function stateOfOutput(file: string, entry: OutputEntry): Promise<'missing' | 'changed' | 'untouched'> {
  const hash = await hashOutput(file);
  if (hash === 'missing') return 'missing';
  return hash === entry.hash ? 'untouched' : 'changed';
}
