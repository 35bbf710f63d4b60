import { sha256 } from '../../shared/cache/hashes.ts';
import { sourcesVersion } from '../../shared/cache/program-version.ts';
import type { Job } from './export-job.ts';
import type { OutputEntry } from './manifest.ts';
import { stateOfOutput } from './output-place.ts';

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
export function exportKey(job: Job, browser: string): string {
  const { format, name, variant, date, metadata } = job;
  const inputs = Object.entries(job.inputs).sort(([a], [b]) => (a < b ? -1 : 1));
  const [languageTag, shown] = 'deck' in job ? [job.deck.languageTag, job.deck.slides] : [job.languageTag, null];
  const kind = 'look' in variant ? variant.look : variant.paper;
  return sha256(
    JSON.stringify([format.name, name, kind, inputs, languageTag, shown, date.toISOString(), metadata, browser, sourcesVersion()]),
  );
}

/** Returns whether an output exists, is unchanged, and was made from the current inputs. */
export async function isFresh(file: string, entry: OutputEntry | undefined, key: string): Promise<boolean> {
  return entry?.key === key && (await stateOfOutput(file, entry)) === 'untouched';
}
