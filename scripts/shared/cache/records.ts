/**
 * Results that can be computed again, by key in groups. A group is a file in the cache, read and written as a whole. Records that a run has
 * not used are dropped at its end (a long-lived process keeps them).
 */
import { deserialize, serialize, setFlagsFromString } from 'node:v8';
import type { Cache } from './cache.js';
import { openCache } from './cache-folder.ts';
import { sha256 } from './hashes.ts';
import { programVersion } from './program-version.ts';

/** The number of subjects (content folders, slides folders) kept, each with its kinds of records: the most recently used ones. */
const SUBJECTS = 60;

/** Records of one kind about one subject, by key. */
export class Records<T> {
  /** The subjects. */
  readonly #cache: Cache;
  readonly #subject: string;
  /** The groups of this subject. */
  readonly #files: Cache;
  readonly #groups = new Map<string, Group<T>>();

  private constructor(cache: Cache, subject: string) {
    this.#cache = cache;
    this.#subject = subject;
    this.#files = cache.within(subject);
  }

  /** Opens the records of earlier runs. When nothing can be kept, they are empty every time. */
  static async open<T>(kind: string, subject: string): Promise<Records<T>> {
    return new Records<T>(await openCache('records', SUBJECTS), `${kind}-${sha256(subject).slice(0, 16)}`);
  }

  get(group: string, key: string): T | undefined {
    const { kept, used } = this.#group(group);
    const found = used.get(key) ?? kept.get(key);
    if (found !== undefined) used.set(key, found);
    return found;
  }

  set(group: string, key: string, record: T): void {
    const found = this.#group(group);
    found.used.set(key, record);
    found.changed = true;
  }

  /** The number of records available in a group. */
  sizeOf(name: string): number {
    const { kept, used } = this.#group(name);
    return Math.max(kept.size, used.size);
  }

  /** Marks all available records as used. */
  useAll(): void {
    for (const group of this.#groups.values()) {
      if (group.kept.size === 0) continue;
      group.used = new Map([...group.kept, ...group.used]);
      group.kept = new Map();
    }
  }

  /** Starts counting used records again; earlier records stay available. */
  renew(): void {
    for (const group of this.#groups.values()) {
      group.kept = group.used;
      group.used = new Map();
    }
  }

  /** Writes changed groups and drops unused records. */
  save(): void {
    if (this.#cache.use(this.#subject) === null) return;
    this.#files.only(new Set([...this.#groups].flatMap(([name, { used }]) => (used.size === 0 ? [] : [fileName(name)]))));
    for (const [name, group] of this.#groups) {
      const { used, written, changed } = group;
      if (used.size === 0 || (!changed && used.size === written)) continue;
      this.#files.write(fileName(name), serialize(used));
      group.written = used.size;
      group.changed = false;
    }
  }

  #group(name: string): Group<T> {
    let group = this.#groups.get(name);
    if (group === undefined) {
      const kept = readGroup<T>(this.#files.read(fileName(name)));
      group = { kept: kept ?? new Map(), used: new Map(), written: kept?.size ?? 0, changed: kept === null };
      this.#groups.set(name, group);
    }
    return group;
  }
}

interface Group<T> {
  /** From earlier runs. */
  kept: ReadonlyMap<string, T>;
  /** Read or written by this run. */
  used: Map<string, T>;
  /** The number of records in the file. */
  written: number;
  /** Whether the file is out of date. */
  changed: boolean;
}

/** Another program does not find the records of this one. */
const fileName = (group: string) => `${sha256(`${programVersion()} ${group}`).slice(0, 16)}.records`;

function readGroup<T>(bytes: Uint8Array | null): Map<string, T> | null {
  // The same code has written what is undamaged.
  return bytes === null ? null : (deserialize(bytes) as Map<string, T>);
}

/**
 * Makes Node collect garbage more often from now on. By default Node lets its memory grow fourfold first, which is faster for short runs
 * (an edited exchange: 3.1 s instead of 3.3 s) but costs much memory with large content (1,000 exchanges generated: 226 MB with this
 * setting instead of 307 MB, in the same time).
 */
export function saveMemory(): void {
  setFlagsFromString('--heap-growing-percent=30');
}
