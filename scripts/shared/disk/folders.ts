import { Stats } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { ownName, readOwner, stateOf } from './owner.ts';
import { codeOf } from './write-error.ts';

/**
 * Makes a folder and those above it; says whether it was missing. Node's own `recursive` goes round for ever where a folder exists
 * in which none can be made and the system says ENOENT, as below /proc. Throws what the system says.
 */
export async function makeFolder(folder: string, mode?: number): Promise<boolean> {
  try {
    return await makeIn(folder, mode);
  } catch (error) {
    const parent = path.dirname(folder);
    if (codeOf(error) !== 'ENOENT' || parent === folder) throw error;
    await makeFolder(parent, mode);
    // In a parent that is there: to hear once more that it is not is an answer.
    return makeIn(folder, mode);
  }
}

/** A link to a folder is a folder. */
async function makeIn(folder: string, mode?: number): Promise<boolean> {
  try {
    await mkdir(folder, mode);
    return true;
  } catch (error) {
    const found = await stat(folder).catch((reason: unknown) => reason);
    if (found instanceof Stats) {
      if (found.isDirectory()) return false;
      throw error;
    }
    // Something stands there, and yet it cannot be looked at: a link to nothing, or in a circle.
    throw codeOf(error) === 'EEXIST' ? found : error;
  }
}

/** A name for something that is there for a moment, hidden, which tells whose it is: `sweepFolder` knows it again. */
export function passingName(kind: 'lock' | 'tmp'): string {
  count += 1;
  return `.briefdeck-${ownName()}-${count}.${kind}`;
}

/** Removes what killed runs have left under a `passingName`. */
export async function sweepFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const owner = readOwner(/^\.briefdeck-(.+)-\d+\.(?:lock|tmp)$/.exec(name)?.[1] ?? '');
    if (owner !== null && stateOf(owner) === 'gone') await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

let count = 0;
