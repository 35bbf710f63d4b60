/** README.md prints no command line that is not tried, and nothing is tried as its line that it does not print. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../scripts/shared/paths.ts';
import { LEFT_OUT, LINES } from './lines.ts';
import { asPackageLine } from './places.ts';
import { commandLines } from './readme-lines.ts';

const printed = commandLines(readFileSync(path.join(projectRoot, 'README.md'), 'utf8'));
const known = [...LINES.map(({ line }) => line), ...Object.keys(LEFT_OUT)];

it('every line has an entry', () => {
  expect(printed.length).toBeGreaterThan(25);
  expect(printed.filter((line) => !known.includes(line))).toEqual([]);
});

it('every entry has a line, once', () => {
  expect(known.filter((line) => !printed.includes(line))).toEqual([]);
  expect(known).toHaveLength(new Set(known).size);
});

it('every command of the table of commands is in a line', () => {
  const readme = readFileSync(path.join(projectRoot, 'README.md'), 'utf8');
  const [, table = ''] = /\n## Commands\n[\s\S]*?\n\| command \| does \|\n([\s\S]*?)\n\n/.exec(readme) ?? [];
  const commands = [...table.matchAll(/^\| `([a-z-]+)/gm)].map(([, command]) => command);
  expect(commands.length).toBeGreaterThan(9);
  const typed = LINES.flatMap(({ line, before = [] }) => [line, ...before.filter((step) => typeof step === 'string')]).map(asPackageLine);
  expect(commands.filter((command) => !typed.some((line) => line.includes(`npx briefdeck ${command}`)))).toEqual([]);
});

it('finds lines in blocks, text and tables, and no options, files or keys', () => {
  const markdown = [
    'Say `npm run brief` or `--book`, see `content/x.md` and `npm run\nbriefdeck -- check`.',
    '| job | line |\n|---|---|\n| all | `npx briefdeck brief a \\| tee log` |',
    '```sh\nnpm ci   # once\n\n# a remark\n$ npm run brief -- \\\n  scaling\necho "a # b"\n```',
    '```yaml\nnpm: run\n```',
    '```\ncontent -> slides\nnpm run brief -- --dark\n```',
    '- in a list: `git diff slides/`',
  ].join('\n\n');
  expect(commandLines(markdown)).toEqual([
    'npm run brief',
    'npm run briefdeck -- check',
    'npx briefdeck brief a | tee log',
    'npm ci',
    'npm run brief -- scaling',
    'echo "a # b"',
    'npm run brief -- --dark',
    'git diff slides/',
  ]);
});

it('types a line for the package', () => {
  expect(asPackageLine('npm run brief')).toBe('npx briefdeck brief');
  expect(asPackageLine('npm run brief -- scaling --book')).toBe('npx briefdeck brief scaling --book');
  expect(asPackageLine('npm run briefdeck -- inspect dist/*.pdf')).toBe('npx briefdeck inspect dist/*.pdf');
  expect(asPackageLine('git diff slides/')).toBe('git diff slides/');
});
