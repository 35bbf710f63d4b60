import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readIfThere } from '../disk/files.ts';
import { packageFolder } from '../packages.ts';
import { projectRoot } from '../paths.ts';
import { hashIfThere, sha256 } from './hashes.ts';

/** The key of the bundled program, defined by program.js. Undefined when the sources run unbundled. */
declare const BUNDLED_PROGRAM: string | undefined;

let sources: string | null = null;

/**
 * Returns a version that changes with every source file and installed package, so that outputs of earlier code are not taken for outputs of
 * this code.
 */
export function sourcesVersion(): string {
  sources ??= typeof BUNDLED_PROGRAM === 'undefined' ? hashSources() : BUNDLED_PROGRAM;
  return sources;
}

/** Like `sourcesVersion`, with Node's version: for cached calculations, which can differ between versions of Node. */
export function programVersion(): string {
  return `${sourcesVersion()}-${process.version}`;
}

/** Needed only in tests, where the sources run unbundled. */
function hashSources(): string {
  const scripts = path.join(projectRoot, 'scripts');
  const names = readdirSync(scripts, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:ts|js|cjs)$/.test(name));
  const hash = createHash('sha256');
  for (const name of [...names.sort().map((each) => `scripts/${each}`), 'npm-shrinkwrap.json', 'package.json'])
    hash.update(`${name}\0`).update(readFileSync(path.join(projectRoot, name)));
  return hash.digest('hex').slice(0, 32);
}

/** Returns a hash of a project's packages: of what npm says it has installed, else of its lockfile, else of the versions found. */
export async function hashPackages(root: string): Promise<string> {
  // npm keeps a hidden lockfile of the packages that are really installed; other package managers do not.
  for (const lockfile of [path.join(root, 'node_modules', '.package-lock.json'), path.join(root, 'npm-shrinkwrap.json')]) {
    const hash = await hashIfThere(lockfile);
    if (hash !== 'missing') return hash;
  }
  const manifest = await readIfThere(path.join(root, 'package.json'));
  const { dependencies = {} } = JSON.parse(manifest ?? '{}') as { dependencies?: Record<string, string> };
  const installed = Object.keys(dependencies)
    .sort()
    .map(async (name) => {
      const folder = packageFolder(name);
      return `${name} ${folder === null ? 'missing' : await hashIfThere(path.join(folder, 'package.json'))}`;
    });
  return sha256((await Promise.all(installed)).join('\n'));
}
