import { type LockHolder, withLock } from '../shared/disk/lock.ts';
import { isPlaceClosed } from '../shared/errors.ts';
import { pathFromHere } from '../shared/paths.ts';
import type { Settings } from './settings.ts';

/**
 * Runs `work` while no other run writes to a folder, and reports which run it waits for. Throws ExpectedError when the folder cannot be
 * written, the signal's reason when the run is interrupted, and what `work` throws.
 */
export async function whileLocked<T>(folder: string, { report, signal }: Settings, work: () => Promise<T>): Promise<T> {
  return withLock(folder, { signal, onWait: (holder) => report.warn(describeWait(holder, folder)) }, work);
}

/**
 * Like `whileLocked`, but also runs `work` without a lock when the folder cannot be written: no other run can write there either, and any
 * later write reports the error.
 */
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
