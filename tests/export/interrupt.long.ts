/** Signals at random moments of twenty exports, between two versions that are both known byte by byte. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { readManifest } from '../../scripts/export/run/manifest.ts';
import { cacheFolder } from '../../scripts/shared/cache/cache-folder.ts';
import { sha256 } from '../../scripts/shared/cache/hashes.ts';
import { leftBy, type Program, startProgram } from '../program.ts';
import { type Project, projectFrom } from '../run.ts';

const small = path.join(import.meta.dirname, '../commands/input/small');
const names = ['money.pdf', 'money.zh.pdf', 'water.pdf', 'water.zh.pdf'];
/** So that the two versions differ: dates of the PDFs, in seconds since 1970. */
const epochs = ['1000000000', '1100000000'];
const seed = Number(process.env.BRIEFDECK_SEED ?? Date.now() % 1_000_000);

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const brief = (project: Project, version: number): Program =>
  startProgram(['brief', '--format', 'slides', ...project.options], { SOURCE_DATE_EPOCH: epochs[version % 2] });

async function hashesOf({ out }: Project): Promise<string[]> {
  return Promise.all(names.map(async (name) => sha256(await readFile(path.join(out, name)))));
}

interface Known {
  project: Project;
  /** By version, the hash of every PDF. */
  versions: string[][];
  /** How long a run takes, in ms. */
  duration: number;
}

async function knownVersions(): Promise<Known> {
  const project = await projectFrom(small);
  const versions: string[][] = [];
  let duration = 0;
  for (const version of [0, 1]) {
    const start = performance.now();
    expect((await brief(project, version).ended).code).toBe(0);
    duration = performance.now() - start;
    versions.push(await hashesOf(project));
  }
  expect(versions[0]).not.toEqual(versions[1]);
  return { project, versions, duration };
}

/** Every PDF is one of the two versions. */
async function expectWhole({ project, versions }: Known, what: string): Promise<string[]> {
  const hashes = await hashesOf(project);
  for (const [index, hash] of hashes.entries())
    expect([versions[0]?.[index], versions[1]?.[index]], `${what}: ${names[index]}`).toContain(hash);
  return hashes;
}

/** All is as after a run that ended by itself: nothing passing is left, and the manifest knows every PDF. */
async function expectTidy(known: Known, pid: number, what: string): Promise<void> {
  const { project } = known;
  const hashes = await expectWhole(known, what);
  const outputs = await readManifest(project.out);
  expect(
    names.map((name) => outputs[name]?.hash),
    what,
  ).toEqual(hashes);
  expect((await readdir(project.out)).sort(), what).toEqual(['manifest.json', ...names]);
  expect((await readdir(project.slides)).sort(), what).toEqual(['money.md', 'money.zh.md', 'water.md', 'water.zh.md']);
  const cache = [...(await readdir(await cacheFolder('slidev'))), ...(await readdir(await cacheFolder('browser')))];
  expect(
    cache.filter((name) => name.includes(`-${pid}-`)),
    what,
  ).toEqual([]);
}

it('SIGINT and SIGTERM at random moments leave every PDF whole, and nothing else', { timeout: 900_000 }, async () => {
  const known = await knownVersions();
  const random = randomFrom(seed);
  const ends: string[] = [];
  for (let count = 0; count < 20; count += 1) {
    const [signal, expected] = random() < 0.5 ? (['SIGINT', 130] as const) : (['SIGTERM', 143] as const);
    const group = random() < 0.5;
    const after = random() * known.duration;
    const what = `seed ${seed}, export ${count}: ${signal} after ${Math.round(after)} ms${group ? ' to all' : ''}`;
    const program = brief(known.project, count);
    await Promise.race([setTimeout(after), program.ended]);
    program.kill(signal, group);
    const { pid, code, signal: killer, stderr } = await program.ended;
    // Before anything is begun, the system's own way to end it is as good.
    expect([0, expected, signal], `${what}\n${stderr}`).toContain(code ?? killer);
    expect(stderr, what).not.toMatch(/bug|^\s+at /m);
    expect(await leftBy(program), what).toEqual([]);
    await expectTidy(known, pid, what);
    ends.push(String(code ?? killer));
  }
  // Not all of them too early or too late.
  expect(ends.filter((end) => /1[34]/.test(end)).length, `seed ${seed}: ${ends}`).toBeGreaterThan(5);
});

it.each([
  ['SIGINT', 'SIGINT'],
  ['SIGTERM', 'SIGTERM'],
  ['SIGINT', 'SIGTERM'],
  ['SIGKILL', 'SIGKILL'],
  ['SIGKILL', 'SIGKILL'],
] as const)('%s and at once %s leave whole PDFs, and the next run tidies up', { timeout: 300_000 }, async (first, second) => {
  const known = await knownVersions();
  const random = randomFrom(seed);
  for (let count = 0; count < 3; count += 1) {
    const program = brief(known.project, count);
    await program.says(/browser: /);
    const [after, then] = [random() * known.duration * 0.5, random() * 100];
    const what = `seed ${seed}, export ${count}: ${first} after ${Math.round(after)} ms, ${second} after ${Math.round(then)} ms`;
    await Promise.race([setTimeout(after), program.ended]);
    program.kill(first);
    await Promise.race([setTimeout(then), program.ended]);
    program.kill(second);
    const { pid } = await program.ended;
    expect(await leftBy(program), what).toEqual([]);
    await expectWhole(known, what);
    const next = await brief(known.project, count).ended;
    expect(next.code, `${what}\n${next.stderr}`).toBe(0);
    expect(next.stderr, what).not.toContain('waiting');
    expect(await hashesOf(known.project), what).toEqual(known.versions[count % 2]);
    await expectTidy(known, pid, what);
    await expectTidy(known, next.pid, what);
  }
});
