/** Changes below folders, in bursts: an editor or a checkout touches many files at once. */
import { existsSync } from 'node:fs';
import path from 'node:path';
// The watcher of Vite and Slidev: one event a change on every system, whether an editor writes, renames or replaces.
import { watch } from 'chokidar';
import { ExpectedError } from '../shared/errors.ts';

export interface FileChange {
  type: 'add' | 'change' | 'unlink';
  /** Absolute. */
  file: string;
}

export interface FileWatch {
  close(): Promise<void>;
}

/** How long nothing more must happen until a burst is over, in ms. */
const QUIET = 60;
/** How often is looked for a folder that has gone, in ms: a system tells of what happens in a folder, not that one comes into being. */
const LOOK = 250;

/**
 * Watches folders with all that lies below them; `ignore` says what is none of our business. Resolves when every later change will
 * be told. A watched folder may vanish and come back: then what is in it counts as new. Throws ExpectedError when the system does not
 * let us watch; `onError` is told when it stops doing so later.
 */
export async function watchFiles(
  folders: readonly string[],
  ignore: (file: string) => boolean,
  onChanges: (changes: FileChange[]) => void,
  onError: (error: ExpectedError) => void,
): Promise<FileWatch> {
  const ignored = (file: string) => !folders.includes(file) && (isHidden(file) || ignore(file));
  const watcher = watch([...folders], { ignoreInitial: true, ignored });
  const looking = new Set<NodeJS.Timeout>();
  let burst = new Map<string, FileChange>();
  let timer: NodeJS.Timeout | undefined;

  const note = (change: FileChange) => {
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

/** A file or folder that cannot be read is told by whoever reads it for the sake of its content. */
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

/** Also what editors and our own writer put beside a file for a moment. */
function isHidden(file: string): boolean {
  const name = path.basename(file);
  return name.startsWith('.') || name.endsWith('~') || /\.\d{6,}$/.test(name);
}
