/** A folder of pictures takes the place of another one whole, or not at all. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { deliverOutput, hashOutput, removeOutput } from '../../scripts/export/run/output-place.ts';
import { temporaryFolder } from '../run.ts';

const set = (...names: string[]) => new Map(names.map((name) => [name, new TextEncoder().encode(`picture ${name}`)]));

it('holds the new set or the old one, and its hash is that of the set', async () => {
  const out = await temporaryFolder();
  const place = path.join(out, 'water');
  expect(await hashOutput(place)).toBe('missing');
  const first = await deliverOutput(place, set('001.png', '002.png', '003.png'));
  expect(await hashOutput(place)).toBe(first);
  const second = await deliverOutput(place, set('001.png', '002.png'));
  expect(second).not.toBe(first);
  expect(await hashOutput(place)).toBe(second);
  expect(await readdir(place)).toEqual(['001.png', '002.png']);

  // The second file cannot be written: it is to lie in a folder that is not there.
  await expect(deliverOutput(place, set('001.png', 'nowhere/002.png'))).rejects.toThrow(/cannot write/);
  expect(await hashOutput(place)).toBe(second);
  expect(await readFile(path.join(place, '002.png'), 'utf8')).toBe('picture 002.png');
  expect(await readdir(out)).toEqual(['water']);
  await removeOutput(place);
  expect(await readdir(out)).toEqual([]);
});
