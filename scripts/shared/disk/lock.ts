/**
 * One run at a time on a folder of outputs. The lock is a folder `.briefdeck.lock` that holds one folder, named after the process
 * that has it. It comes into being by a rename, so it is never there without its holder; and it is taken from a holder that is gone
 * by that holder's own name, so that nobody takes away the lock of the next one.
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
  /** Whether it runs where nobody here can tell if it still does. */
  elsewhere: boolean;
  /** The lock itself, to be removed by hand when its holder is gone. */
  lock: string;
}

export interface LockOptions {
  signal: AbortSignal;
  /** Told once for each holder that is waited for. */
  onWait: (holder: LockHolder) => void;
}

/**
 * Does something while no other run writes to a folder. Within that the same folder counts as locked: decks and outputs may share one, and waiting for
 * oneself would never end. Throws as lockFolder does, and what `work` throws.
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

/** The folders that the work which is going on has locked. */
const ours = new AsyncLocalStorage<ReadonlySet<string>>();

const LOCK = '.briefdeck.lock';
/** How often is looked whether a holder was killed, in ms: a system tells of no other process's end. */
const LOOK = 500;

/**
 * Waits until no other run writes to a folder, and keeps others waiting until it is released. Makes the folder when it is missing;
 * one in which nothing was made goes with the lock. Throws ExpectedError when the folder cannot be written, and the signal's reason
 * when that is aborted.
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
      // What happens before it is listened to is seen by trying once more.
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

/** Whether the lock is ours now. */
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

/** What a system says where a folder is not empty and so cannot be replaced by another one. */
const taken = process.platform === 'win32' ? ['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES'] : ['ENOTEMPTY', 'EEXIST'];

type Holder = { type: 'running' | 'elsewhere'; name: string; owner: Owner } | { type: 'gone'; name: string | null };

async function holderOf(lock: string): Promise<Holder> {
  const [name = null] = await readdir(lock).catch(whenGone<string[]>([]));
  const owner = name === null ? null : readOwner(name);
  if (name === null || owner === null) return { type: 'gone', name };
  const state = stateOf(owner);
  return state === 'gone' ? { type: 'gone', name } : { type: state, name, owner };
}

/** Takes the lock from the named holder; from no other one. */
async function clear(lock: string, holder: string | null): Promise<void> {
  if (holder !== null) await rm(path.join(lock, holder), { recursive: true, force: true });
  await rmdir(lock).catch(whenGone(undefined));
}

async function release(folder: string, { lock, made }: { lock: string; made: boolean }): Promise<void> {
  await clear(lock, ownName());
  if (made) await rmdir(folder).catch(whenGone(undefined));
}

interface Bell {
  /** Something has happened in the folder since the last time, or some time is over. Throws the signal's reason when it is aborted. */
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

/** A system that cannot watch any more folders, or not this one, leaves it to the timer. */
function watchIfPossible(folder: string, ring: () => void): FSWatcher | null {
  try {
    return watch(folder, ring).on('error', ring);
  } catch {
    return null;
  }
}

/** For what somebody else has removed or filled meanwhile. */
function whenGone<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) return value;
    throw error;
  };
}
