/**
 * `npm run bench`: what people wait for, beside Marp CLI and `slidev export` in the same minutes, as medians and as ratios to Marp.
 * Options: `--runs N` (5), `--only TEXT` (cases with that in their name, and Marp), `--json FILE`.
 */
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { packageVersion } from '../../scripts/shared/packages.ts';
import { cases } from './cases.ts';
import { asking, type Measured, median } from './measure.ts';
import { makeBenchPlace } from './workplace.ts';

const { values: options } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, only: { type: 'string' }, json: { type: 'string' } },
});
const runs = Number(options.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs takes a whole number above zero, not ${options.runs}`);
const [reference, ...others] = cases;
if (reference === undefined) throw new Error('there is nothing to compare with');
const chosen = [reference, ...others.filter(({ name }) => name.includes(options.only ?? ''))];

const place = await makeBenchPlace();
try {
  const measured = new Map<string, Measured[]>(chosen.map(({ name }) => [name, []]));
  // Round after round, so that what else the machine does falls on all of them alike.
  for (let round = 0; round < runs; round += 1) {
    for (const each of chosen) {
      if (round >= each.runs) continue;
      process.stderr.write(`\r\u001b[K${round + 1}/${runs} ${each.name}`);
      measured.get(each.name)?.push(await each.measure(place));
    }
  }
  asking.memory = true;
  const memory = new Map<string, number | null>();
  for (const each of chosen) {
    process.stderr.write(`\r\u001b[Kmemory of ${each.name}`);
    if (each.runs > 1) memory.set(each.name, (await each.measure(place)).megabytes);
  }
  process.stderr.write('\r\u001b[K');
  const base = median(measured.get(reference.name)?.map(({ ms }) => ms) ?? []);
  const rows = chosen.map(({ name, target }) => {
    const all = measured.get(name) ?? [];
    const ms = median(all.map((each) => each.ms));
    const ratio = ms / base;
    return {
      name,
      runs: all.length,
      ms: Math.round(ms),
      ratio: Number(ratio.toFixed(2)),
      target,
      met: target === null ? null : ratio <= target,
      megabytes: memory.get(name) ?? null,
    };
  });
  const versions = Object.fromEntries(
    ['@slidev/cli', '@marp-team/marp-cli', 'playwright-chromium', 'vite'].map((name) => [name, packageVersion(name)]),
  );
  const about = {
    node: process.version,
    system: `${os.type()} ${os.release()}, ${os.cpus().length} cores`,
    browser: place.browser.name,
    versions,
  };
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ ...about, runs, rows }, null, 2)}\n`);
  process.stdout.write(`${describe(about, rows)}\n`);
  process.exitCode = rows.some(({ met }) => met === false) ? 1 : 0;
} finally {
  await place.remove();
}

interface Row {
  name: string;
  runs: number;
  ms: number;
  ratio: number;
  target: number | null;
  met: boolean | null;
  megabytes: number | null;
}

function describe(
  about: { node: string; system: string; browser: string; versions: Record<string, string> },
  rows: readonly Row[],
): string {
  const { node, system, browser, versions } = about;
  const tools = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${node}, ${system}; ${browser}; ${tools.join(', ')}`,
    '',
    '| case | median | times Marp | at most | peak memory |',
    '|---|---|---|---|---|',
    ...rows.map(({ name, ms, ratio, target, met, megabytes, runs: count }) => {
      const mark = met === null ? '' : met ? ' ✓' : ' ✗';
      const memory = megabytes === null ? '' : `${Math.round(megabytes)} MB`;
      return `| ${name} | ${(ms / 1000).toFixed(2)} s (of ${count}) | ${ratio.toFixed(2)}${mark} | ${target ?? ''} | ${memory} |`;
    }),
  ].join('\n');
}
