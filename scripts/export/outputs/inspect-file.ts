/** Inspects a PDF in a folder against what is known about it there. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Inspection, type PdfExpectation, readInspection } from '../../pdf/inspect/inspect-pdf.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { type OutputEntry, readManifest } from '../run/manifest.ts';

export interface FileInspection extends Inspection {
  /** What could not be checked, and why. Null when everything was checked. */
  notChecked: { what: Checkable[]; why: string } | null;
}

export type Checkable = 'hash' | 'pages' | 'language' | 'words' | 'outline';

/** Says what a PDF with this name and entry in the manifest must contain. */
export type Expect = (name: string, entry: OutputEntry) => Promise<Known>;

/**
 * Inspects a PDF. The expectation comes from the manifest in its folder and from what it was made from, if that is unchanged. Without them,
 * only what the PDF says about itself is checked.
 */
export async function inspectFile(file: string, expect: Expect): Promise<FileInspection> {
  const pdf = await readFile(file).catch(whyUnreadable);
  if (typeof pdf === 'string') return { faults: [{ type: 'unreadable', reason: pdf }], pages: null, languageTag: null, notChecked: null };
  const entry = (await readManifest(path.dirname(file)))[path.basename(file)];
  const { expected, notChecked } = entry === undefined ? UNKNOWN : await expect(path.basename(file, '.pdf'), entry);
  const inspection = await readInspection(pdf, expected);
  const isChanged = entry !== undefined && sha256(pdf) !== entry.hash;
  const faults: Inspection['faults'] = isChanged ? [{ type: 'changed' }, ...inspection.faults] : inspection.faults;
  return { ...inspection, faults, notChecked: inspection.pages === null ? null : notChecked };
}

export interface Known {
  expected: PdfExpectation;
  notChecked: FileInspection['notChecked'];
}

export const OF_DOCUMENT: Checkable[] = ['language', 'words'];
export const OF_DECK: Checkable[] = [...OF_DOCUMENT, 'outline'];
const UNKNOWN: Known = {
  expected: {},
  notChecked: { what: ['hash', 'pages', ...OF_DECK], why: 'the manifest of its folder has no entry for it' },
};

function whyUnreadable(error: unknown): string {
  if (!(error instanceof Error && 'code' in error)) throw error;
  return error.code === 'ENOENT' ? 'there is no such file' : error.code === 'EISDIR' ? 'it is a folder' : error.message;
}
