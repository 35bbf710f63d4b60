import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../paths.ts';

/** The key of the bundled program, put there by program.js; there is none where the sources run as they are. */
declare const BUNDLED_PROGRAM: string | undefined;

let sources: string | null = null;

/** Another one whenever a source file or an installed package is: outputs of earlier code are not taken for those of this one. */
export function sourcesVersion(): string {
  sources ??= typeof BUNDLED_PROGRAM === 'undefined' ? hashSources() : BUNDLED_PROGRAM;
  return sources;
}

/** The same with Node's version: for what is kept of calculations, which Nodes may do in different ways. */
export function programVersion(): string {
  return `${sourcesVersion()}-${process.version}`;
}

/** The sources run as they are only in tests. */
function hashSources(): string {
  const scripts = path.join(projectRoot, 'scripts');
  const names = readdirSync(scripts, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:ts|js|cjs)$/.test(name));
  const hash = createHash('sha256');
  for (const name of [...names.sort().map((each) => `scripts/${each}`), 'npm-shrinkwrap.json', 'package.json'])
    hash.update(`${name}\0`).update(readFileSync(path.join(projectRoot, name)));
  return hash.digest('hex').slice(0, 32);
}
