/** Files that belong together are written all or not at all. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeAll } from '../../scripts/shared/disk/write-all.ts';
import { EXIT, ExpectedError } from '../../scripts/shared/errors.ts';
import { temporaryFolder } from '../run.ts';

const fresh = (name: string) => ({ path: name, before: null, after: name });
const never = new AbortController().signal;

describe('nothing is half done', () => {
  it('when a signal comes while files are being written', async () => {
    const folder = await temporaryFolder();
    const abort = new AbortController();
    const stop = new ExpectedError('interrupted', { exitCode: EXIT.interrupted });
    const files = Array.from({ length: 100 }, (_, index) => fresh(`interviews/x/${index}.md`));
    const watched = {
      path: 'interviews/x/last.md',
      before: null,
      get after() {
        abort.abort(stop);
        return 'last';
      },
    };
    await expect(writeAll(folder, [...files.slice(0, 50), watched, ...files.slice(50)], abort.signal)).rejects.toBe(stop);
    expect(await readdir(folder)).toEqual([]);
  });

  it('when one of them cannot be written', async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, 'b.md'));
    await expect(writeAll(folder, [fresh('a.md'), fresh('b.md')], never)).rejects.toThrow(/b\.md is no ordinary file/);
    await expect(writeAll(folder, [fresh('c/a.md'), fresh(`d/${'x'.repeat(300)}.md`)], never)).rejects.toThrow(/the path is too long/);
    expect(await readdir(folder)).toEqual(['b.md']);
  });

  it('when somebody has edited one since it was read', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'a.md'), 'edited');
    await expect(writeAll(folder, [{ path: 'a.md', before: 'as it was', after: 'new' }, fresh('b.md')], never)).rejects.toThrow(
      /a\.md has changed meanwhile/,
    );
    expect(await readdir(folder)).toEqual(['a.md']);
    expect(await readFile(path.join(folder, 'a.md'), 'utf8')).toBe('edited');
  });

  it('when a path leads out of the folder', async () => {
    const folder = path.join(await temporaryFolder(), 'content');
    await expect(writeAll(folder, [fresh('a.md'), fresh('../b.md')], never)).rejects.toThrow(/lies outside/);
    expect(await readdir(folder)).toEqual([]);
  });
});
