/** Taking back outputs whose content may not be published any more. */
import path from 'node:path';
import { stateOfOutput } from './freshness.ts';
import { readManifest, updateManifest } from './manifest.ts';
import { removeOutput } from './output-place.ts';

export interface WithdrawnOutput {
  /** Absolute. */
  file: string;
  /** Kept: it is not any more what was made here, so it is for its owner to remove. */
  state: 'removed' | 'kept';
}

/** The names of those outputs of an out folder that are forbidden; `isForbidden` is given the name and the content files of each. */
export async function findForbidden(out: string, isForbidden: (name: string, sources: ReadonlySet<string>) => boolean): Promise<string[]> {
  const outputs = Object.entries(await readManifest(out));
  return outputs.filter(([name, { generatedFrom }]) => isForbidden(name, new Set(generatedFrom))).map(([name]) => name);
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
