import { lstat, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
// npm's own atomic writer: temporary file beside the target, fsync, rename, cleaned up on exit.
import writeFileAtomic from 'write-file-atomic';
import { ExpectedError } from './errors.ts';

/**
 * Writes a file so that its final name only ever holds the old or the new content, whole.
 * Makes the folder when it is missing. Throws ExpectedError when the place cannot be written.
 */
export async function writeAtomic(file: string, data: string | Uint8Array): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomic(file, typeof data === 'string' ? data : Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  } catch (error) {
    throw asWriteError(error, file);
  }
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

/** Turns a file system error into one that says what cannot be written and what to do. */
export function asWriteError(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  const reason = code === null ? undefined : writeReasons[code];
  if (reason === undefined) return error;
  return new ExpectedError(`cannot write ${file}: ${reason.what}`, { hint: reason.hint, cause: error });
}

const writeReasons: Record<string, { what: string; hint: string }> = {
  EACCES: { what: 'permission denied', hint: 'make the folder writable or choose another one' },
  EPERM: { what: 'permission denied', hint: 'make the folder writable or choose another one' },
  EROFS: { what: 'the file system is read-only', hint: 'choose a folder on another disk' },
  ENOSPC: { what: 'the disk is full', hint: 'free some space and run again; the last good file is untouched' },
  EDQUOT: { what: 'the disk quota is used up', hint: 'free some space and run again; the last good file is untouched' },
  ENOTDIR: { what: 'a part of the path is a file, not a folder', hint: 'choose another folder' },
  EEXIST: { what: 'a part of the path is a file, not a folder', hint: 'choose another folder' },
  EISDIR: { what: 'a folder of that name is in the way', hint: 'remove the folder or choose another one' },
  ENAMETOOLONG: { what: 'the path is too long', hint: 'choose a shorter folder name' },
};
