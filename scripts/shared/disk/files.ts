import type { Stats } from 'node:fs';
import { type FileHandle, lstat, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { asWriteError } from '../errors.ts';
import { makeFolder, passingName } from './folders.ts';

/**
 * Writes a file so that its name only ever holds the whole old or the whole new content, even when the disk fills up or the power fails.
 * Creates the folder when it is missing; writes through a link. Throws ExpectedError when the place cannot be written.
 */
export async function writeAtomic(file: string, data: string | Uint8Array): Promise<void> {
  try {
    await makeFolder(path.dirname(file));
    const target = await realpath(file).catch(whenMissing(file));
    await replaceFile(target, path.join(path.dirname(target), passingName('tmp')), data);
  } catch (error) {
    throw asWriteError(error, file);
  }
}

/** Not npm's write-file-atomic: it takes a write that a full disk has cut short for a complete one, and renames it over the good file. */
async function replaceFile(target: string, passing: string, data: string | Uint8Array): Promise<void> {
  const earlier = await stat(target).catch(whenMissing(null));
  try {
    const handle = await open(passing, 'wx', earlier?.mode);
    try {
      await handle.writeFile(data);
      if (earlier !== null) await keepAccess(handle, earlier);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(passing, target);
  } catch (error) {
    await rm(passing, { force: true });
    throw error;
  }
}

/** Keeps the permissions of the earlier file and, when running as root, its owner. */
async function keepAccess(handle: FileHandle, { mode, uid, gid }: Stats): Promise<void> {
  if (process.getuid?.() !== 0) return handle.chmod(mode & 0o777);
  // Root in a container may not be allowed to change owners. The file then belongs to root.
  await handle.chown(uid, gid).catch(() => {});
  await handle.chmod(mode & 0o777);
}

/** Removes a file. Throws ExpectedError when the place cannot be written. */
export async function removeFile(file: string): Promise<void> {
  try {
    await rm(file);
  } catch (error) {
    throw asWriteError(error, file);
  }
}

/** Returns the text of a file, or null when it does not exist. */
export async function readIfThere(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(whenMissing(null));
}

/** Returns what is at a path, without following a link. */
export async function kindOf(file: string): Promise<'nothing' | 'file' | 'link' | 'other'> {
  const stats = await lstat(file).catch(whenMissing(null));
  if (stats === null) return 'nothing';
  if (stats.isSymbolicLink()) return 'link';
  return stats.isFile() ? 'file' : 'other';
}

/** Returns the names in a folder, sorted. Empty when the folder does not exist. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(whenMissing<string[]>([]))).sort();
}

function whenMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return value;
    throw error;
  };
}

/** Parses JSON. Returns null when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
