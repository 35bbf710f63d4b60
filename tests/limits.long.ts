/** The program in a shell that allows it little: one message says what is missing, and no trace. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startProgram } from './program.ts';
import { projectFrom } from './run.ts';

const small = path.join(import.meta.dirname, 'commands/input/small');

async function briefAfter(script: string) {
  const project = await projectFrom(small);
  const args = ['brief', 'water', '--lang', 'en', '--format', 'slides', ...project.options];
  return startProgram(args, {}, ['bash', '-c', `${script}; exec "$0" "$@"`]).ended;
}

describe.runIf(process.platform === 'linux')('a shell that has said', () => {
  it.each(['true', 'umask 0777', 'umask 0377', 'umask 0077'])('%s: the outputs are made', async (script) => {
    const { code, stderr } = await briefAfter(script);
    expect(code, stderr).toBe(0);
  });

  it.each([
    ['ulimit -v 20000000', /the limit on address space is 19 GB, and the browser needs 72 GB.*\s.*ulimit -v unlimited/],
    ['ulimit -v 40000000', /the limit on address space is 38 GB, and the browser needs 72 GB.*\s.*ulimit -v unlimited/],
    ['ulimit -f 10', /the limit on the size of a file is 10 kB, and the browser needs 8 MB.*\s.*ulimit -f unlimited/],
    ['ulimit -f 1000', /the limit on the size of a file is 1000 kB, and the browser needs 8 MB.*\s?.*ulimit -f unlimited/],
    ['ulimit -n 40', /ulimit -n 4096/],
  ])('%s: what is missing and what to do', async (script, words) => {
    const { code, stderr } = await briefAfter(script);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/^\s+at |This is a bug/m);
    expect([1, 3]).toContain(code);
  });
});
