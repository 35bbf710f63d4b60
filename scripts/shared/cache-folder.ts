import { access, constants, lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ExpectedError } from './errors.ts';
import { makeFolder } from './folders.ts';
import { ownName, readOwner, stateOf } from './owner.ts';
import { projectRoot } from './paths.ts';
import { asWriteError, codeOf } from './write-error.ts';

/**
 * A private, writable folder for what can be made again: below the project's node_modules or, where that is
 * read-only, below the system's temporary folder. Throws ExpectedError when neither can be used.
 */
export async function cacheFolder(...segments: string[]): Promise<string> {
  const inProject = path.join(projectRoot, 'node_modules', '.cache', 'briefdeck', ...segments);
  if (await makeWritable(inProject)) return inProject;
  const folder = path.join(await privateTemporaryFolder(), ...segments);
  if (await makeWritable(folder)) return folder;
  throw new ExpectedError(`cannot write ${folder}`, { hint: 'make it or the project folder writable' });
}

/**
 * Makes a folder `<kind>-<this process>-xxxxxx` for this process alone, and removes those that killed processes have left in the same
 * place. Throws ExpectedError when it cannot be made.
 */
export async function ownFolder(parent: string, kind: string): Promise<string> {
  try {
    for (const name of await readdir(parent)) {
      const owner = readOwner(name.startsWith(`${kind}-`) ? name.slice(kind.length + 1).replace(/-[^-]{6}$/, '') : '');
      if (owner !== null && stateOf(owner) === 'gone') await rm(path.join(parent, name), { recursive: true, force: true, maxRetries: 5 });
    }
    return await mkdtemp(path.join(parent, `${kind}-${ownName()}-`));
  } catch (error) {
    throw asWriteError(error, parent);
  }
}

async function makeWritable(folder: string): Promise<boolean> {
  try {
    await makeFolder(folder, 0o700);
    await access(folder, constants.W_OK);
    return true;
  } catch (error) {
    // Only what says "not here" sends us elsewhere; a full disk, say, would be full there too.
    if (['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error))) return false;
    throw asWriteError(error, folder);
  }
}

/** Anybody can make a folder in /tmp under the name we expect, and we run programs from it: so it must be ours alone. */
async function privateTemporaryFolder(): Promise<string> {
  const owner = process.getuid?.();
  const folder = path.join(os.tmpdir(), owner === undefined ? 'briefdeck' : `briefdeck-${owner}`);
  if (await isOurs(folder)) return folder;
  throw new ExpectedError(`the folder ${folder} belongs to somebody else`, { hint: 'remove it or set TMPDIR to a folder of your own' });
}

/** Makes a folder, if it is not there, and says whether nobody else can put anything into it. */
export async function isOurs(folder: string): Promise<boolean> {
  await makeFolder(folder, 0o700);
  const { uid, mode } = await lstat(folder);
  const owner = process.getuid?.();
  const isFolder = (mode & constants.S_IFMT) === constants.S_IFDIR;
  return isFolder && (owner === undefined || (uid === owner && (mode & 0o022) === 0));
}
