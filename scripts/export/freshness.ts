import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageVersion } from '../shared/packages.ts';
import type { DeckJob } from './export-job.ts';
import { type OutputEntry, sha256 } from './manifest.ts';

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
  const { deck, inputs, date, metadata } = job;
  const sorted = Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1));
  const tools = ['@slidev/cli', 'vite', 'vue', 'playwright-chromium', '@cantoo/pdf-lib'].map((name) => `${name} ${packageVersion(name)}`);
  return sha256(JSON.stringify([format, deck.name, sorted, deck.languageTag, deck.slides, date.toISOString(), metadata, browser, tools]));
}

/** To be raised when this code makes other PDFs from the same input. */
const format = 1;

/** Whether a PDF is there, untouched, and made from what it would be made from now. */
export async function isFresh(file: string, entry: OutputEntry | undefined, key: string): Promise<boolean> {
  if (entry?.key !== key || !existsSync(file)) return false;
  return sha256(await readFile(file)) === entry.hash;
}

export const pdfName = (job: DeckJob): string => path.basename(`${job.deck.name}.pdf`);
