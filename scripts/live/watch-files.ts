/** Reports changes below folders in batches: an editor or a checkout changes many files at once. */
import { existsSync } from 'node:fs';
import path from 'node:path';
// chokidar, also used by Vite and Slidev: one event per change on every system, whether an editor writes, renames or replaces a file.
import { watch } from 'chokidar';
import { ExpectedError } from '../shared/errors.ts';

export interface WatchedChange {
  type: 'add' | 'change' | 'unlink';
  /** Absolute. */
  file: string;
}

export interface FileWatch {
  close(): Promise<void>;
}

/** A batch ends when nothing has changed for this long, in ms. */
const QUIET = 60;
/**
 * How often to look for a folder that has disappeared, in ms: the system reports changes in a folder, but not that the folder itself
 * appears.
 */
const LOOK = 250;

/**
 * Watches folders and everything below them, except paths for which `ignore` returns true. Resolves when every later change will be
 * reported. A watched folder may disappear and come back: its files are then reported as new. Throws ExpectedError when the system does not
 * allow watching; calls `onError` when it stops later.
 */
export async function watchFiles(
  folders: readonly string[],
  ignore: (file: string) => boolean,
  onChanges: (changes: WatchedChange[]) => void,
  onError: (error: ExpectedError) => void,
): Promise<FileWatch> {
  const ignored = (file: string) => !folders.includes(file) && (isHidden(file) || ignore(file));
  const watcher = watch([...folders], { ignoreInitial: true, ignored });
  const looking = new Set<NodeJS.Timeout>();
  let burst = new Map<string, WatchedChange>();
  let timer: NodeJS.Timeout | undefined;

  const note = (change: WatchedChange) => {
    burst.set(change.file, change);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const changes = [...burst.values()];
      burst = new Map();
      onChanges(changes);
    }, QUIET);
  };
  const awaitFolder = (folder: string) => {
    watcher.unwatch(folder);
    const interval = setInterval(() => {
      if (!existsSync(folder)) return;
      clearInterval(interval);
      looking.delete(interval);
      watcher.add(folder);
      note({ type: 'add', file: folder });
    }, LOOK);
    looking.add(interval);
  };

  for (const type of ['add', 'change', 'unlink'] as const) watcher.on(type, (file) => note({ type, file }));
  watcher.on('unlinkDir', (folder) => {
    note({ type: 'unlink', file: folder });
    if (folders.includes(folder)) awaitFolder(folder);
  });
  let complain = onError;
  watcher.on('error', (error) => {
    if (!isUnreadable(error)) complain(asWatchError(error));
  });
  try {
    await new Promise<void>((resolve, reject) => {
      complain = reject;
      watcher.once('ready', () => resolve());
    });
  } catch (error) {
    await watcher.close();
    throw error;
  }
  complain = onError;
  for (const folder of folders) if (!existsSync(folder)) awaitFolder(folder);

  return {
    async close() {
      clearTimeout(timer);
      for (const interval of looking) clearInterval(interval);
      await watcher.close();
    },
  };
}

/** The code that reads the file's content reports that it cannot be read. */
function isUnreadable(error: unknown): boolean {
  return ['ENOENT', 'EACCES', 'EPERM', 'ELOOP'].includes(codeOf(error));
}

function asWatchError(error: unknown): ExpectedError {
  const hint = hints[codeOf(error)] ?? 'look at the system’s limits; generate and export do without watching';
  return new ExpectedError(`the files cannot be watched: ${error instanceof Error ? error.message : error}`, { hint, cause: error });
}

const openFiles = 'close other programs that have many files open, or raise the limit: ulimit -n 4096';
const hints: Record<string, string> = {
  ENOSPC: 'raise the system’s limit: sudo sysctl fs.inotify.max_user_watches=524288',
  EMFILE: `${openFiles}; on Linux also: sudo sysctl fs.inotify.max_user_instances=512`,
  ENFILE: openFiles,
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Also matches the temporary files of editors and of our own writer. */
function isHidden(file: string): boolean {
  const name = path.basename(file);
  return name.startsWith('.') || name.endsWith('~') || /\.\d{6,}$/.test(name);
}
