/** The place of an output: a file, or a folder of files that is replaced as a whole. */
import { createHash } from 'node:crypto';
import { renameSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { NameFinder } from '../../model/names/name-finder.ts';
import { hashFolder, hashIfThere, sha256 } from '../../shared/cache/hashes.ts';
import { kindOf, writeAtomic } from '../../shared/disk/files.ts';
import { passingName } from '../../shared/disk/folders.ts';
import { asWriteError, ExpectedError } from '../../shared/errors.ts';
import { pathFromHere } from '../../shared/paths.ts';
import type { OutputFormat } from './export-job.ts';
import { type OutputEntry, readManifest, updateManifest } from './manifest.ts';

/** One file, or the files of a folder by name. */
export type OutputContent = Uint8Array | ReadonlyMap<string, Uint8Array>;

/** Returns the SHA-256 of a file, or over names and contents of a folder's files. Returns "missing" when nothing is there. */
export async function hashOutput(place: string): Promise<string> {
  const stats = await stat(place).catch(() => null);
  return stats?.isDirectory() === true ? hashFolder(place) : hashIfThere(place);
}

/** Puts an output in its place as a whole, and returns its hash. Throws ExpectedError when the place cannot be written. */
export async function deliverOutput(place: string, content: OutputContent): Promise<string> {
  if (content instanceof Uint8Array) {
    await writeAtomic(place, content);
    return sha256(content);
  }
  try {
    await replaceFolder(place, content);
  } catch (error) {
    throw asWriteError(error, place);
  }
  return hashContents(content);
}

/** Removes an output. Throws ExpectedError when the place cannot be written. */
export async function removeOutput(place: string): Promise<void> {
  try {
    const passing = path.join(path.dirname(place), passingName('tmp'));
    // Renamed first, so that the folder is never visible with half of its files.
    await rename(place, passing);
    await rm(passing, { recursive: true });
  } catch (error) {
    throw asWriteError(error, place);
  }
}

/**
 * Throws ExpectedError when an export must not replace what is in the place: people continue to edit pictures and presentations. `hash` is
 * that of the last output made there, or null when it is unknown.
 */
export async function checkPlace(place: string, format: OutputFormat, hash: string | null): Promise<void> {
  const { files, isEdited } = format;
  const obstacle = files ? await obstacleToFolder(place, files, hash) : isEdited ? await obstacleToFile(place, hash) : null;
  if (obstacle !== null)
    throw new ExpectedError(`${obstacle}, which is left alone`, { hint: `move or remove ${pathFromHere(place)}, then run again` });
}

async function obstacleToFolder(place: string, files: RegExp, hash: string | null): Promise<string | null> {
  const kind = await kindOf(place);
  if (kind === 'nothing') return null;
  const isFolder = kind === 'other' && (await stat(place)).isDirectory();
  if (!isFolder) return kind === 'link' ? 'a link stands in its place' : 'a file stands in its place';
  const names = await readdir(place);
  if (names.length === 0) return null;
  if (hash === null) return 'a folder that was not made here stands in its place';
  const strange = names.find((name) => !files.test(name));
  return strange === undefined ? null : `somebody has put "${strange}" into its folder`;
}

async function obstacleToFile(place: string, hash: string | null): Promise<string | null> {
  const kind = await kindOf(place);
  if (kind === 'nothing') return null;
  if (kind !== 'file') return kind === 'link' ? 'a link stands in its place' : 'a folder stands in its place';
  if (hash === null) return 'a file that was not made here stands in its place';
  return (await hashIfThere(place)) === hash ? null : 'somebody has changed the file';
}

async function replaceFolder(place: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const parent = path.dirname(place);
  const [fresh, old] = [path.join(parent, passingName('tmp')), path.join(parent, passingName('tmp'))];
  try {
    await mkdir(fresh);
    for (const [name, bytes] of files) await writeFile(path.join(fresh, name), bytes, { flag: 'wx', flush: true });
    const isThere = (await kindOf(place)) !== 'nothing';
    // Synchronous, so that no signal is handled between the two renames.
    if (isThere) renameSync(place, old);
    try {
      renameSync(fresh, place);
    } catch (error) {
      if (isThere) renameSync(old, place);
      throw error;
    }
  } finally {
    await Promise.all([fresh, old].map((folder) => rm(folder, { recursive: true, force: true })));
  }
}

/** Returns the same hash as hashFolder for these files in a folder. */
function hashContents(files: ReadonlyMap<string, Uint8Array>): string {
  const hash = createHash('sha256');
  for (const [name, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${name}\0${sha256(bytes)}\0`);
  return hash.digest('hex');
}

/** Returns the name of an output in the out folder: of a file, or of a folder. */
export function outputFile({ ending }: OutputFormat, name: string): string {
  return `${name}${ending}`;
}

/** Returns the number of pages, with the format's word for them. */
export function countPages({ unit }: OutputFormat, pages: number): string {
  return `${pages} ${pages === 1 ? unit : `${unit}s`}`;
}

/** Returns whether an output is still the file, or the set of files, that the manifest describes. */
export async function stateOfOutput(file: string, entry: OutputEntry): Promise<'missing' | 'changed' | 'untouched'> {
  const hash = await hashOutput(file);
  if (hash === 'missing') return 'missing';
  return hash === entry.hash ? 'untouched' : 'changed';
}

// Withdrawing outputs with content that may no longer be published

export interface WithdrawnOutput {
  /** Absolute. */
  file: string;
  /** `kept`: the file was changed after the export, so its owner must remove it. */
  state: 'removed' | 'kept';
}

/** Returns the names of the existing outputs in an out folder that are forbidden. */
export async function findForbidden(out: string, isForbidden: (name: string, entry: OutputEntry) => boolean): Promise<string[]> {
  const found: string[] = [];
  for (const [name, entry] of Object.entries(await readManifest(out)))
    if (isForbidden(name, entry) && (await kindOf(path.join(out, path.basename(name)))) !== 'nothing') found.push(name);
  return found;
}

/** Removes outputs from an out folder. Throws ExpectedError when a file cannot be removed. */
export async function withdrawOutputs(out: string, names: readonly string[]): Promise<WithdrawnOutput[]> {
  const outputs = await readManifest(out);
  const withdrawn: WithdrawnOutput[] = [];
  for (const name of names) {
    const file = path.join(out, path.basename(name));
    const entry = outputs[name];
    const state = entry === undefined ? 'missing' : await stateOfOutput(file, entry);
    if (state === 'missing') continue;
    if (state === 'untouched') await removeOutput(file);
    withdrawn.push({ file, state: state === 'untouched' ? 'removed' : 'kept' });
  }
  if (withdrawn.length > 0) await updateManifest(out, {});
  return withdrawn;
}

/** Returns whether a file contains a withheld name. */
export async function namesSomebody(file: string, finder: NameFinder): Promise<boolean> {
  if ((await kindOf(file)) !== 'file') return false;
  // Imported here, because it is only needed for these files.
  const { nameInOutput } = await import('./last-look.ts');
  try {
    return (await nameInOutput(file, await readFile(file), finder)) !== null;
  } catch {
    // A broken file cannot be searched, so it counts as a match.
    return true;
  }
}
