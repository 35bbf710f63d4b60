/**
 * Where the browser and Playwright keep what they forget: a folder of this process alone. It is removed when the process ends; where that was
 * killed, a later run removes it.
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
 * Makes the folder, once, and points this process and those that it starts there. Takes the system's temporary folder, or the cache, or /tmp, whichever
 * comes first and has room. Throws ExpectedError when none has.
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

/** What to say when the folder is full, which a browser tells in many ways; null while it has room. */
export async function describeFullFolder(): Promise<ExpectedError | null> {
  const folder = await making?.catch(() => null);
  if (folder === null || folder === undefined) return null;
  const free = await freeIn(folder).catch(() => null);
  return free !== null && free < FULL ? noRoom([`${folder} has ${inMB(free)} left`]) : null;
}

let making: Promise<string> | null = null;

/** What a browser with a long deck was seen to take, in bytes, and as much again: its profile, memory that its processes share, the PDF on its way. */
const ROOM = 64 * 2 ** 20;
/** With less nothing can be printed, in bytes. */
const FULL = 2 ** 20;
/** Chromium makes a socket there, `/org.chromium.Chromium.xxxxxx/SingletonSocket`, whose whole path may have 107 characters (unix(7)). */
const LONGEST = process.platform === 'linux' ? 60 : Number.POSITIVE_INFINITY;
/** In it stands the `ownName` of the process; its folder has a name that is too short for that. */
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
  // Only some browsers mind.
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

/** Made under a name that tells its owner, and renamed when that stands in it: so none is ever without. */
async function claim(parent: string): Promise<string> {
  const own = await ownFolder(parent, 'new');
  await writeFile(path.join(own, OWNER), ownName());
  const folder = path.join(parent, randomBytes(3).toString('hex'));
  await rename(own, folder);
  process.once('exit', () => {
    // A browser that was killed may still be writing there; then the next run removes it.
    rmSync(folder, { recursive: true, force: true });
  });
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
  return folder;
}

/** Removes what processes have left that are gone. */
async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (name.length !== 6) continue;
    const folder = path.join(parent, name);
    const text = await readFile(path.join(folder, OWNER), 'utf8').catch((error: unknown) => (codeOf(error) === 'ENOENT' ? '' : null));
    const owner = readOwner(text ?? '');
    // Without an owner it is half removed.
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
 * Makes sure that this process has a home folder. Containers often run as a user without one and without HOME;
 * Playwright then throws while it is imported, and so do some of Slidev's dependencies.
 */
export async function ensureHome(): Promise<void> {
  if (!hasHome()) process.env.HOME = await cacheFolder('home');
}

function hasHome(): boolean {
  try {
    return os.homedir() !== '';
  } catch {
    // os.homedir() throws for a user that the system does not know: that is the answer.
    return false;
  }
}
