/** Caches are safe: whatever happens to their files, a record is right or not there. */
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cacheFolder } from '../../scripts/shared/cache/cache-folder.ts';
import { Records } from '../../scripts/shared/cache/records.ts';

const KIND = `test${process.pid}`;
let parent: string;
beforeEach(async () => {
  parent = await cacheFolder('records');
});
afterEach(async () => {
  for (const name of await foldersOfKind()) await rm(path.join(parent, name), { recursive: true, force: true });
});

const foldersOfKind = async () => (await readdir(parent)).filter((name) => name.startsWith(`${KIND}-`));

async function filesOf(): Promise<string[]> {
  const [folder = ''] = await foldersOfKind();
  return (await readdir(path.join(parent, folder))).map((name) => path.join(parent, folder, name));
}

async function kept(values: Record<string, unknown>): Promise<void> {
  const records = await Records.open(KIND, 'subject');
  for (const [key, value] of Object.entries(values)) records.set('group', key, value);
  records.save();
}

const read = async (key: string) => (await Records.open(KIND, 'subject')).get('group', key);

it('gives back what was kept, exactly', async () => {
  const value = {
    text: 'ä 你 \ud83d\ude00 \ud800',
    numbers: [-0, Number.NaN, 1e300],
    nothing: null,
    map: new Map([['a', new Set([1])]]),
    gap: undefined,
  };
  await kept({ value });
  expect(await read('value')).toStrictEqual(value);
  expect(await read('other')).toBeUndefined();
});

it.each<[string, (file: string, bytes: Buffer) => Promise<void>]>([
  ['cut short', (file, bytes) => writeFile(file, bytes.subarray(0, bytes.length - 3))],
  ['empty', (file) => writeFile(file, '')],
  ['spoilt in the middle', (file, bytes) => writeFile(file, bytes.fill(7, bytes.length - 8, bytes.length - 6))],
  ['a folder', (file) => rm(file).then(() => mkdir(file).then(() => {}))],
])('takes a file that is %s for none, and puts a good one in its place', async (_, spoil) => {
  await kept({ a: 1 });
  const [file = ''] = await filesOf();
  await spoil(file, await readFile(file));
  expect(await read('a')).toBeUndefined();
  await kept({ a: 2 });
  if (!_.startsWith('a folder')) expect(await read('a')).toBe(2);
});

it('forgets what a run did not ask for, and groups of which nothing is left', async () => {
  const first = await Records.open<number>(KIND, 'subject');
  for (let index = 0; index < 50; index += 1) first.set(`group ${index % 5}`, `key ${index}`, index);
  first.save();
  expect(await filesOf()).toHaveLength(5);
  const second = await Records.open<number>(KIND, 'subject');
  expect(second.get('group 1', 'key 1')).toBe(1);
  second.save();
  expect(await filesOf()).toHaveLength(1);
  const third = await Records.open<number>(KIND, 'subject');
  expect([third.get('group 1', 'key 1'), third.get('group 1', 'key 6'), third.get('group 0', 'key 0')]).toEqual([1, undefined, undefined]);
});

it('has none of another version', async () => {
  await kept({ a: 1 });
  const { version } = process;
  Object.defineProperty(process, 'version', { value: 'v0.0.0' });
  try {
    expect(await read('a')).toBeUndefined();
  } finally {
    Object.defineProperty(process, 'version', { value: version });
  }
  expect(await read('a')).toBe(1);
});

it('keeps the last used subjects only', async () => {
  for (let index = 0; index < 80; index += 1) {
    const records = await Records.open<number>(KIND, `subject ${index}`);
    records.set('group', 'key', index);
    records.save();
  }
  expect((await foldersOfKind()).length).toBeLessThanOrEqual(60);
  expect((await Records.open<number>(KIND, 'subject 79')).get('group', 'key')).toBe(79);
});

it('two runs at once leave whole files, of the one or the other', async () => {
  const runs = await Promise.all(
    ['a', 'b'].map(async (name) => {
      const records = await Records.open<string>(KIND, 'subject');
      for (let index = 0; index < 20; index += 1) records.set(`group ${index}`, 'key', name.repeat(1000));
      return records;
    }),
  );
  for (const records of runs) records.save();
  const records = await Records.open<string>(KIND, 'subject');
  for (let index = 0; index < 20; index += 1) expect(records.get(`group ${index}`, 'key')).toMatch(/^(?:a{1000}|b{1000})$/);
});

it.skipIf(process.getuid?.() === 0)('does without where it may not write', async () => {
  await kept({ a: 1 });
  const [folder = ''] = await foldersOfKind();
  await chmod(path.join(parent, folder), 0o500);
  await kept({ a: 2 });
  await chmod(path.join(parent, folder), 0o700);
  expect(await read('a')).toBe(1);
});
