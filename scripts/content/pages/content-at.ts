/** Reads the Markdown files of a content folder from git, as they were at an earlier time. Nothing is checked out or written. */
import { spawn } from 'node:child_process';
import nodePath from 'node:path';
import { ExpectedError } from '../../shared/errors.ts';
import { pathFromHere, projectRoot } from '../../shared/paths.ts';
import { type Moment, wrongMoment } from '../kinds/moment.ts';
import { isMarkdown } from './list-folder.ts';
import { type FolderFile, MAX_BYTES, realFolder, toFolderFile } from './read-folder.ts';

export interface ContentAt {
  /** The full hash of the commit; null when there was none yet. */
  commit: string | null;
  /** When it was committed. */
  committed: Date | null;
  files: FolderFile[];
}

/**
 * Returns the content folder at a revision, or at the last commit on the first-parent line of HEAD before a date began. Has no files when
 * the folder did not exist yet. Throws ExpectedError when git or the repository cannot be used, with exit code 2 for an unknown revision.
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
    throw new ExpectedError(`--since: the content folder ${shown} is not in a git repository, so its earlier content is unknown`, {
      hint: 'leave --since out, or keep the content in git',
    });
  throw new ExpectedError(`--since: git cannot read the repository of ${shown}: ${complaint}`, { hint: 'ask git itself: git status' });
}

/** Passes the revision on standard input, where git cannot take it for an option. */
async function findCommit(folder: string, revision: string): Promise<string> {
  const found = await nameCommit(folder, revision);
  if (found.commit !== null) return found.commit;
  if (found.ambiguous) throw wrongMoment(`--since ${revision}: several commits begin like that`);
  if (await isNamed(folder, revision)) throw await withoutObjects(folder, `the commit of ${revision}`);
  // `HEAD~3` also has no name when one of the commits between is missing.
  if (!(await runGit(folder, ['rev-list', '--quiet', '--all', 'HEAD'])).ok)
    throw await withoutObjects(folder, 'all commits of its history');
  const shallow = (await isShallow(folder)) ? '; this clone has only a part of the history: git fetch --unshallow brings the rest' : '';
  throw wrongMoment(`--since ${revision}: git knows no such revision${shallow}`);
}

async function nameCommit(folder: string, revision: string): Promise<{ commit: string | null; ambiguous: boolean }> {
  const { ok, out, complaint } = await runGit(folder, ['cat-file', '--batch-check'], `${revision}^{commit}\n`);
  const [, commit = null] = /^([0-9a-f]{40,64}) commit \d+\n$/.exec(out.toString('utf8')) ?? [];
  return { commit: ok ? commit : null, ambiguous: / ambiguous\n$/.test(out.toString('utf8')) || /ambiguous/.test(complaint) };
}

/** Whether git resolves the revision to an object name. The object itself may be missing. */
async function isNamed(folder: string, revision: string): Promise<boolean> {
  return (await runGit(folder, ['rev-parse', '--quiet', '--verify', '--end-of-options', revision])).ok;
}

async function commitBefore(folder: string, { begins, shown }: Extract<Moment, { type: 'date' }>): Promise<string | null> {
  const { commit: head } = await nameCommit(folder, 'HEAD');
  if (head === null) {
    // HEAD has no name in a repository without commits.
    if (await isNamed(folder, 'HEAD')) throw await withoutObjects(folder, 'the commit of HEAD');
    return null;
  }
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
}

/** `ls-tree` lists the files below its working folder, relative to it. */
async function readFiles(folder: string, commit: string): Promise<FolderFile[]> {
  const listed = await runGit(folder, ['ls-tree', '-r', '-z', commit]);
  if (!listed.ok) throw await withoutObjects(folder, `the files of commit ${commit.slice(0, 7)}`);
  const entries = listed.out
    .toString('utf8')
    .split('\0')
    .flatMap((line): Entry[] => {
      const [, mode, object, path] = /^(\d{6}) blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
      if (mode === undefined || object === undefined || path === undefined) return [];
      // Hidden files are left out, as when reading from the disk.
      if (path.split('/').some((name) => name.startsWith('.'))) return [];
      return [{ path, object, isLink: mode === '120000' }];
    });
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const wanted = entries.filter(({ path }) => isMarkdown(path));
  const links = wanted.filter(({ isLink }) => isLink);
  const targets = await readBlobs({ folder, commit }, links, MOST_LINK);
  const resolved = wanted.flatMap((entry): Entry[] => {
    if (!entry.isLink) return [entry];
    const target = nodePath.posix.normalize(
      nodePath.posix.join(nodePath.posix.dirname(entry.path), String(targets.get(entry.object) ?? '')),
    );
    const there = byPath.get(target);
    return there === undefined || there.isLink ? [] : [{ ...there, path: entry.path }];
  });
  const texts = await readBlobs({ folder, commit }, resolved, MAX_BYTES);
  return resolved.map(({ path, object }) => toFolderFile(path, texts.get(object) ?? 0));
}

/** Longest link target, in bytes. No path is longer. */
const MOST_LINK = 4096;

interface Place {
  folder: string;
  commit: string;
}

/**
 * Returns the contents by object name; for objects of more than `most` bytes only the size. Throws ExpectedError when git lacks one of
 * them.
 */
