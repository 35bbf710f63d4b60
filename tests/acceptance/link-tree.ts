/** Trees of packages without copying them, and what has become of them. */
import { constants, copyFileSync, linkSync, lstatSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import path from 'node:path';

/** Folders of what the program, or the tests, can make again. */
export const REMADE = ['.cache', '.program', '.vite', '.vite-temp'];

/**
 * Makes the same tree at another place: folders and symbolic links anew, files as hard links, or as copies where the file system has none.
 * Leaves out what the program can make again.
 */
export function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (REMADE.includes(entry.name)) continue;
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target);
  }
}

/** Makes a hard link, or a copy where there can be none. */
export function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch (error) {
    // Another file system, or somebody else's files that the system does not let us link.
    if (!['EXDEV', 'EPERM', 'EMLINK'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    copyFileSync(source, target, constants.COPYFILE_FICLONE);
  }
}

/** Every file of a tree but those that the program can make again, with its size and when it was written. */
export function filesOf(folder: string): [file: string, state: string][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, string][] => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return REMADE.includes(entry.name) ? [] : filesOf(file);
    const { size, mtimeMs } = lstatSync(file);
    return [[file, `${size} ${mtimeMs}`]];
  });
}

/** A folder and all below it; symbolic links are not followed. */
export function foldersOf(folder: string): string[] {
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...below.flatMap((entry) => foldersOf(path.join(folder, entry.name)))];
}
