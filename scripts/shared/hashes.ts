import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** SHA-256 of a file, in hexadecimal. */
export async function hashFile(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

/** SHA-256 of a file, or "missing". */
export async function hashIfThere(file: string): Promise<string> {
  return hashFile(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'missing';
    throw error;
  });
}

export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** SHA-256 over the names and contents of all files below a folder. */
export async function hashFolder(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(`${path.relative(folder, file)}\0${await hashFile(file)}\0`);
  return hash.digest('hex');
}
