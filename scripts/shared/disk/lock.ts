/**
 * Lets one run at a time write to a folder of outputs. The lock is a folder `.briefdeck.lock` that holds one folder, named after the
 * process that holds the lock. It is created by a rename, so it is never there without its holder. The lock of a dead holder is removed by
 * that holder's name, so that the lock of the next one is never removed by mistake.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { type FSWatcher, watch } from 'node:fs';
import { readdir, realpath, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { asWriteError, codeOf } from '../errors.ts';
import { makeFolder, type Owner, ownName, passingName, readOwner, stateOf, sweepFolder } from './folders.ts';

export interface Lock {
  release(): Promise<void>;
}

export interface LockHolder {
  owner: Owner;
  /** Whether the holder runs on another machine or in another container, where its state cannot be checked. */
  elsewhere: boolean;
  /** The path of the lock, for removal by hand when its holder is gone. */
  lock: string;
}

export interface LockOptions {
  signal: AbortSignal;
  /** Called once for each holder that is waited for. */
  onWait: (holder: LockHolder) => void;
}

/**
 * Runs `work` while no other run writes to a folder. The lock is reentrant within `work`: decks and outputs may share a folder, and waiting
 * for its own lock would never end. Throws what `lockFolder` and `work` throw.
 */
export async function withLock<T>(folder: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const place = await realpath(folder).catch(() => path.resolve(folder));
  const held = ours.getStore() ?? new Set();
  if (held.has(place)) return work();
  const lock = await lockFolder(folder, options);
  try {
    return await ours.run(new Set([...held, place]), work);
  } finally {
    await lock.release();
  }
}

/** The folders that the current call chain has locked. */
const ours = new AsyncLocalStorage<ReadonlySet<string>>();

const LOCK = '.briefdeck.lock';
/** How often to check whether the holder was killed, in ms: the system does not report the end of other processes. */
const LOOK = 500;

/**
 * Waits until no other run writes to a folder, and locks it. Creates the folder when it is missing; a created folder that stays empty is
 * removed with the lock. Throws ExpectedError when the folder cannot be written, and the signal's reason when it is aborted.
 */
export async function lockFolder(folder: string, { signal, onWait }: LockOptions): Promise<Lock> {
  const lock = path.join(folder, LOCK);
  const own = path.join(folder, passingName('lock'));
  let bell: Bell | null = null;
  let announced: string | null = null;
  let isThere = false;
  try {
    const made = await makeFolder(folder);
    isThere = true;
    for (;;) {
      signal.throwIfAborted();
      if (await take(lock, own)) break;
      const holder = await holderOf(lock);
      if (holder.type === 'gone') await clear(lock, holder.name);
      // Tries once more after the listener is set up, to notice what happened before.
      else if (bell === null) bell = listen(folder, signal);
      else {
        if (announced !== holder.name) onWait({ owner: holder.owner, elsewhere: holder.type === 'elsewhere', lock });
        announced = holder.name;
        await bell.rung();
      }
    }
    await sweepFolder(folder);
    return { release: () => release(folder, { lock, made }) };
  } catch (error) {
    if (isThere) await rm(own, { recursive: true, force: true });
    throw asWriteError(error, folder);
  } finally {
    bell?.stop();
  }
}

/** Returns whether the lock is ours now. */
async function take(lock: string, own: string): Promise<boolean> {
  await makeFolder(path.join(own, ownName()));
  try {
    await rename(own, lock);
    return true;
  } catch (error) {
    if (taken.includes(codeOf(error))) return false;
    throw error;
  }
}

/** Error codes for a folder that is not empty and so cannot be replaced by a rename. */
const taken = process.platform === 'win32' ? ['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES'] : ['ENOTEMPTY', 'EEXIST'];

type Holder = { type: 'running' | 'elsewhere'; name: string; owner: Owner } | { type: 'gone'; name: string | null };

async function holderOf(lock: string): Promise<Holder> {
  const [name = null] = await readdir(lock).catch(whenGone<string[]>([]));
  const owner = name === null ? null : readOwner(name);
  if (name === null || owner === null) return { type: 'gone', name };
  const state = stateOf(owner);
  return state === 'gone' ? { type: 'gone', name } : { type: state, name, owner };
}

/** Removes the lock if it belongs to the named holder. */
async function clear(lock: string, holder: string | null): Promise<void> {
  if (holder !== null) await rm(path.join(lock, holder), { recursive: true, force: true });
  await rmdir(lock).catch(whenGone(undefined));
}

async function release(folder: string, { lock, made }: { lock: string; made: boolean }): Promise<void> {
  await clear(lock, ownName());
  if (made) await rmdir(folder).catch(whenGone(undefined));
}

interface Bell {
  /**
   * Resolves when something has changed in the folder since the last call, or after some time. Throws the signal's reason when it is
   * aborted.
   */
  rung(): Promise<void>;
  stop(): void;
}

function listen(folder: string, signal: AbortSignal): Bell {
  let rings = false;
  let wake = () => {};
  const ring = () => {
    rings = true;
    wake();
  };
  const watcher = watchIfPossible(folder, ring);
  const timer = setInterval(ring, LOOK);
  signal.addEventListener('abort', ring);
  return {
    async rung() {
      if (!rings)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      rings = false;
      signal.throwIfAborted();
    },
    stop() {
      watcher?.close();
      clearInterval(timer);
      signal.removeEventListener('abort', ring);
    },
  };
}

/** Returns null when the system cannot watch this folder, or no further ones; the timer then does the work. */
function watchIfPossible(folder: string, ring: () => void): FSWatcher | null {
  try {
    return watch(folder, ring).on('error', ring);
  } catch {
    return null;
  }
}

/** For a file or folder that another process has removed or filled in the meantime. */
function whenGone<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) return value;
    throw error;
  };
}
