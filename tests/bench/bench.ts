/**
 * `npm run bench`: what people wait for, beside Marp CLI and `slidev export` in the same minutes, as medians and as ratios to Marp; then what large contents
 * cost. Options: `--runs N` (5), `--only TEXT` (cases with that in their name, and Marp; `large` for large contents alone), `--every N` (one of
 * so many exchanges: smaller decks), `--json FILE`.
 */
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { packageVersion } from '../../scripts/shared/packages.ts';
import { cases } from './cases.ts';
import { type LargeRow, MEGABYTES, measureLarge } from './large.ts';
import { asking, type Measured, median } from './measure.ts';
import { makeBenchPlace } from './workplace.ts';

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    every: { type: 'string', default: '1' },
    only: { type: 'string' },
    json: { type: 'string' },
  },
});
const numberOf = (name: 'runs' | 'every') => {
  const number = Number(options[name]);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} takes a whole number above zero, not ${options[name]}`);
  return number;
};
const runs = numberOf('runs');
const [reference, ...others] = cases;
if (reference === undefined) throw new Error('there is nothing to compare with');
const every = numberOf('every');
// Plain Slidev exports the decks of the project, which are whole.
const wanted = others.filter(({ name }) => name.includes(options.only ?? '') && (every === 1 || !name.startsWith('slidev')));
const chosen = wanted.length === 0 ? [] : [reference, ...wanted];
const isLarge = every === 1 && 'large contents'.includes(options.only ?? '');
const tell = (what: string) => process.stderr.write(`\r\u001b[K${what}`);

const place = await makeBenchPlace(every);
try {
  const measured = new Map<string, Measured[]>(chosen.map(({ name }) => [name, []]));
  // Round after round, so that what else the machine does falls on all of them alike.
  for (let round = 0; round < runs; round += 1) {
    for (const each of chosen) {
      if (round >= each.runs) continue;
      tell(`${round + 1}/${runs} ${each.name}`);
      measured.get(each.name)?.push(await each.measure(place));
    }
  }
  asking.more = true;
  const more = new Map<string, Measured>();
  for (const each of chosen) {
    tell(`memory and processor time of ${each.name}`);
    if (each.runs > 1) more.set(each.name, await each.measure(place));
  }
  const large = isLarge ? [...(await measureLarge(1000, runs, tell)), ...(await measureLarge(10_000, runs, tell))] : [];
  tell('');
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
      megabytes: more.get(name)?.megabytes ?? null,
      processor: more.get(name)?.processor ?? null,
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
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ ...about, runs, rows, large }, null, 2)}\n`);
  process.stdout.write(`${describe(about, rows, large)}\n`);
  process.exitCode = [...rows, ...large].some(({ met }) => met === false) ? 1 : 0;
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
  processor: Measured['processor'];
}

function describe(
  about: { node: string; system: string; browser: string; versions: Record<string, string> },
  rows: readonly Row[],
  large: readonly LargeRow[],
): string {
  const { node, system, browser, versions } = about;
  const tools = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const markOf = (met: boolean | null) => (met === null ? '' : met ? ' ✓' : ' ✗');
  const memoryOf = (megabytes: number | null) => (megabytes === null ? '' : `${Math.round(megabytes)} MB`);
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  const lines = [`${node}, ${system}; ${browser}; ${tools.join(', ')}`];
  if (rows.length > 0)
    lines.push(
      '',
      '| case | median | times Marp | at most | peak memory | processor: browser, others |',
      '|---|---|---|---|---|---|',
      ...rows.map(({ name, ms, ratio, target, met, megabytes, processor, runs: count }) => {
        const times = processor === null ? '' : `${processor.browser.toFixed(1)} s, ${processor.others.toFixed(1)} s`;
        return `| ${name} | ${seconds(ms)} (of ${count}) | ${ratio.toFixed(2)}${markOf(met)} | ${target ?? ''} | ${memoryOf(megabytes)} | ${times} |`;
      }),
    );
  if (large.length > 0)
    lines.push(
      '',
      '| exchanges | case | takes | at most | peak memory |',
      '|---|---|---|---|---|',
      ...large.map(({ name, exchanges, ms, target, met, megabytes }) => {
        const most = `${seconds(target)}${megabytes === null ? '' : `, ${MEGABYTES} MB`}`;
        return `| ${exchanges.toLocaleString('en')} | ${name} | ${seconds(ms)}${markOf(met)} | ${most} | ${memoryOf(megabytes)} |`;
      }),
    );
  return lines.join('\n');
}
