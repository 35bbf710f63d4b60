import { AsyncLocalStorage } from 'node:async_hooks';
import { realpath } from 'node:fs/promises';
import { type LockHolder, lockFolder } from '../shared/disk/lock.ts';
import { isPlaceClosed } from '../shared/disk/write-error.ts';
import { pathFromHere } from '../shared/paths.ts';
import type { Settings } from './settings.ts';

/**
 * Does something while no other run writes to a folder; says for whom it waits until then. Throws ExpectedError when the folder cannot
 * be written, the signal's reason when the run is interrupted, and what `work` throws.
 */
export async function whileLocked<T>(folder: string, { report, signal }: Settings, work: () => Promise<T>): Promise<T> {
  const place = await realpath(folder).catch(() => folder);
  const held = ours.getStore() ?? new Set();
  // Decks and outputs may share a folder: waiting for oneself would never end.
  if (held.has(place)) return work();
  const lock = await lockFolder(folder, { signal, onWait: (holder) => report.warn(describeWait(holder, folder)) });
  try {
    return await ours.run(new Set([...held, place]), work);
  } finally {
    await lock.release();
  }
}

/** The folders that the work which is going on has locked. */
const ours = new AsyncLocalStorage<ReadonlySet<string>>();

/** The same, but where nothing can be written there is nothing to keep others from: what is to be written nevertheless says so. */
export async function whileLockedIfOpen<T>(folder: string, settings: Settings, work: () => Promise<T>): Promise<T> {
  let begun = false;
  try {
    return await whileLocked(folder, settings, () => {
      begun = true;
      return work();
    });
  } catch (error) {
    if (begun || !isPlaceClosed(error)) throw error;
    return work();
  }
}

function describeWait({ owner, elsewhere, lock }: LockHolder, folder: string): string {
  const where = elsewhere ? ` on ${owner.host}` : '';
  const waiting = `waiting for another run (process ${owner.pid}${where}) that writes to ${pathFromHere(folder)}`;
  return elsewhere ? `${waiting}; if that one has ended, remove ${pathFromHere(lock)}` : waiting;
}
