import { stat } from 'node:fs/promises';
import { hashIfThere, stampOf } from './hashes.ts';

/** For this long after a write, in ms, another write may leave the stamp unchanged: file systems count in ticks of 10 ms at most. */
const TICKS = 100;

/** Hashes of files for a process that asks repeatedly: a file with an unchanged stamp is not read again. */
export class StampedHashes {
  readonly #known = new Map<string, { stamp: string; hash: string }>();

  /** Returns the SHA-256 of a file, or "missing". */
  async hashOf(file: string): Promise<string> {
    const stats = await stat(file).catch(() => null);
    if (stats === null) return hashIfThere(file);
    const stamp = stampOf(stats);
    const known = this.#known.get(file);
    if (known?.stamp === stamp) return known.hash;
    const hash = await hashIfThere(file);
    if (Date.now() - Math.max(stats.ctimeMs, stats.mtimeMs) > TICKS) this.#known.set(file, { stamp, hash });
    return hash;
  }
}
