/** What the package holds: all that runs, and nothing else. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../scripts/shared/paths.ts';

const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
  cwd: projectRoot,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
});
const names: string[] = JSON.parse(packed)[0].files.map(({ path: name }: { path: string }) => name);

it('holds scripts, templates, the lock and the words for people, and no test, no content, no deck', () => {
  const others = names.filter((name) => !/^(?:scripts|templates)\//.test(name));
  expect(others.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'npm-shrinkwrap.json', 'package.json']);
  expect(names.filter((name) => /\.(?:test|long)\.ts$/.test(name))).toEqual([]);
});

it('holds every file of scripts/ and templates/', () => {
  const there = ['scripts', 'templates'].flatMap((folder) =>
    readdirSync(path.join(projectRoot, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')),
  );
  const ours = there.filter((name) => !name.startsWith('scripts/.program/'));
  expect(ours.length).toBeGreaterThan(300);
  expect(ours.filter((name) => !names.includes(name))).toEqual([]);
});
