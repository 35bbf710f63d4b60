import path from 'node:path';
import { hashIfThere, sha256 } from '../shared/hashes.ts';
import { packageVersion } from '../shared/packages.ts';
import type { DeckJob } from './export-job.ts';
import type { OutputEntry } from './manifest.ts';

/** A deck, where its PDF goes, and whether that has to be made. */
export interface ExportPlan {
  job: DeckJob;
  /** Absolute. */
  file: string;
  key: string;
  fresh: boolean;
}

/** Everything that a deck's PDF depends on, as one hash: it is made again when the hash changes. */
export function exportKey(job: DeckJob, browser: string): string {
  const { deck, look, inputs, date, metadata } = job;
  const sorted = Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1));
  const tools = ['@slidev/cli', 'vite', 'vue', 'playwright-chromium', '@cantoo/pdf-lib'].map((name) => `${name} ${packageVersion(name)}`);
  return sha256(
    JSON.stringify([format, deck.name, look, sorted, deck.languageTag, deck.slides, date.toISOString(), metadata, browser, tools]),
  );
}

/** To be raised when this code makes other PDFs from the same input. */
const format = 2;

/** Whether a PDF is there, untouched, and made from what it would be made from now. */
export async function isFresh(file: string, entry: OutputEntry | undefined, key: string): Promise<boolean> {
  return entry?.key === key && (await stateOfOutput(file, entry)) === 'untouched';
}

/** Whether an output is still the file that the manifest speaks of. */
export async function stateOfOutput(file: string, entry: OutputEntry): Promise<'missing' | 'changed' | 'untouched'> {
  const hash = await hashIfThere(file);
  if (hash === 'missing') return 'missing';
  return hash === entry.hash ? 'untouched' : 'changed';
}

export const pdfName = (job: DeckJob): string => path.basename(`${job.deck.name}.pdf`);
