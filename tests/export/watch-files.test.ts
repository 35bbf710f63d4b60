/** Watching where the system does not let us. */
import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import type { ExpectedError } from '../../scripts/shared/errors.ts';

const watcher = Object.assign(new EventEmitter(), { close: vi.fn(async () => {}), unwatch() {}, add() {} });
// Test files share what they import: this one has modules of its own.
vi.resetModules();
vi.doMock('chokidar', () => ({ watch: () => watcher }));
const { watchFiles } = await import('../../scripts/live/watch-files.ts');
vi.doUnmock('chokidar');
vi.resetModules();

const failure = (code: string) => Object.assign(new Error(`${code}: no`), { code });
const start = (onError: (error: ExpectedError) => void) =>
  watchFiles(
    ['/'],
    () => false,
    () => {},
    onError,
  );

it('fails, closed, when there are too many files', async () => {
  const starting = start(() => {});
  watcher.emit('error', failure('ENOSPC'));
  await expect(starting).rejects.toMatchObject({ name: 'ExpectedError', hint: expect.stringContaining('fs.inotify.max_user_watches') });
  expect(watcher.close).toHaveBeenCalledOnce();
});

it('tells of what comes later, but not of files that cannot be read', async () => {
  const errors: ExpectedError[] = [];
  watcher.removeAllListeners();
  const starting = start((error) => errors.push(error));
  watcher.emit('error', failure('EACCES'));
  watcher.emit('ready');
  const watching = await starting;
  watcher.emit('error', failure('EPERM'));
  expect(errors).toEqual([]);
  watcher.emit('error', failure('EMFILE'));
  expect(errors).toMatchObject([{ hint: expect.stringContaining('ulimit') }]);
  await watching.close();
});
