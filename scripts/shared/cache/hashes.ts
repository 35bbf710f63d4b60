import { createHash } from 'node:crypto';
import { readFileSync, type Stats } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../errors.ts';

/** SHA-256 of a file, in hexadecimal. */
export async function hashFile(file: string): Promise<string> {
  return sha256(await readFile(file));
}

/** SHA-256 of a file, or "missing". */
export async function hashIfThere(file: string): Promise<string> {
  return hashFile(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'missing';
    throw error;
  });
}

/** SHA-256 of what is in memory, in hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** SHA-256 over the names and contents of all files below a folder, linked files among them; linked folders are not entered. */
export async function hashFolder(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(file)))) files.push(file);
  }
  const hash = createHash('sha256');
  // Read at once: for a theme's hundred small files waiting for each takes five times as long.
  for (const file of files.sort()) hash.update(`${path.relative(folder, file)}\0${sha256(readFileSync(file))}\0`);
  return hash.digest('hex');
}

async function leadsToFile(link: string): Promise<boolean> {
  try {
    return (await stat(link)).isFile();
  } catch {
    // A link to nothing, or in a circle: nothing can be made from it.
    return false;
  }
}

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
