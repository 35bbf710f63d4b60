/**
 * The program in the forms that people have it, each in a folder of its own: a clone of its repository with its packages, and a project in
 * which the packed package is installed. Packages are hard links to those of this checkout; caches are the folder's own and empty.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../scripts/shared/paths.ts';
import { commitAll, git } from '../git-folder.ts';
import { filesOf, foldersOf, linkTree } from './link-tree.ts';

export type FormName = 'clone' | 'package';

export interface Place {
  form: FormName;
  content: 'fixture' | 'shipped';
  /** The working folder of its command lines: the clone, or the project that has the package. */
  project: string;
  /** Holds the project, HOME and, while a line runs, its TMPDIR. */
  folder: string;
  /** A line of README.md, which speaks of a clone, as it is typed here. */
  typed(line: string): string;
  /** Puts everything but packages and caches back as it was. */
  reset(): void;
  /** Files of installed packages that were written since the place was made; there must be none. */
  spoilt(): string[];
  remove(): void;
}

export interface PlaceOptions {
  /** Name of the project's folder. */
  name?: string;
  /** The small interview of input/, or the content and slides that ship, which only a clone has. */
  content?: 'fixture' | 'shipped';
}

/** An exchange of the fixture: its takeaway was another one in October 2026. */
export const EDITED = 'content/interviews/mira-2024/020-who-decides.md';

const fixture = path.join(import.meta.dirname, 'input');

export async function makePlace(form: FormName, { name = 'mills', content = 'fixture' }: PlaceOptions = {}): Promise<Place> {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'briefdeck-place-')));
  // Other users of the machine are tried, too.
  chmodSync(folder, 0o755);
  const project = path.join(folder, name);
  await mkdir(project);
  if (form === 'clone') {
    await copyCheckout(project);
    linkTree(path.join(projectRoot, 'node_modules'), path.join(project, 'node_modules'));
  } else {
    linkTree(await installedPackage(), project);
    await writeFile(path.join(project, '.gitignore'), 'node_modules/\ndist/\n');
  }
  if (content === 'fixture') {
    for (const each of ['content', 'slides']) await rm(path.join(project, each), { recursive: true, force: true });
    await cp(fixture, project, { recursive: true });
  }
  const file = path.join(project, EDITED);
  if (content === 'fixture') await writeFile(file, (await readFile(file, 'utf8')).replace('together, once a year', 'each for itself'));
  commitAll(project, '2026-10-20T12:00:00Z');
  if (content === 'fixture') await cp(path.join(fixture, EDITED), file);
  commitAll(project, '2026-11-10T12:00:00Z');
  const packages = new Map(filesOf(path.join(project, 'node_modules')));
  return {
    form,
    content,
    project,
    folder,
    typed: form === 'clone' ? (line) => line : asPackageLine,
    reset: () => {
      git(project, ['reset', '--quiet', '--hard']);
      git(project, ['clean', '--quiet', '-ffdx', '--exclude=node_modules', '--exclude=.program']);
    },
    spoilt: () => filesOf(path.join(project, 'node_modules')).flatMap(([file, state]) => (packages.get(file) === state ? [] : [file])),
    remove: () => {
      // Packages may have been closed.
      for (const each of foldersOf(folder)) chmodSync(each, 0o755);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `npm run brief -- X` is `npx briefdeck brief X` where the package is installed, `npm run briefdeck -- X` is `npx briefdeck X`. */
export function asPackageLine(line: string): string {
  return line.replaceAll(/npm run brief(deck)?(?: --)?(?= |$)/g, (_, deck) =>
    deck === undefined ? 'npx briefdeck brief' : 'npx briefdeck',
  );
}

/** What git has of this checkout and what it would take, as it is now, without a repository around it. */
async function copyCheckout(to: string): Promise<void> {
  const names = git(projectRoot, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']).split('\0');
  const there = names.filter((name) => name !== '' && existsSync(path.join(projectRoot, name)));
  for (const folder of new Set(there.map((name) => path.dirname(name)))) await mkdir(path.join(to, folder), { recursive: true });
  for (const name of there) await copyFile(path.join(projectRoot, name), path.join(to, name));
}

/**
 * A folder in which the packed package is installed as npm does it. It is kept below node_modules/.cache by the hash of what was packed;
 * only the last one, for each is large.
 */
async function installedPackage(): Promise<string> {
  const work = mkdtempSync(path.join(os.tmpdir(), 'briefdeck-pack-'));
  try {
    const clone = path.join(work, 'clone');
    await mkdir(clone);
    await copyCheckout(clone);
    linkTree(path.join(projectRoot, 'node_modules'), path.join(clone, 'node_modules'));
    npm(clone, ['pack', '--silent', '--pack-destination', work]);
    const packed = readdirSync(work).find((name) => name.endsWith('.tgz'));
    if (packed === undefined) throw new Error('npm pack has made no package');
    const bytes = await readFile(path.join(work, packed));
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
    const parent = path.join(projectRoot, 'node_modules/.cache/briefdeck-package');
    const kept = path.join(parent, hash);
    if (existsSync(kept)) return kept;
    const own = path.join(work, 'project');
    await mkdir(own);
    await writeFile(path.join(own, 'package.json'), '{ "name": "mills", "private": true }\n');
    npm(own, ['install', '--silent', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', path.join(work, packed)]);
    // The package's file is gone soon, and a clone on another machine would not have it either.
    await rm(path.join(own, 'package-lock.json'), { force: true });
    await writeFile(path.join(own, 'package.json'), '{ "name": "mills", "private": true }\n');
    mkdirSync(parent, { recursive: true });
    const passing = `${kept}.${process.pid}`;
    linkTree(own, passing);
    try {
      renameSync(passing, kept);
    } catch (error) {
      // Another test file was first.
      if (!existsSync(kept)) throw error;
      rmSync(passing, { recursive: true });
    }
    for (const name of readdirSync(parent)) if (!name.startsWith(hash)) rmSync(path.join(parent, name), { recursive: true, force: true });
    return kept;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** npm with the registry and cache of whoever runs the tests, but nothing of the npm that started them. */
function npm(folder: string, args: readonly string[]): void {
  const own = Object.entries(process.env).filter(([name]) => !/^npm_(?:package|lifecycle|config_local_prefix|config_prefix)/.test(name));
  execFileSync('npm', args, { cwd: folder, env: Object.fromEntries(own), stdio: ['ignore', 'ignore', 'pipe'] });
}
