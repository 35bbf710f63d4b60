/** Which limits are too low for what, from the system's own list (proc(5)). */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lowLimit } from '../../scripts/shared/limits.cjs';

const list = (lines: string) => `Limit                     Soft Limit           Hard Limit           Units     \n${lines}\n`;
const unlimited = list('Max file size             unlimited            unlimited            bytes     ');

describe('a limit', () => {
  it.each([
    [
      'browser',
      'Max address space         40960000000          unlimited            bytes     ',
      /address space is 38 GB, and the browser needs 72 GB/,
    ],
    [
      'start',
      'Max address space         400000000            unlimited            bytes     ',
      /address space is 0 GB, and Briefdeck needs 11 GB/,
    ],
    [
      'browser',
      'Max file size             10240                unlimited            bytes     ',
      /size of a file is 10 kB, and the browser needs 8 MB/,
    ],
    ['start', 'Max open files            20                   4096                 files     ', /open files is 20, and Briefdeck needs 48/],
    [
      'browser',
      'Max processes             30                   4096                 processes ',
      /processes is 30, and the browser needs 128/,
    ],
  ] as const)('for the %s: %s', (purpose, line, words) => {
    const low = lowLimit(purpose, list(line), false);
    expect(low?.reason).toMatch(words);
    expect(low?.hint).toMatch(/ulimit -[vfnu] /);
  });

  it('that is high enough, none at all, or one that root does not have, is no news', () => {
    for (const text of [unlimited, '', list('Max address space         99999999999999       unlimited            bytes     ')])
      for (const purpose of ['start', 'browser'] as const) expect(lowLimit(purpose, text, false)).toBeNull();
    expect(lowLimit('browser', list('Max processes             30                   4096                 processes '), true)).toBeNull();
  });

  it.runIf(process.platform === 'linux')('is read from the system', () => {
    const file = path.resolve(import.meta.dirname, '../../scripts/shared/limits.cjs');
    const program = `console.log(require(${JSON.stringify(file)}).lowLimit('browser').reason)`;
    const { stdout } = spawnSync('bash', ['-c', 'ulimit -n 60; exec "$0" -e "$1"', process.execPath, program], { encoding: 'utf8' });
    expect(stdout).toBe('the limit on open files is 60, and the browser needs 64\n');
  });
});
