/** Where caches lie: in a place that this user can write and no other user can. */
import { chmod, chown, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCacheRoot, isOwnFolder } from '../../scripts/shared/cache/cache-root.js';
import { temporaryFolder } from '../run.ts';

const isPosix = process.platform !== 'win32';
const isRoot = process.getuid?.() === 0;

describe.runIf(isPosix)('a folder is believed', () => {
  it('when nobody else can write to it', async () => {
    const folder = await temporaryFolder();
    const own = path.join(folder, 'own');
    await mkdir(own, { mode: 0o700 });
    expect(isOwnFolder(own)).toBe(true);
    for (const mode of [0o777, 0o770, 0o702, 0o1777]) {
      await chmod(own, mode);
      expect(isOwnFolder(own), mode.toString(8)).toBe(false);
    }
  });

  it('when it is no more open than the one it is compared with', async () => {
    const folder = await temporaryFolder();
    const [own, like] = [path.join(folder, 'own'), path.join(folder, 'like')];
    for (const each of [own, like]) {
      await mkdir(each);
      await chmod(each, 0o775);
    }
    expect(isOwnFolder(own)).toBe(false);
    expect(isOwnFolder(own, like)).toBe(true);
    await chmod(own, 0o777);
    expect(isOwnFolder(own, like)).toBe(false);
  });

  it('when it is a folder, not a link to one or a file', async () => {
    const folder = await temporaryFolder();
    const [link, file] = [path.join(folder, 'link'), path.join(folder, 'file')];
    await symlink(folder, link);
    await writeFile(file, '');
    expect([link, file].map((each) => isOwnFolder(each))).toEqual([false, false]);
  });

  it.runIf(isRoot)('when it does not belong to a stranger', async () => {
    const folder = await temporaryFolder();
    await chown(folder, 54_321, 54_321);
    expect(isOwnFolder(folder)).toBe(false);
  });
});

describe('the place of caches', () => {
  it('is below node_modules, private, where that can be written', () => {
    const { folder, tried } = findCacheRoot({});
    expect(folder).toMatch(/node_modules.\.cache.briefdeck$/);
    expect(tried).toEqual([]);
    expect(isOwnFolder(folder ?? '')).toBe(true);
  });
});
