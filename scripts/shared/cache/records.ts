/**
 * What can be worked out again, kept from one run to the next below node_modules/.cache/briefdeck/records. Every file of records names the
 * program that wrote it and the hash of what follows; one that is another program's, cut short or spoilt is as good as none. Files are
 * written beside and renamed. What a run has not asked for goes with its end (a process that goes on keeps it), and only the subjects used last are kept.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deserialize, serialize, setFlagsFromString } from 'node:v8';
import { cacheFolder } from './cache-folder.ts';
import { sha256 } from './hashes.ts';
import { programVersion } from './program-version.ts';

/** So many subjects (content folders, slides folders) of a kind are kept, the last used ones. */
const SUBJECTS = 12;
const FORMAT = 'briefdeck-records-1';

/** Records of one kind about one subject, by key. A group of records is one file: it is read and written whole. */
export class Records<T> {
  /** Null: nothing is kept. */
  readonly #folder: string | null;
  readonly #groups = new Map<string, Group<T>>();

  private constructor(folder: string | null) {
    this.#folder = folder;
  }

  /** Opens what earlier runs have kept; where nothing can be kept it is empty every time. */
  static async open<T>(kind: string, subject: string): Promise<Records<T>> {
    try {
      const folder = path.join(await cacheFolder('records'), `${kind}-${sha256(subject).slice(0, 16)}`);
      return new Records<T>(folder);
    } catch {
      // A cache is no reason to fail: whoever needs the place for something else says so.
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

  /** How many records of a group are at hand. */
  sizeOf(name: string): number {
    const { kept, used } = this.#group(name);
    return Math.max(kept.size, used.size);
  }

  /** Counts everything at hand as used. */
  useAll(): void {
    for (const group of this.#groups.values()) {
      if (group.kept.size === 0) continue;
      group.used = new Map([...group.kept, ...group.used]);
      group.kept = new Map();
    }
  }

  /** Begins anew to count what is used; what was kept stays at hand. */
  renew(): void {
    for (const group of this.#groups.values()) {
      group.kept = group.used;
      group.used = new Map();
    }
  }

  /** Writes what has changed, drops what was not used. That it cannot be written is nobody's failure: the next run works it out again. */
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
      // The disk is full, or the folder was closed to us meanwhile.
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
  /** Asked for or put in by this one. */
  used: Map<string, T>;
  /** How many the file holds. */
  written: number;
  /** Whether the file lacks something. */
  changed: boolean;
}

const fileName = (group: string) => `${sha256(group).slice(0, 16)}.records`;
const headOf = (payload: Uint8Array) => `${FORMAT} ${programVersion()} ${sha256(payload)}\n`;

/** Null for what is not there or cannot be trusted. */
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

/** Of the folders beside this one, those of the same kind that were not used for longest go. */
function keepLast(folder: string): void {
  utimesSync(folder, new Date(), new Date());
  const parent = path.dirname(folder);
  const kind = path.basename(folder).replace(/-[^-]+$/, '-');
  const others = readdirSync(parent).filter((name) => name.startsWith(kind));
  const byUse = others.map((name) => ({ name, used: statSync(path.join(parent, name)).mtimeMs })).sort((a, b) => b.used - a.used);
  for (const { name } of byUse.slice(SUBJECTS)) rmSync(path.join(parent, name), { recursive: true, force: true });
}

/**
 * From now on memory that is no longer used is looked for often. By default Node lets its memory grow fourfold first, which is quicker for what ends soon (an
 * edited exchange: 3.1 s instead of 3.3) and half a gigabyte of large contents (1,000 exchanges generated: 226 MB instead of 307, in the same time).
 */
export function saveMemory(): void {
  setFlagsFromString('--heap-growing-percent=30');
}
