import { expect, it } from 'vitest';
import { embeddedVersion } from '../../scripts/export/browser/embedded-chromium.ts';
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
    ['other browsers', true],
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

it('says which browser would be used, and which are there besides', async () => {
  const found = async (...args: string[]) => {
    const { stdout } = await run(['doctor', '--json', ...args], { ...process.env, BRIEFDECK_BROWSER: '' });
    const { findings }: { findings: Finding[] } = JSON.parse(stdout);
    return findings.filter(({ what }) => what.includes('browser')).map((finding) => finding.found);
  };
  const embedded = `Chromium (embedded) @sparticuz/chromium ${embeddedVersion()}`;
  const [used, others] = await found('--browser', embeddedVersion() === null ? 'system' : 'embedded');
  expect(used).toContain(embeddedVersion() === null ? '(system)' : '(embedded)');
  expect(others).not.toContain(embedded);
  const [, all] = await found('--browser', '/nowhere/chrome');
  expect(all?.includes(embedded)).toBe(embeddedVersion() !== null);
});
