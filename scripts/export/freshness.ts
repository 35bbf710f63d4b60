import path from 'node:path';
import { hashIfThere, sha256 } from '../shared/hashes.ts';
import { packageVersion } from '../shared/packages.ts';
import type { DeckJob, Job } from './export-job.ts';
import type { HandoutJob } from './handout-job.ts';
import type { OutputEntry } from './manifest.ts';
import type { PaperJob } from './paper-job.ts';

/** A deck, where its PDF goes, and whether that has to be made. */
export interface ExportPlan {
  job: Job;
  /** Absolute. */
  file: string;
  key: string;
  fresh: boolean;
  /** Of the output that is there, where it is known. */
  pages: number;
}

/** Everything that an output depends on, as one hash: it is made again when the hash changes. */
export function exportKey(job: Job, browser: string): string {
  return 'deck' in job ? deckKey(job, browser) : paperKey(job, browser);
}

function deckKey(job: DeckJob | HandoutJob, browser: string): string {
  const { deck, inputs, date, metadata } = job;
  const look = job.format === 'slides' ? job.look : [job.format, handoutFormat, job.page.size];
  const sorted = Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1));
  const tools = ['@slidev/cli', 'vite', 'vue', 'playwright-chromium', '@cantoo/pdf-lib'].map((name) => `${name} ${packageVersion(name)}`);
  return sha256(
    JSON.stringify([format, deck.name, look, sorted, deck.languageTag, deck.slides, date.toISOString(), metadata, browser, tools]),
  );
}

function paperKey({ name, size, inputs, languageTag, date, metadata }: PaperJob, browser: string): string {
  const sorted = Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1));
  const tools = ['playwright-chromium', '@cantoo/pdf-lib'].map((tool) => `${tool} ${packageVersion(tool)}`);
  return sha256(JSON.stringify([paperFormat, name, size, sorted, languageTag, date.toISOString(), metadata, browser, tools]));
}

/** To be raised when this code makes other PDFs from the same input. */
const format = 2;
const paperFormat = 2;
const handoutFormat = 1;

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

/** What an output is called, without extension. */
export const nameOf = (job: Job): string => ('name' in job ? job.name : job.deck.name);

export const pdfName = (job: Job): string => path.basename(`${nameOf(job)}.pdf`);
