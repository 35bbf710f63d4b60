/** An import and another run that writes to the same content do not meet. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { parseArguments } from '../../scripts/commands/arguments.ts';
import { lockFolder } from '../../scripts/shared/disk/lock.ts';
import { temporaryFolder } from '../run.ts';

const river = path.resolve(import.meta.dirname, '../commands/input/recordings/river.txt');

it('an import waits for the one before it, says so, and leaves no lock', async () => {
  const content = path.join(await temporaryFolder(), 'content');
  const signal = new AbortController().signal;
  const lock = await lockFolder(content, { signal, onWait: () => {} });
  let released: Promise<void> | null = null;
  let there: string[] = [];
  const err = new Writable({
    write(chunk, _encoding, done) {
      if (/waiting for another run/.test(String(chunk)))
        released ??= readdir(content).then((names) => {
          there = names.filter((name) => !name.endsWith('.lock'));
          return lock.release();
        });
      done();
    },
  });
  const parsed = parseArguments(['import', river, '--content', content], { out: new Writable(), err, env: {}, signal });
  expect(parsed.type === 'run' && (await parsed.run())).toBe(0);
  await released;
  expect(there, 'nothing is written while the other one is at work').toEqual([]);
  expect(await readdir(content)).toEqual(['interviews']);
});
