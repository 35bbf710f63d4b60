import { createHash } from 'node:crypto';
import { readFileSync, type Stats } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../errors.ts';

/** Returns the SHA-256 of a file, in hexadecimal. */
export async function hashFile(file: string): Promise<string> {
  return sha256(await readFile(file));
}

/** Returns the SHA-256 of a file, or "missing". */
export async function hashIfThere(file: string): Promise<string> {
  return hashFile(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'missing';
    throw error;
  });
}

/** Returns the SHA-256 of a string or of bytes, in hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Returns the SHA-256 over the names and contents of all files below a folder. Follows links to files, but not links to folders. */
export async function hashFolder(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(file)))) files.push(file);
  }
  const hash = createHash('sha256');
  // Synchronous: awaiting each of a theme's hundred small files takes five times as long.
  for (const file of files.sort()) hash.update(`${path.relative(folder, file)}\0${sha256(readFileSync(file))}\0`);
  return hash.digest('hex');
}

async function leadsToFile(link: string): Promise<boolean> {
  try {
    return (await stat(link)).isFile();
  } catch {
    // A link to nothing or in a circle: nothing can be built from it.
    return false;
  }
}

/**
 * Returns a string that changes with every write to a file, even one that leaves the content as it was, and when another file takes its
 * place.
 */
export function stampOf({ dev, ino, size, mtimeMs, ctimeMs }: Pick<Stats, 'dev' | 'ino' | 'size' | 'mtimeMs' | 'ctimeMs'>): string {
  return `${dev} ${ino} ${size} ${mtimeMs} ${ctimeMs}`;
}

/** Returns the stamps of files, and of everything below folders. */
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
    // A missing file or a link to nothing is a state too. The code that needs the file reports it.
    if (codeOf(error) === '') throw error;
    return codeOf(error);
  }
}
