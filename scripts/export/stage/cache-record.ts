/** What an export keeps for the next one: texts by key below node_modules/.cache/briefdeck, which can be deleted at any time. */
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../../shared/cache/cache-folder.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { writeAtomic } from '../../shared/disk/files.ts';
import { ExpectedError } from '../../shared/errors.ts';

export interface RecordKind {
  /** Names a folder of the cache. */
  name: 'stage';
  /** So many records are kept, the last used ones. */
  kept: number;
}

/** The record of this name, or null when there is none or it is not as it was written. */
export async function readRecord({ name: kind }: RecordKind, name: string): Promise<string | null> {
  try {
    const file = await fileOf(kind, name);
    const text = await readFile(file, 'utf8');
    const [hash = '', body] = [text.slice(0, HASH), text.slice(HASH + 1)];
    if (sha256(body) !== hash) return null;
    // The last used ones stay.
    const now = new Date();
    await utimes(file, now, now).catch(() => {});
    return body;
  } catch {
    // No record, or none that can be read: it is made again.
    return null;
  }
}

/** Keeps a record, whole or not at all, and forgets the oldest ones of its kind. Where nothing can be kept, nothing is. */
export async function writeRecord({ name: kind, kept }: RecordKind, name: string, body: string): Promise<void> {
  try {
    const file = await fileOf(kind, name);
    await writeAtomic(file, `${sha256(body)}\n${body}`);
    await forgetOldest(path.dirname(file), kept);
  } catch (error) {
    // A full disk, or a folder that cannot be written: the export goes on with what it has in memory.
    if (!(error instanceof ExpectedError) && !(error instanceof Error && 'code' in error)) throw error;
  }
}

const HASH = 64;

async function fileOf(kind: string, name: string): Promise<string> {
  return path.join(await cacheFolder(kind), `${sha256(name).slice(0, 32)}.json`);
}

async function forgetOldest(folder: string, kept: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  if (names.length <= kept) return;
  const dated = await Promise.all(names.map(async (name) => ({ name, used: (await stat(path.join(folder, name))).mtimeMs })));
  dated.sort((a, b) => b.used - a.used);
  for (const { name } of dated.slice(kept)) await rm(path.join(folder, name), { force: true });
}
