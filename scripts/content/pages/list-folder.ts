import { type Dirent, statSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import nodePath from 'node:path';
import type { Problem } from '../../model/problems/problem.ts';
import { problem } from '../../model/problems/problem-text.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { isInside } from '../../shared/paths.ts';
import { startOf } from '../findings.ts';

/** A Markdown file to read. `problem` says why it cannot be read. */
export interface ListedFile {
  /** Relative to the content folder, with forward slashes. */
  path: string;
  problem: Problem | null;
}

export interface Listing {
  /** Sorted by path, folder by folder. */
  files: ListedFile[];
  /** Text files that are ignored because their names are not Markdown, in folders where content is expected. */
  ignored: string[];
  /** When an entry was last added to or removed from each folder, in ms since 1970. */
  folderDates: number[];
}

/** Lists the Markdown files below a folder. Throws ExpectedError when a folder cannot be read. */
export async function listFolder(root: string): Promise<Listing> {
  const listing: Listing = { files: [], ignored: [], folderDates: [] };
  await walk(root, '', listing);
  return listing;
}

/** Turns a file system error into an ExpectedError that names the folder and says what to do. */
export function asFolderError(error: unknown, dir: string): unknown {
  const code = systemCodeOf(error);
  if (code === null) return error;
  const reason = code === 'ENOENT' ? 'it does not exist' : (reasons[code] ?? code);
  return new ExpectedError(`cannot read the content folder ${dir}: ${reason}`, {
    hint: 'name the right one with --content DIR',
    cause: error,
  });
}

/** Explanations of file system errors, by error code. */
export const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'it is not a folder',
  ELOOP: 'its links go in a circle',
  EMFILE: 'too many files are open',
};

/** Returns the code of a system error, or null for other errors. */
export function systemCodeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

async function walk(root: string, folder: string, listing: Listing): Promise<void> {
  const { files, ignored, folderDates } = listing;
  const dir = nodePath.join(root, folder);
  // A folder that vanished after its parent was listed is missing from the next listing too.
  folderDates.push(statSync(dir, { throwIfNoEntry: false })?.ctimeMs ?? 0);
  const entries = await readdir(dir, { withFileTypes: true }).catch((error: unknown) => {
    if (folder !== '' && systemCodeOf(error) === 'ENOENT') return [];
    throw asFolderError(error, dir);
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) await walk(root, path, listing);
    else if (entry.isSymbolicLink()) await addLink(root, path, files);
    else if (isMarkdown(path)) files.push({ path, problem: entry.isFile() ? null : notAFile(path, entry) });
    else if (IGNORED.test(path)) ignored.push(path);
  }
}

async function addLink(root: string, path: string, found: ListedFile[]): Promise<void> {
  const target = await realpath(nodePath.join(root, path)).catch(() => null);
  const info = target === null ? null : await stat(target).catch(() => null);
  if (target === null || info === null) {
    if (isMarkdown(path)) found.push({ path, problem: problem('unreadable-file', startOf(path), { reason: 'it is a link to nothing' }) });
  } else if (!isInside(root, target)) {
    if (isMarkdown(path) || info.isDirectory()) found.push({ path, problem: problem('unsafe-path', startOf(path), { path }) });
  } else if (isMarkdown(path) && !info.isDirectory()) {
    found.push({ path, problem: info.isFile() ? null : notAFile(path, info) });
  }
}

function notAFile(path: string, entry: Pick<Dirent, 'isFIFO' | 'isSocket'>): Problem {
  return problem('unreadable-file', startOf(path), { reason: entry.isFIFO() || entry.isSocket() ? 'it is a pipe' : 'it is a device' });
}

/** Names of text formats that are not read, in folders for content. Other files, such as pictures and recordings, may be anywhere. */
const IGNORED = /^(?:interviews|themes|terms)\/.*\.(?:markdown|mdown|mdwn|mkdn?|mdx|txt|text|rst|adoc|org|qmd|rmd)$/i;

export function isMarkdown(path: string): boolean {
  return /\.md$/i.test(path);
}
