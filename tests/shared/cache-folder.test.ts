import { chmod, mkdir, mkdtemp, rm, stat, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isOurs } from '../../scripts/shared/cache-folder.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'briefdeck-cache-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it.skipIf(process.platform === 'win32')('trusts only a folder that nobody else can write to', async () => {
  const own = path.join(folder, 'new', 'own');
  expect(await isOurs(own)).toBe(true);
  expect((await stat(own)).mode & 0o777).toBe(0o700);
  const open = path.join(folder, 'open');
  await mkdir(open);
  await chmod(open, 0o777);
  expect(await isOurs(open)).toBe(false);
  const link = path.join(folder, 'link');
  await symlink(own, link);
  expect(await isOurs(link)).toBe(false);
});
