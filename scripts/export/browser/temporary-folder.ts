/**
 * The temporary folder of the browser and Playwright, private to this process. It is removed when the process ends, or by a later run when
 * the process was killed.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { readdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { cacheFolder, ownFolder } from '../../shared/cache/cache-folder.ts';
import { isOwnFolder } from '../../shared/cache/cache-root.js';
import { makeFolder, ownName, readOwner, stateOf } from '../../shared/disk/folders.ts';
import { asWriteError, codeOf, ExpectedError } from '../../shared/errors.ts';

/**
 * Creates the folder, once, and makes it the temporary folder of this process and its child processes. Uses the system's temporary folder,
 * the cache or /tmp: the first with enough room. Throws ExpectedError when none has.
 */
export async function ensureTemporaryFolder(): Promise<string> {
  making ??= make();
  try {
    return await making;
  } catch (error) {
    making = null;
    throw error;
  }
}

/** Returns the error to report when the folder is full, because browsers fail in many ways then. Null while it has room. */
export async function describeFullFolder(): Promise<ExpectedError | null> {
  const folder = await making?.catch(() => null);
  if (folder === null || folder === undefined) return null;
  const free = await freeIn(folder).catch(() => null);
  return free !== null && free < FULL ? noRoom([`${folder} has ${inMB(free)} left`]) : null;
}

let making: Promise<string> | null = null;

/** Twice what a browser with a long deck was seen to need, in bytes: its profile, shared memory, and the PDF in transit. */
const ROOM = 64 * 2 ** 20;
/** With less nothing can be printed, in bytes. */
const FULL = 2 ** 20;
/** Chromium creates a socket there, `/org.chromium.Chromium.xxxxxx/SingletonSocket`, whose path may have at most 107 characters (unix(7)). */
const LONGEST = process.platform === 'linux' ? 60 : Number.POSITIVE_INFINITY;
/** A file with the `ownName` of the process, because the folder's name is too short for it. */
const OWNER = 'owner';

async function make(): Promise<string> {
  const reasons: string[] = [];
  let long: string | null = null;
  for (const place of PLACES) {
    const found = await tryPlace(place);
    if ('reason' in found) reasons.push(found.reason);
    else if (found.parent.length + 7 > LONGEST) long ??= found.parent;
    else return claim(found.parent);
  }
  // Only some browsers fail in a folder with a long path.
  if (long !== null) return claim(long);
  throw noRoom(reasons);
}

const PLACES: (() => Promise<string>)[] = [
  () => privateIn(os.tmpdir()),
  () => cacheFolder(),
  ...(process.platform === 'win32' ? [] : ['/tmp', '/var/tmp'].map((folder) => () => privateIn(folder))),
];

async function privateIn(folder: string): Promise<string> {
  const owner = process.getuid?.();
  const own = path.join(folder, owner === undefined ? 'briefdeck' : `briefdeck-${owner}`);
  try {
    await makeFolder(own, 0o700);
  } catch (error) {
    throw asWriteError(error, folder);
  }
  if (isOwnFolder(own)) return own;
  throw new ExpectedError(`${own} belongs to another user, or others can write to it`);
}

async function tryPlace(place: () => Promise<string>): Promise<{ parent: string } | { reason: string }> {
  try {
    const parent = path.join(await place(), 't');
    await makeFolder(parent, 0o700);
    await sweep(parent);
    const free = await freeIn(parent);
    return free < ROOM ? { reason: `${path.dirname(parent)} has ${inMB(free)} left` } : { parent };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Creates the folder under a name that contains its owner, and renames it when the owner file is written, so that it is never without
 * owner.
 */
async function claim(parent: string): Promise<string> {
  const own = await ownFolder(parent, 'new');
  await writeFile(path.join(own, OWNER), ownName());
  const folder = path.join(parent, randomBytes(3).toString('hex'));
  await rename(own, folder);
  process.once('exit', () => {
    // A browser that was killed may still be writing there. The next run removes it then.
    rmSync(folder, { recursive: true, force: true });
  });
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
  return folder;
}

/** Removes folders of processes that have ended. */
async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (name.length !== 6) continue;
    const folder = path.join(parent, name);
    const text = await readFile(path.join(folder, OWNER), 'utf8').catch((error: unknown) => (codeOf(error) === 'ENOENT' ? '' : null));
    const owner = readOwner(text ?? '');
    // An empty owner file means that the folder was only partly removed.
    if (text === '' || (owner !== null && stateOf(owner) === 'gone')) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function freeIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

const inMB = (bytes: number) => `${Math.floor(bytes / 2 ** 20)} MB`;

function noRoom(reasons: readonly string[]): ExpectedError {
  return new ExpectedError(`the browser has no room for its temporary files: ${reasons.join('; ')}; ${inMB(ROOM)} are needed`, {
    hint: 'free some space there, or name another folder: TMPDIR=/path/to/folder',
  });
}

/**
 * Makes sure that this process has a home folder. Containers often run as a user without one and without HOME. Playwright, and some
 * dependencies of Slidev, then throw when they are imported.
 */
export async function ensureHome(): Promise<void> {
  if (!hasHome()) process.env.HOME = await cacheFolder('home');
}

function hasHome(): boolean {
  try {
    return os.homedir() !== '';
  } catch {
    // os.homedir() throws for a user that the system does not know, who therefore has no home folder.
    return false;
  }
}
