/** Taking back outputs whose content may not be published any more. */
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
  /** Kept: it is not any more what was made here, so it is for its owner to remove. */
  state: 'removed' | 'kept';
}

/** The names of those outputs of an out folder that are there and forbidden. */
export async function findForbidden(out: string, isForbidden: (name: string, entry: OutputEntry) => boolean): Promise<string[]> {
  const found: string[] = [];
  for (const [name, entry] of Object.entries(await readManifest(out)))
    if (isForbidden(name, entry) && (await kindOf(path.join(out, path.basename(name)))) !== 'nothing') found.push(name);
  return found;
}

/** Removes outputs of an out folder. Throws ExpectedError when a file cannot be removed. */
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

/** Whether a PDF or a presentation names somebody; false for other files. */
export async function namesSomebody(file: string, finder: NameFinder): Promise<boolean> {
  if (!/\.(?:pdf|pptx)$/i.test(file) || (await kindOf(file)) !== 'file') return false;
  // Imported here, so that whoever has no such file does without.
  const { nameInOutput } = await import('./last-look.ts');
  try {
    return (await nameInOutput(file, await readFile(file), finder)) !== null;
  } catch {
    // It is broken: nobody knows what it says.
    return true;
  }
}
