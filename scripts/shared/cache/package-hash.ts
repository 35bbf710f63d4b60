import path from 'node:path';
import { readIfThere } from '../disk/files.ts';
import { packageFolder } from '../packages.ts';
import { hashIfThere, sha256 } from './hashes.ts';

/** The packages of a project: what npm says that it has installed, else what it is told to install, else the versions that are there. */
export async function hashPackages(root: string): Promise<string> {
  // npm keeps a hidden lockfile of what is really installed; other package managers do not.
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
