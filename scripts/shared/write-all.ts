/** Several files that belong together: all of them under their names, or none as far as a file system can promise it. */
import { lstat, open, readFile, realpath, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { ExpectedError } from './errors.ts';
import { makeFolder, passingName } from './folders.ts';
import { isInside } from './paths.ts';
import { asWriteError, codeOf } from './write-error.ts';

/** A file to be written; `before` is what it holds now, null for one that is not there yet. */
export interface PlannedFile {
  /** Relative to the root, with forward slashes. */
  path: string;
  before: string | null;
  after: string;
}

/**
 * Writes every file beside its place, then renames them all. What stands in a place is looked at first: a file that holds something else than
 * planned, or a path that leads out of the root by a link, is refused before anything is written. Throws ExpectedError then and when the
 * disk cannot be written, and the signal's reason when it is aborted before the renames; no file has changed then.
 */
export async function writeAll(root: string, files: readonly PlannedFile[], signal: AbortSignal): Promise<void> {
  const passing: { from: string; to: string }[] = [];
  const made: string[] = [];
  try {
    await makeFolder(root);
    const realRoot = await realpath(root);
    for (const file of files) await checkPlace(realRoot, file);
    for (const file of files) {
      signal.throwIfAborted();
      const to = path.join(realRoot, file.path);
      await makeFolders(realRoot, path.dirname(to), made);
      const from = path.join(path.dirname(to), passingName('tmp'));
      passing.push({ from, to });
      await writeNew(from, file.after, file.before === null ? MODE : (await lstat(to)).mode & 0o777);
    }
    signal.throwIfAborted();
    // From here on nothing is left but to give names.
    for (const { from, to } of passing) await rename(from, to);
  } catch (error) {
    for (const { from } of passing) await rm(from, { force: true });
    for (const folder of made.reverse()) await rmdir(folder).catch(whenUsed);
    throw asWriteError(error, passing.at(-1)?.to ?? root);
  }
}

/** Refuses what is not as it was when it was planned: somebody may have edited it meanwhile. */
async function checkPlace(root: string, { path: relative, before }: PlannedFile): Promise<void> {
  const file = path.join(root, relative);
  if (!isInside(root, file)) throw new ExpectedError(`"${relative}" leads outside ${root}`);
  let folder = path.dirname(file);
  while ((await lstat(folder).catch(whenMissing)) === null && folder !== root) folder = path.dirname(folder);
  if (!isInside(root, await realpath(folder))) {
    throw new ExpectedError(`${file} lies behind a link that leads out of the content folder`, {
      hint: 'make it a folder, or choose another name with --id',
    });
  }
  const stats = await lstat(file).catch(whenMissing);
  if (stats !== null && !stats.isFile()) {
    throw new ExpectedError(`${file} is no ordinary file, and is not written over`, {
      hint: 'remove it, or choose another name with --id',
    });
  }
  if (before === null && stats !== null) {
    throw new ExpectedError(`${file} is already there and is not written over`, { hint: 'move it away, or choose another name with --id' });
  }
  if (before === null) return;
  if (stats === null || (await readFile(file, 'utf8')) !== before) {
    throw new ExpectedError(`${file} has changed meanwhile; nothing is written`, { hint: 'run again' });
  }
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

/** A folder that somebody else has put something into stays. */
function whenUsed(error: unknown): void {
  if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error;
}