async function readBlobs({ folder, commit }: Place, entries: readonly Entry[], most: number): Promise<Map<string, Buffer | number>> {
  const blobs = new Map<string, Buffer | number>();
  const check = async (objects: readonly string[], hasAll: (object: string) => boolean) => {
    const lost = objects.find((object) => !hasAll(object));
    if (lost !== undefined) throw await lacking({ folder, commit }, entries, lost);
  };
  const ask = async (command: string, objects: readonly string[]): Promise<Buffer> =>
    objects.length === 0 ? Buffer.alloc(0) : (await runGit(folder, ['cat-file', command], objects.map((each) => `${each}\n`).join(''))).out;
  const all = [...new Set(entries.map(({ object }) => object))];
  // Each line is `<object> blob <size>` or `<object> missing`. git may also stop early.
  for (const line of (await ask('--batch-check', all)).toString('utf8').split('\n')) {
    const [object = '', type, size] = line.split(' ');
    if (type === 'blob') blobs.set(object, Number(size));
  }
  await check(all, (object) => blobs.has(object));
  const small = all.filter((object) => Number(blobs.get(object)) <= most);
  // Each answer is `<object> blob <size>`, a line feed, the bytes and a line feed. git stops at an object that it cannot read.
  const bytes = await ask('--batch', small);
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at);
    const [object = '', type, size] = bytes.subarray(at, end).toString('utf8').split(' ');
    const from = end + 1;
    const next = from + Number(size) + 1;
    if (type !== 'blob' || next > bytes.length) break;
    blobs.set(object, bytes.subarray(from, next - 1));
    at = next;
  }
  await check(small, (object) => typeof blobs.get(object) !== 'number');
  return blobs;
}

/** Returns the error for an object `lost` that git lacks. Other objects of these entries may be missing too. */
async function lacking({ folder, commit }: Place, entries: readonly Entry[], lost: string): Promise<ExpectedError> {
  const { out } = await runGit(folder, ['rev-list', '--objects', '--no-walk', '--missing=print', commit]);
  // Missing objects are listed as `?<object>`. Damaged ones are not listed.
  const missing = new Set(
    [lost, ...out.toString('utf8').matchAll(/^\?([0-9a-f]+)$/gm)].map((each) => (typeof each === 'string' ? each : each[1])),
  );
  const [first = 'a file', ...others] = entries
    .filter(({ object }) => missing.has(object))
    .map(({ path }) => pathFromHere(nodePath.join(folder, path)));
  return withoutObjects(folder, `the earlier text of ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`);
}

async function withoutObjects(folder: string, what: string): Promise<ExpectedError> {
  const { out } = await runGit(folder, ['config', '--get-regexp', '^remote\\..*\\.promisor$']);
  const [, remote] = /^remote\.(\w[\w./-]*)\.promisor /.exec(out.toString('utf8')) ?? [];
  return new ExpectedError(
    `--since: git does not have ${what}: this ${remote === undefined ? 'repository is damaged' : 'is a partial clone'}`,
    {
      hint: `bring what is missing: git fetch --refetch --no-filter ${remote ?? '<a remote or the path of a whole clone>'}`,
    },
  );
}

async function read(folder: string, args: readonly string[]): Promise<Buffer> {
  const { ok, out, complaint }: GitRun = await runGit(folder, args);
  if (!ok) throw unreadable(folder, complaint);
  return out;
}

function unreadable(folder: string, complaint: string): ExpectedError {
  return new ExpectedError(`--since: git cannot read the earlier content of ${pathFromHere(folder)}: ${complaint}`, {
    hint: 'ask git itself: git fsck',
  });
}

// Read-only git: no hooks, no filters, no programs from the configuration of the repository, no network

interface GitRun {
  /** Whether git exited with 0. */
  ok: boolean;
  out: Buffer;
  /** The first line of its error output. */
  complaint: string;
}

/** Runs one plumbing command in a folder, with `input` on its standard input. Throws ExpectedError when git is not installed. */
async function runGit(folder: string, args: readonly string[], input = ''): Promise<GitRun> {
  // The folder is not the working folder, because some systems look for programs there first.
  const child = spawn('git', [...SAFELY, '-C', folder, ...args], { cwd: projectRoot, env: cleanEnvironment(), windowsHide: true });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  // When git ends early, it does not read the rest of its input. Its exit code tells why.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) => reject(missing(error)));
    child.on('close', resolve);
  });
  return { ok: code === 0, out: Buffer.concat(out), complaint: Buffer.concat(err).toString('utf8').trim().split('\n')[0] ?? '' };
}

const SAFELY = ['--no-optional-locks', '--no-replace-objects', '--literal-pathspecs', '-c', 'core.fsmonitor=false'];

/**
 * Removes variables that point git elsewhere (a hook that runs this program sets GIT_DIR), sets English messages, and forbids fetching
 * missing objects.
 */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name)));
  return { ...env, LC_ALL: 'C', LANGUAGE: 'C', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none' };
}

function missing(error: Error): unknown {
  if (!('code' in error) || error.code !== 'ENOENT') return error;
  return new ExpectedError('--since needs git, which is not installed', { hint: 'install git, or leave --since out', cause: error });
}
