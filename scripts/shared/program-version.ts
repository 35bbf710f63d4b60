import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './paths.ts';

/** The key of the bundled program, put there by program.js; there is none where the sources run as they are. */
declare const BUNDLED_PROGRAM: string | undefined;

let version: string | null = null;

/** Another one whenever a source file, an installed package or Node is: what earlier code worked out is not taken for what this would. */
export function programVersion(): string {
  version ??= `${typeof BUNDLED_PROGRAM === 'undefined' ? hashSources() : BUNDLED_PROGRAM}-${process.version}`;
  return version;
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
