import { expect, it } from 'vitest';
import { run } from '../run.ts';

interface Finding {
  what: string;
  ok: boolean;
  found: string;
  advice: string | null;
}

it('says what it found, and of an old browser that it is old', async () => {
  const { exitCode, stdout, stderr } = await run(['doctor', '--json']);
  const { findings }: { findings: Finding[] } = JSON.parse(stdout);
  expect(exitCode).toBe(0);
  expect(findings.map(({ what, ok }) => [what, ok])).toEqual([
    ['Node.js', true],
    ['Slidev', true],
    ['fonts', true],
    ['browser', true],
  ]);
  const browser = findings.find(({ what }) => what === 'browser');
  expect(browser?.advice ?? '').toMatch(browser?.found.includes('(embedded)') ? /older Chromium.*install Chrome/ : /^$/);
  expect(stderr).toContain(browser?.found);
});

it('ends with 3 where the browser asked for cannot be used', async () => {
  const { exitCode, stderr } = await run(['doctor', '--browser', '/nowhere/chrome']);
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(/✗ browser: .*\/nowhere\/chrome: there is no such file\n {2}give the path/);
});
