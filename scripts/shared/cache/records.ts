/**
 * Results that can be computed again, kept between runs below node_modules/.cache/briefdeck/records. Every file names the program that
 * wrote it and the hash of its content; a file of another program, or one that is cut short or damaged, is ignored. Files are written under
 * a temporary name and renamed. Records that a run has not used are dropped at its end (a long-lived process keeps them), and only the most
 * recently used subjects are kept.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deserialize, serialize, setFlagsFromString } from 'node:v8';
import { cacheFolder } from './cache-folder.ts';
import { sha256 } from './hashes.ts';
import { programVersion } from './program-version.ts';

/** The number of subjects (content folders, slides folders) kept for each kind: the most recently used ones. */
const SUBJECTS = 12;
const FORMAT = 'briefdeck-records-1';

/** Records of one kind about one subject, by key. A group of records is one file, read and written as a whole. */
export class Records<T> {
  /** Null when nothing can be kept. */
  readonly #folder: string | null;
  readonly #groups = new Map<string, Group<T>>();

  private constructor(folder: string | null) {
    this.#folder = folder;
  }

  /** Opens the records of earlier runs. When nothing can be kept, they are empty every time. */
  static async open<T>(kind: string, subject: string): Promise<Records<T>> {
    try {
      const folder = path.join(await cacheFolder('records'), `${kind}-${sha256(subject).slice(0, 16)}`);
      return new Records<T>(folder);
    } catch {
      // A cache must not make a run fail. Code that needs the place for something else reports the error.
      return new Records<T>(null);
    }
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

  /** Writes changed groups and drops unused records. A failed write is ignored: the next run computes the records again. */
  save(): void {
    const folder = this.#folder;
    if (folder === null) return;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const names = new Set([...this.#groups].flatMap(([name, { used }]) => (used.size === 0 ? [] : [fileName(name)])));
      for (const name of readdirSync(folder)) if (!names.has(name)) rmSync(path.join(folder, name), { force: true });
      for (const [name, group] of this.#groups) this.#saveGroup(path.join(folder, fileName(name)), group);
      keepLast(folder);
    } catch {
      // The disk is full, or the folder has become unwritable.
    }
  }

  #group(name: string): Group<T> {
    let group = this.#groups.get(name);
    if (group === undefined) {
      const kept = this.#folder === null ? null : readGroup<T>(path.join(this.#folder, fileName(name)));
      group = { kept: kept ?? new Map(), used: new Map(), written: kept?.size ?? 0, changed: kept === null };
      this.#groups.set(name, group);
    }
    return group;
  }

  #saveGroup(file: string, group: Group<T>): void {
    const { used, written, changed } = group;
    if (used.size === 0 || (!changed && used.size === written)) return;
    const payload = serialize(used);
    const passing = `${file}.${randomUUID()}`;
    try {
      writeFileSync(passing, Buffer.concat([Buffer.from(headOf(payload)), payload]), { mode: 0o600 });
      renameSync(passing, file);
    } finally {
      rmSync(passing, { force: true });
    }
    group.written = used.size;
    group.changed = false;
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

const fileName = (group: string) => `${sha256(group).slice(0, 16)}.records`;
const headOf = (payload: Uint8Array) => `${FORMAT} ${programVersion()} ${sha256(payload)}\n`;

/** Returns null when the file is missing or cannot be trusted. */
function readGroup<T>(file: string): Map<string, T> | null {
  try {
    const bytes = readFileSync(file);
    const end = bytes.indexOf(0x0a) + 1;
    const payload = bytes.subarray(end);
    if (bytes.toString('latin1', 0, end) !== headOf(payload)) return null;
    return deserialize(payload) as Map<string, T>;
  } catch {
    return null;
  }
}

/** Keeps the most recently used folders of the same kind as this one, and removes the others. */
function keepLast(folder: string): void {
  utimesSync(folder, new Date(), new Date());
  const parent = path.dirname(folder);
  const kind = path.basename(folder).replace(/-[^-]+$/, '-');
  const others = readdirSync(parent).filter((name) => name.startsWith(kind));
  const byUse = others.map((name) => ({ name, used: statSync(path.join(parent, name)).mtimeMs })).sort((a, b) => b.used - a.used);
  for (const { name } of byUse.slice(SUBJECTS)) rmSync(path.join(parent, name), { recursive: true, force: true });
}

/**
 * Makes Node collect garbage more often from now on. By default Node lets its memory grow fourfold first, which is faster for short runs
 * (an edited exchange: 3.1 s instead of 3.3 s) but costs much memory with large content (1,000 exchanges generated: 226 MB with this
 * setting instead of 307 MB, in the same time).
 */
export function saveMemory(): void {
  setFlagsFromString('--heap-growing-percent=30');
}
