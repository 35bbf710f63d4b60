/**
 * The cache: what can be made again, kept between runs. Whatever happens to its files costs time and nothing else: an entry that is damaged
 * or was made by something else counts as missing. Plain JavaScript, because the launcher needs it before the program is bundled.
 */
import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { isOwnFolder } from './cache-root.js';

/** Entries of one kind by name, which must include a hash of what they are made from. Each is a file, or a folder of files. */
export class Cache {
  #folder;
  #most;
  #like;

  /**
   * `folder` is where the entries are, or null when nothing can be kept. `most` is the number of entries kept, most recently used first.
   * With `like`, folders may be as open as that one.
   */
  constructor(folder, most, like = null) {
    this.#folder = folder;
    this.#most = most;
    this.#like = like;
  }

  /** Returns the bytes of an entry. Null when it is missing or damaged. */
  read(name) {
    try {
      const bytes = readFileSync(this.#pathOf(name));
      const body = bytes.subarray(HASH + 1);
      if (bytes.toString('latin1', 0, HASH) !== sha256(body)) return null;
      this.#markUsed(name);
      return body;
    } catch {
      return null;
    }
  }

  /** Keeps bytes as an entry. Does nothing when the disk is full or cannot be written. */
  write(name, bytes) {
    if (this.#folder === null) return;
    const passing = this.#pathOf(`.${name}.${randomUUID()}`);
    try {
      mkdirSync(this.#pathOf(''), { recursive: true, mode: 0o700 });
      try {
        writeFileSync(passing, Buffer.concat([Buffer.from(`${sha256(bytes)}\n`), bytes]), { mode: 0o600 });
        renameSync(passing, this.#pathOf(name));
      } finally {
        rmSync(passing, { force: true });
      }
      this.#forget();
    } catch {
      // The next run makes it again.
    }
  }

  /**
   * Returns a folder that was kept, if all its listed files are as they were and no other user could have written them; else null. `look`
   * compares sizes, rights and dates, and reads only files with a changed date; `read` reads all of them.
   */
  find(name, how) {
    try {
      const folder = this.#pathOf(name);
      if (![this.#pathOf(''), folder].every((each) => isOwnFolder(each, this.#like))) return null;
      const files = Object.entries(JSON.parse(readFileSync(path.join(folder, LIST), 'utf8')));
      if (!files.every(([file, was]) => isAsListed(path.join(folder, file), was, how))) return null;
      this.#markUsed(name);
      return folder;
    } catch {
      return null;
    }
  }

  /**
   * Keeps a folder as an entry by renaming it. The files for which `isListed` is true are checked by `find`. The first of several runs wins;
   * a damaged entry is replaced. Throws the system's error when it cannot be kept.
   */
  keep(name, made, isListed = () => true) {
    writeFileSync(path.join(made, LIST), JSON.stringify(listOf(made, isListed)));
    const folder = this.#pathOf(name);
    try {
      renameSync(made, folder);
    } catch (error) {
      if (this.find(name, 'read') !== null) return;
      if (!existsSync(folder)) throw error;
      const away = this.#pathOf(`.${name}.${randomUUID()}`);
      renameSync(folder, away);
      renameSync(made, folder);
      rmSync(away, { recursive: true, force: true });
    }
    this.#forget();
  }

  /** Returns the folder of an entry that its owner fills and checks, and creates it. Null when it cannot be created. */
  use(name) {
    try {
      mkdirSync(this.#pathOf(name), { recursive: true, mode: 0o700 });
      this.#markUsed(name);
      this.#forget();
      return this.#pathOf(name);
    } catch {
      return null;
    }
  }

  /** Returns a cache inside an entry, without a limit. */
  within(name) {
    return new Cache(this.#folder === null ? null : this.#pathOf(name), Number.POSITIVE_INFINITY);
  }

  /** Removes all entries without these names, as far as that is possible. */
  only(names) {
    try {
      for (const name of readdirSync(this.#pathOf(''))) if (!names.has(name)) rmSync(this.#pathOf(name), { recursive: true, force: true });
    } catch {
      // They only take up space.
    }
  }

  #pathOf(name) {
    if (this.#folder === null) throw new Error('nothing can be kept');
    return path.join(this.#folder, name);
  }

  #markUsed(name) {
    try {
      utimesSync(this.#pathOf(name), new Date(), new Date());
    } catch {
      // It belongs to another user or is read-only.
    }
  }

  /** Removes the entries that were not used for longest, and what killed runs have left. */
  #forget() {
    if (this.#most === Number.POSITIVE_INFINITY) return;
    try {
      const all = readdirSync(this.#pathOf('')).map((name) => ({ name, used: statSync(this.#pathOf(name)).mtimeMs }));
      const isPassing = ({ name }) => name.startsWith('.');
      const entries = all.filter((each) => !isPassing(each)).sort((a, b) => b.used - a.used);
      const left = all.filter((each) => isPassing(each) && each.used < Date.now() - LONG);
      for (const { name } of [...entries.slice(this.#most), ...left]) rmSync(this.#pathOf(name), { recursive: true, force: true });
    } catch {
      // Another run is removing them, or they belong to another user. They only take up space.
    }
  }
}

/** The length of a SHA-256 in hexadecimal. A file of an entry starts with it and a line end. */
const HASH = 64;
/** The list of a folder's files, kept next to them. */
const LIST = 'files.json';
/** No run takes this long to write an entry, in ms. */
const LONG = 3_600_000;

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

function listOf(folder, isListed) {
  const list = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = path.join(folder, name);
    const stats = lstatSync(file);
    const { size, mtimeMs, mode } = stats;
    if (stats.isFile() && isListed(name)) list[name] = { size, mtimeMs, runs: (mode & 0o100) !== 0, hash: hashOf(file) };
  }
  return list;
}

function isAsListed(file, { size, mtimeMs, runs, hash }, how) {
  const stats = lstatSync(file);
  if (!stats.isFile() || stats.size !== size || (runs && (stats.mode & 0o100) === 0)) return false;
  return (how === 'look' && stats.mtimeMs === mtimeMs) || hashOf(file) === hash;
}

/** In pieces, because a browser has 200 MB. */
function hashOf(file) {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(65_536);
  const handle = openSync(file);
  try {
    for (let length = readSync(handle, piece); length > 0; length = readSync(handle, piece)) hash.update(piece.subarray(0, length));
    return hash.digest('hex');
  } finally {
    closeSync(handle);
  }
}
