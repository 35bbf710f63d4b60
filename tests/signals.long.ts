/** The program is told to end, at whatever it is. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { cacheFolder } from '../scripts/shared/cache/cache-folder.ts';
import { type Ended, startProgram } from './program.ts';
import { projectFrom } from './run.ts';

const small = path.join(import.meta.dirname, 'commands/input/small');

/** Sends a signal as soon as the program says these words. */
async function interrupted(args: string[], at: RegExp, signal: NodeJS.Signals): Promise<Ended> {
  const program = startProgram(args);
  await program.says(at);
  program.kill(signal);
  return program.ended;
}

it.each([
  ['SIGINT', 130, /✓ .*money\.md/],
  ['SIGTERM', 143, /browser: /],
  ['SIGINT', 130, /✓ .*water\.pdf/],
  ['SIGHUP', 129, /browser: /],
] as const)('%s ends it with %i and leaves only whole files', async (signal, expected, at) => {
  const project = await projectFrom(small);
  const { code, stderr } = await interrupted(['brief', '--lang', 'en', ...project.options], at, signal);
  expect(stderr).toContain(`interrupted by ${signal}`);
  expect(code).toBe(expected);
  const names = await readdir(project.out).catch(() => []);
  expect(names.filter((name) => !/^(water|money)(-briefing|-short)?\.pdf$|^manifest\.json$/.test(name))).toEqual([]);
  expect((await readdir(project.slides)).sort()).toEqual(['money.md', 'water.md']);
});

it.each([
  [['present', 'water'], 'SIGINT', 130, /all decks/],
  [['watch', '--export'], 'SIGTERM', 143, /browser: /],
  [['present', 'water'], 'SIGHUP', 129, /all decks/],
] as const)('%j ends calmly on %s with %i and leaves nothing', async (args, signal, expected, at) => {
  const project = await projectFrom(small);
  await startProgram(['generate', '--lang', 'en', ...project.options]).ended;
  const { pid, code, stderr } = await interrupted([...args, '--lang', 'en', ...project.options], at, signal);
  expect(stderr.trim().split('\n').at(-1)).toBe(`interrupted by ${signal}; files already finished are kept`);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(expected);
  const folders = await readdir(await cacheFolder('slidev'));
  expect(folders.filter((name) => name.startsWith(`run-${pid}-`))).toEqual([]);
  const [url = ''] = /http:\S+/.exec(stderr) ?? [];
  await expect(fetch(url)).rejects.toThrow();
});
