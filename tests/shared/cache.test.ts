/** The cache: an entry is as it was kept, or it is missing; and there are never more than it may keep. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Cache } from '../../scripts/shared/cache/cache.js';
import { temporaryFolder } from '../run.ts';

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});

const bytes = (text: string) => Buffer.from(text);
/** Sets the time of the last use, in seconds since 1970. */
const usedAt = (name: string, time: number) => utimesSync(path.join(folder, name), time, time);
/** A folder of two files that is ready to be kept. */
function made(content: string): string {
  const own = path.join(folder, `.making-${content}`);
  mkdirSync(path.join(own, 'inner'), { recursive: true });
  writeFileSync(path.join(own, 'program'), content, { mode: 0o755 });
  utimesSync(path.join(own, 'program'), 1000, 1000);
  writeFileSync(path.join(own, 'inner/notes'), 'notes');
  return own;
}

describe('a file', () => {
  it.each([bytes(''), bytes('a\nb'), Buffer.from([0, 255, 10, 0])])('comes back as it was kept', (body) => {
    const cache = new Cache(folder, 2);
    cache.write('one', body);
    expect(cache.read('one')).toEqual(body);
    expect(cache.read('two')).toBeNull();
  });

  it.each<[string, (file: string, whole: Buffer) => void]>([
    ['cut short', (file, whole) => writeFileSync(file, whole.subarray(0, -1))],
    ['empty', (file) => writeFileSync(file, '')],
    ['with another byte', (file, whole) => writeFileSync(file, whole.fill(7, whole.length - 1))],
    ['with something behind it', (file, whole) => writeFileSync(file, Buffer.concat([whole, bytes('!')]))],
    ['something foreign', (file) => writeFileSync(file, 'foreign')],
    ['gone', (file) => rmSync(file)],
  ])('that is %s is missing, and is kept again', (_, spoil) => {
    const cache = new Cache(folder, 2);
    cache.write('one', bytes('body'));
    const file = path.join(folder, 'one');
    spoil(file, readFileSync(file));
    expect(cache.read('one')).toBeNull();
    cache.write('one', bytes('body'));
    expect(cache.read('one')).toEqual(bytes('body'));
  });

  it('leaves nothing beside it, also when it cannot be kept', () => {
    mkdirSync(path.join(folder, 'one/below'), { recursive: true });
    const cache = new Cache(folder, 2);
    cache.write('one', bytes('body'));
    cache.write('two', bytes('body'));
    expect(readdirSync(folder).sort()).toEqual(['one', 'two']);
    expect(cache.read('one')).toBeNull();
  });
});

describe('a folder', () => {
  it('is moved to its place, with all that is in it', () => {
    const cache = new Cache(folder, 2);
    expect(cache.find('one', 'read')).toBeNull();
    cache.keep('one', made('first'));
    expect(cache.find('one', 'read')).toBe(path.join(folder, 'one'));
    expect(readFileSync(path.join(folder, 'one/program'), 'utf8')).toBe('first');
    expect(readdirSync(folder)).toEqual(['one']);
  });

  it.each<[string, (root: string) => void]>([
    ['without a file', (root) => rmSync(path.join(root, 'inner/notes'))],
    ['with a longer file', (root) => writeFileSync(path.join(root, 'inner/notes'), 'notes, longer')],
    ['with another file of the same length', (root) => writeFileSync(path.join(root, 'program'), 'FIRST')],
    ['without its list', (root) => rmSync(path.join(root, 'files.json'))],
    ['with half a list', (root) => writeFileSync(path.join(root, 'files.json'), '{"program":')],
    [
      'that has nothing in it',
      (root) => {
        rmSync(root, { recursive: true });
        mkdirSync(root);
      },
    ],
    [
      'with a link for a file',
      (root) => {
        rmSync(path.join(root, 'program'));
        symlinkSync(path.join(root, 'inner/notes'), path.join(root, 'program'));
      },
    ],
    ...(process.platform === 'win32'
      ? []
      : [
          ['with a program that may not be run', (root: string) => chmodSync(path.join(root, 'program'), 0o644)] as [
            string,
            (root: string) => void,
          ],
          ['that others can write to', (root: string) => chmodSync(root, 0o777)] as [string, (root: string) => void],
        ]),
  ])('%s is missing, and gives way to a whole one', (_, spoil) => {
    const cache = new Cache(folder, 2);
    cache.keep('one', made('first'));
    spoil(path.join(folder, 'one'));
    for (const how of ['look', 'read'] as const) expect(cache.find('one', how)).toBeNull();
    cache.keep('one', made('first'));
    expect(cache.find('one', 'read')).not.toBeNull();
    expect(readdirSync(folder)).toEqual(['one']);
  });

  it('with another byte and the same date passes a look, but not when it is read', () => {
    const cache = new Cache(folder, 2);
    cache.keep('one', made('first'));
    writeFileSync(path.join(folder, 'one/program'), 'FIRST');
    expect(cache.find('one', 'look')).toBeNull();
    usedAt('one/program', 1000);
    expect(cache.find('one', 'look')).not.toBeNull();
    expect(cache.find('one', 'read')).toBeNull();
  });

  it('that is whole stays when another run has made the same', () => {
    const cache = new Cache(folder, 2);
    cache.keep('one', made('first'));
    cache.keep('one', made('second'));
    expect(readFileSync(path.join(folder, 'one/program'), 'utf8')).toBe('first');
  });
});

describe('the number of entries', () => {
  it('is limited to those used last', () => {
    const cache = new Cache(folder, 3);
    for (const [index, name] of ['a', 'b', 'c'].entries()) {
      cache.write(name, bytes(name));
      usedAt(name, 1000 + index);
    }
    expect(cache.read('a')).not.toBeNull();
    cache.write('d', bytes('d'));
    expect(readdirSync(folder).sort()).toEqual(['a', 'c', 'd']);
    cache.keep('e', made('e'));
    expect(readdirSync(folder)).not.toContain('c');
    expect(cache.use('f')).toBe(path.join(folder, 'f'));
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('does not count what is being written; what a killed run has left goes later', () => {
    for (const name of ['.now', '.long-ago']) writeFileSync(path.join(folder, name), '');
    usedAt('.long-ago', 1000);
    const cache = new Cache(folder, 1);
    cache.write('one', bytes('1'));
    expect(readdirSync(folder).sort()).toEqual(['.now', 'one']);
  });

  it('has no limit inside an entry, whose files go by name', () => {
    const inner = new Cache(folder, 1).within('one');
    for (let index = 0; index < 20; index += 1) inner.write(`${index}`, bytes('body'));
    expect(readdirSync(path.join(folder, 'one'))).toHaveLength(20);
    inner.only(new Set(['3', '7', 'none']));
    expect(readdirSync(path.join(folder, 'one')).sort()).toEqual(['3', '7']);
  });
});

describe('a place that cannot be written', () => {
  it('keeps nothing, and that is no error', () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    for (const place of [null, path.join(file, 'below')]) {
      const cache = new Cache(place, 2);
      cache.write('one', bytes('body'));
      cache.only(new Set());
      expect([cache.read('one'), cache.find('one', 'look'), cache.use('one'), cache.within('one').read('two')]).toEqual([
        null,
        null,
        null,
        null,
      ]);
    }
    expect(existsSync(path.join(file, 'below'))).toBe(false);
  });
});
