import type { Stats } from 'node:fs';
import { type FileHandle, lstat, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { asWriteError } from '../errors.ts';
import { makeFolder, passingName } from './folders.ts';

/**
 * Writes a file so that its final name only ever holds the old or the new content, whole, also when the disk fills up or the power
 * fails. Makes the folder when it is missing; writes through a link. Throws ExpectedError when the place cannot be written.
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

/** npm's write-file-atomic takes a write that a full disk has cut short for a whole one, and renames it over the good file. */
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

/** Who may read a file, and whose it is when we are root, stays as it was. */
async function keepAccess(handle: FileHandle, { mode, uid, gid }: Stats): Promise<void> {
  if (process.getuid?.() !== 0) return handle.chmod(mode & 0o777);
  // A root that is one only in its container may not give files away: then they are its own.
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

/** The text of a file, or null when there is none. */
export async function readIfThere(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(whenMissing(null));
}

/** What stands at a place, a link not followed. */
export async function kindOf(file: string): Promise<'nothing' | 'file' | 'link' | 'other'> {
  const stats = await lstat(file).catch(whenMissing(null));
  if (stats === null) return 'nothing';
  if (stats.isSymbolicLink()) return 'link';
  return stats.isFile() ? 'file' : 'other';
}

/** The names in a folder, sorted; none when there is no folder. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(whenMissing<string[]>([]))).sort();
}

function whenMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return value;
    throw error;
  };
}

/** What a text says as JSON; null when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
