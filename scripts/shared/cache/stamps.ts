import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../disk/write-error.ts';

/** What changes with every write to a file, also one that leaves it as it was; and when another file takes its place. */
export function stampOf({ dev, ino, size, mtimeMs, ctimeMs }: Pick<Stats, 'dev' | 'ino' | 'size' | 'mtimeMs' | 'ctimeMs'>): string {
  return `${dev} ${ino} ${size} ${mtimeMs} ${ctimeMs}`;
}

/** The stamps of files, and of all that lies below folders. */
export async function stampAll(places: readonly string[]): Promise<string> {
  const stamps = await Promise.all(places.map(stampPlace));
  return stamps.join('\n');
}

async function stampPlace(place: string): Promise<string> {
  try {
    const found = await stat(place);
    if (!found.isDirectory()) return stampOf(found);
    const names = (await readdir(place, { recursive: true })).sort();
    const below = names.map(async (name) => `${name} ${stampOf(await stat(path.join(place, name)))}`);
    return (await Promise.all(below)).join('\n');
  } catch (error) {
    // Missing, or a link to nothing: that is a state too, and whoever needs the file says so.
    if (codeOf(error) === '') throw error;
    return codeOf(error);
  }
}
