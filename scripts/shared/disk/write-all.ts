/** Writes several files that belong together: all of them, or none as far as a file system can guarantee it. */
import { lstat, open, readFile, realpath, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { asWriteError, codeOf, ExpectedError } from '../errors.ts';
import { isInside } from '../paths.ts';
import { writeAtomic } from './files.ts';
import { makeFolder, passingName } from './folders.ts';

/** A file to be written. `before` is its current content, or null when it does not exist yet. */
export interface PlannedFile {
  /** Relative to the root, with forward slashes. */
  path: string;
  before: string | null;
  after: string;
}

/**
 * Writes every file under a temporary name, then renames them all. First checks every place: throws ExpectedError, before anything is
 * written, when a file holds something else than `before`, or when a path leads out of the root by a link. Also throws ExpectedError when
 * the disk cannot be written, and the signal's reason when it is aborted before the renames; no file has changed then. Only if the process
 * or the machine ends between two renames are some files new and some old, each of them whole.
 */
export async function writeAll(root: string, files: readonly PlannedFile[], signal: AbortSignal): Promise<void> {
  const passing: { from: string; to: string; before: string | null }[] = [];
  const named: { to: string; before: string | null }[] = [];
  const made: string[] = [];
  try {
    await makeFolder(root);
    const realRoot = await realpath(root);
    const folders = new Set(files.map(({ path: file }) => path.dirname(path.join(realRoot, file))));
    for (const folder of folders) await checkFolder(realRoot, folder);
    await inBatches(files, signal, (file) => checkPlace(realRoot, file));
    for (const folder of folders) await makeFolders(realRoot, folder, made);
    await inBatches(files, signal, async ({ path: file, before, after }) => {
      const to = path.join(realRoot, file);
      const from = path.join(path.dirname(to), passingName('tmp'));
      passing.push({ from, to, before });
      await writeNew(from, after, before === null ? MODE : (await lstat(to)).mode & 0o777);
    });
    signal.throwIfAborted();
    // Only renames are left from here on.
    for (const { from, to, before } of passing) {
      await rename(from, to);
      named.push({ to, before });
    }
  } catch (error) {
    for (const each of named) await takeBack(each);
    for (const { from } of passing) await rm(from, { force: true });
    for (const folder of made.reverse()) await rmdir(folder).catch(whenUsed);
    throw asWriteError(error, passing.at(-1)?.to ?? root);
  }
}

/** The number of files written at a time. Parallel requests are faster on most disks. */
const BATCH = 16;

/** Waits for all of a batch before it throws, so that nothing is still being written during the cleanup. */
async function inBatches<T>(items: readonly T[], signal: AbortSignal, task: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += BATCH) {
    signal.throwIfAborted();
    const done = await Promise.allSettled(items.slice(at, at + BATCH).map(task));
    const failed = done.find((each) => each.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }
}

/** Throws when a folder is, or would be, behind a link out of the root. */
async function checkFolder(root: string, folder: string): Promise<void> {
  if (!isInside(root, folder)) throw new ExpectedError(`${folder} lies outside ${root}`);
  let there = folder;
  while ((await lstat(there).catch(whenMissing)) === null && there !== root) there = path.dirname(there);
  if (isInside(root, await realpath(there))) return;
  throw new ExpectedError(`${folder} lies behind a link that leads out of the content folder`, {
    hint: 'make it a folder, or choose another name with --id',
  });
}

/** Throws when a file has changed since the plan was made, for example by an edit. */
async function checkPlace(root: string, { path: relative, before }: PlannedFile): Promise<void> {
  const file = path.join(root, relative);
  const stats = await lstat(file).catch(whenMissing);
  if (stats !== null && !stats.isFile()) {
    throw new ExpectedError(`${file} is no ordinary file, and is not written over`, {
      hint: 'remove it, or choose another name with --id',
    });
  }
  if (before === null && stats !== null) {
    throw new ExpectedError(`${file} is already there and is not written over`, { hint: 'move it away, or choose another name with --id' });
  }
  if (before !== null && (stats === null || (await readFile(file, 'utf8')) !== before)) {
    throw new ExpectedError(`${file} has changed meanwhile; nothing is written`, { hint: 'run again' });
  }
}

/** Undoes a rename after a later one has failed. */
async function takeBack({ to, before }: { to: string; before: string | null }): Promise<void> {
  if (before === null) await rm(to, { force: true });
  else await writeAtomic(to, before);
}

async function makeFolders(root: string, folder: string, made: string[]): Promise<void> {
  if (folder === root || (await lstat(folder).catch(whenMissing)) !== null) return;
  await makeFolders(root, path.dirname(folder), made);
  if (await makeFolder(folder)) made.push(folder);
}

async function writeNew(file: string, text: string, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    await handle.writeFile(text);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

const MODE = 0o666;

function whenMissing(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

/** Ignores that a folder is gone, or not empty because another process has put something into it. */
function whenUsed(error: unknown): void {
  if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error;
}
