/** Removes outputs with content that may no longer be published. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { NameFinder } from '../../model/names/name-finder.ts';
import { kindOf } from '../../shared/disk/files.ts';
import { stateOfOutput } from './freshness.ts';
import { type OutputEntry, readManifest, updateManifest } from './manifest.ts';
import { removeOutput } from './output-place.ts';

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
