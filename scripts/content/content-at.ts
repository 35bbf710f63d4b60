/** A content folder as git has it at an earlier time: its Markdown files, read into memory. Nothing is checked out or written. */
import nodePath from 'node:path';
import { ExpectedError } from '../shared/errors.ts';
import { pathFromHere } from '../shared/paths.ts';
import { type GitRun, runGit } from './git.ts';
import { isMarkdown } from './list-folder.ts';
import { type Moment, wrongMoment } from './moment.ts';
import { type FolderFile, MAX_BYTES, realFolder, toFolderFile } from './read-folder.ts';

export interface ContentAt {
  /** The commit, in full; null when there was none yet. */
  commit: string | null;
  /** When it was committed. */
  committed: Date | null;
  files: FolderFile[];
}

/**
 * The content folder at a revision, or as it was before a date began: at the last commit on the first-parent line of HEAD. No file when the folder was
 * not there yet. Throws ExpectedError when git or its repository cannot be used, with exit code 2 for a revision that there is not.
 */
export async function contentAt(dir: string, moment: Moment): Promise<ContentAt> {
  const folder = await realFolder(dir);
  await checkRepository(folder);
  const commit = moment.type === 'date' ? await commitBefore(folder, moment) : await findCommit(folder, moment.revision);
  if (commit === null) return { commit, committed: null, files: [] };
  const [seconds] = (await read(folder, ['rev-list', '--max-count=1', '--timestamp', commit])).toString('utf8').split(' ');
  return { commit, committed: new Date(Number(seconds) * 1000), files: await readFiles(folder, commit) };
}

async function checkRepository(folder: string): Promise<void> {
  const { ok, complaint } = await runGit(folder, ['rev-parse', '--git-dir']);
  if (ok) return;
  const shown = pathFromHere(folder);
  if (/dubious ownership|unsafe repository/.test(complaint))
    throw new ExpectedError(`--since: git does not trust the repository of ${shown}, which belongs to somebody else`, {
      hint: 'if you trust it, run: git config --global --add safe.directory <the folder of the repository>',
    });
  if (/not a git repository/i.test(complaint))
    throw new ExpectedError(`--since: the content folder ${shown} is in no git repository, so nobody knows what it was`, {
      hint: 'leave --since out, or keep the content in git',
    });
  throw new ExpectedError(`--since: git cannot read the repository of ${shown}: ${complaint}`, { hint: 'ask git itself: git status' });
}

/** The revision goes to standard input: there it can be no option. */
async function findCommit(folder: string, revision: string): Promise<string> {
  const found = await nameCommit(folder, revision);
  if (found.commit !== null) return found.commit;
  const shallow = (await isShallow(folder)) ? '; this clone has only a part of the history: git fetch --unshallow brings the rest' : '';
  if (found.ambiguous) throw wrongMoment(`--since ${revision}: several commits begin like that`);
  throw wrongMoment(`--since ${revision}: git knows no such revision${shallow}`);
}

async function nameCommit(folder: string, revision: string): Promise<{ commit: string | null; ambiguous: boolean }> {
  const { ok, out, complaint } = await runGit(folder, ['cat-file', '--batch-check'], `${revision}^{commit}\n`);
  const [, commit = null] = /^([0-9a-f]{40,64}) commit \d+\n$/.exec(out.toString('utf8')) ?? [];
  return { commit: ok ? commit : null, ambiguous: / ambiguous\n$/.test(out.toString('utf8')) || /ambiguous/.test(complaint) };
}

async function commitBefore(folder: string, { begins, shown }: Extract<Moment, { type: 'date' }>): Promise<string | null> {
  const { commit: head } = await nameCommit(folder, 'HEAD');
  if (head === null) return null;
  const before = Math.max(0, Math.ceil(begins.getTime() / 1000) - 1);
  const found = (await read(folder, ['rev-list', '--first-parent', '--max-count=1', `--min-age=${before}`, head])).toString('utf8').trim();
  if (found === '' && (await isShallow(folder)))
    throw new ExpectedError(`--since ${shown}: this clone has only a part of the history, which does not go back so far`, {
      hint: 'run: git fetch --unshallow',
    });
  return found === '' ? null : found;
}

async function isShallow(folder: string): Promise<boolean> {
  const { out } = await runGit(folder, ['rev-parse', '--is-shallow-repository']);
  return out.toString('utf8').trim() === 'true';
}

interface Entry {
  path: string;
  object: string;
  isLink: boolean;
  size: number;
}

/** `ls-tree` names what lies below the folder that it runs in, relative to it. */
async function readFiles(folder: string, commit: string): Promise<FolderFile[]> {
  const listing = (await read(folder, ['ls-tree', '-r', '-z', '--long', commit])).toString('utf8');
  const entries = listing.split('\0').flatMap((line): Entry[] => {
    const [, mode, object, size, path] = /^(\d{6}) blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(line) ?? [];
    if (mode === undefined || object === undefined || path === undefined) return [];
    // As in reading the folder itself: what is hidden is left out.
    if (path.split('/').some((name) => name.startsWith('.'))) return [];
    return [{ path, object, isLink: mode === '120000', size: Number(size) }];
  });
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const wanted = entries.filter(({ path }) => isMarkdown(path));
  const targets = await readBlobs(
    folder,
    wanted.filter(({ isLink, size }) => isLink && size < MOST_LINK),
  );
  const resolved = wanted.flatMap((entry): Entry[] => {
    if (!entry.isLink) return [entry];
    const target = nodePath.posix.normalize(
      nodePath.posix.join(nodePath.posix.dirname(entry.path), String(targets.get(entry.object) ?? '')),
    );
    const there = byPath.get(target);
    return there === undefined || there.isLink ? [] : [{ ...there, path: entry.path }];
  });
  const texts = await readBlobs(
    folder,
    resolved.filter(({ size }) => size <= MAX_BYTES),
  );
  return resolved.map(({ path, object, size }) => toFolderFile(path, texts.get(object) ?? size));
}

/** In bytes; no path is longer. */
const MOST_LINK = 4096;

/** The contents by object name. `cat-file --batch` answers `<object> blob <size>`, a line feed, the bytes, a line feed. */
async function readBlobs(folder: string, entries: readonly Entry[]): Promise<Map<string, Buffer>> {
  const blobs = new Map<string, Buffer>();
  if (entries.length === 0) return blobs;
  const bytes = await read(folder, ['cat-file', '--batch'], entries.map(({ object }) => `${object}\n`).join(''));
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at);
    const [object = '', type, size] = bytes.subarray(at, end).toString('utf8').split(' ');
    if (type !== 'blob') throw unreadable(folder, `${object} ${type}`);
    const from = end + 1;
    blobs.set(object, bytes.subarray(from, from + Number(size)));
    at = from + Number(size) + 1;
  }
  return blobs;
}

async function read(folder: string, args: readonly string[], input = ''): Promise<Buffer> {
  const { ok, out, complaint }: GitRun = await runGit(folder, args, input);
  if (!ok) throw unreadable(folder, complaint);
  return out;
}

function unreadable(folder: string, complaint: string): ExpectedError {
  return new ExpectedError(`--since: git cannot read the earlier content of ${pathFromHere(folder)}: ${complaint}`, {
    hint: 'if this is a partial clone, fetch what is missing; else ask git itself: git fsck',
  });
}
