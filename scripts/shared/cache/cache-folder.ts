import { access, constants, mkdtemp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder, ownName, readOwner, stateOf } from '../disk/folders.ts';
import { asWriteError, ExpectedError } from '../errors.ts';
import { Cache } from './cache.js';
import { type CacheRoot, findCacheRoot } from './cache-root.js';

/**
 * Returns a private, writable folder for files that can be rebuilt, below the root that `findCacheRoot` returns. Creates it when it is
 * missing. Throws ExpectedError when there is no such root, or when the folder cannot be written.
 */
export async function cacheFolder(...segments: string[]): Promise<string> {
  const { folder: root, tried } = cacheRoot();
  if (root === null) {
    throw new ExpectedError(`no folder for caches can be written: ${tried.map(({ folder, why }) => `${folder}: ${why}`).join('; ')}`, {
      hint: 'make one of them writable, or set TMPDIR to a folder of your own',
    });
  }
  const folder = path.join(root, ...segments);
  try {
    await makeFolder(folder, 0o700);
    await access(folder, constants.W_OK);
    return folder;
  } catch (error) {
    throw asWriteError(error, folder);
  }
}

/** Returns the cache for entries of a kind, of which it keeps the `most` last used. It keeps nothing when no folder can be written. */
export async function openCache(kind: string, most: number): Promise<Cache> {
  // Code that needs the place for something else reports the error.
  return new Cache(await cacheFolder(kind).catch(() => null), most);
}

function cacheRoot(): CacheRoot {
  try {
    return findCacheRoot();
  } catch (error) {
    throw asWriteError(error, 'the folder for caches');
  }
}

/**
 * Creates a folder `<kind>-<this process>-xxxxxx` for this process alone, and removes the folders that killed processes have left in the
 * same place. Throws ExpectedError when it cannot be created.
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
