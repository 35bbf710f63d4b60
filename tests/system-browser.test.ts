/** A look at what most people use: the browser that the system has, whatever its version. All tests of pages run with it in test:long. */
import path from 'node:path';
import { expect, it } from 'vitest';
import { missing } from './browsers.ts';
import { projectFrom, run } from './run.ts';

const reason = missing('system', process.env);

it.skipIf(reason !== null)(`brief with the system's browser${reason === null ? '' : ` (${reason})`}`, async () => {
  const project = await projectFrom(path.join(import.meta.dirname, 'commands/input/small'));
  const env = { ...process.env, BRIEFDECK_BROWSER: 'system' };
  const args = ['brief', '--json', '--lang', 'en', ...project.options];
  const first = await run(args, env);
  const { outputs } = JSON.parse(first.stdout);
  expect([first.exitCode, first.stderr.match(/✗.*/g)]).toEqual([0, null]);
  expect(outputs).toHaveLength(4);
  expect(new Set(outputs.map(({ status }: { status: string }) => status))).toEqual(new Set(['done']));
  expect(first.stderr).toMatch(/^browser: .* \(system\)/m);
  const second = await run(args, env);
  expect(JSON.parse(second.stdout).outputs.map(({ status }: { status: string }) => status)).toEqual(Array(4).fill('fresh'));
});
