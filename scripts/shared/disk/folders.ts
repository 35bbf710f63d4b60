import { readFileSync, readlinkSync, Stats } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { codeOf } from '../errors.ts';

/**
 * Creates a folder and its parents. Returns whether it was missing. Node's `recursive` loops for ever in an existing folder where none can
 * be created and the system says ENOENT, as below /proc. Throws the system's error.
 */
export async function makeFolder(folder: string, mode?: number): Promise<boolean> {
  try {
    return await makeIn(folder, mode);
  } catch (error) {
    const parent = path.dirname(folder);
    if (codeOf(error) !== 'ENOENT' || parent === folder) throw error;
    await makeFolder(parent, mode);
    // The parent exists now, so a second ENOENT is final.
    return makeIn(folder, mode);
  }
}

/** A link to a folder counts as a folder. */
async function makeIn(folder: string, mode?: number): Promise<boolean> {
  try {
    await mkdir(folder, mode);
    return true;
  } catch (error) {
    const found = await stat(folder).catch((reason: unknown) => reason);
    if (found instanceof Stats) {
      if (found.isDirectory()) return false;
      throw error;
    }
    // Something is there but cannot be examined: a link to nothing, or in a circle.
    throw codeOf(error) === 'EEXIST' ? found : error;
  }
}

/** Returns a hidden name for a short-lived file or folder. It names its process, so that `sweepFolder` can recognize it. */
export function passingName(kind: 'lock' | 'tmp'): string {
  count += 1;
  return `.briefdeck-${ownName()}-${count}.${kind}`;
}

/** Removes what killed runs have left under a `passingName`. */
export async function sweepFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const owner = readOwner(/^\.briefdeck-(.+)-\d+\.(?:lock|tmp)$/.exec(name)?.[1] ?? '');
    if (owner !== null && stateOf(owner) === 'gone') await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

let count = 0;

// Names for processes that no later process can have, so that leftovers can be told from files in use.

export interface Owner {
  pid: number;
  /** When the process started, in the system's own count. 0 where the system does not say. */
  start: string;
  /** The namespace in which process ids are counted; containers have their own. 0 where there is only one. */
  space: string;
  /** The id of this start of the machine. 0 where the system does not say. */
  boot: string;
  host: string;
}

/** Returns the name of this process as part of a file name: `<pid>-<start>-<space>-<boot>-<host>`. */
export function ownName(): string {
  name ??= [process.pid, startOf(process.pid)?.start ?? '0', here.space, here.boot, here.host].join('-');
  return name;
}

/** Parses a name from `ownName`. Returns null for any other name. */
export function readOwner(text: string): Owner | null {
  const [, pid, start = '', space = '', boot = '', host = ''] = /^(\d+)-(\d+)-(\d+)-([0-9a-f]+)-([\w.-]+)$/.exec(text) ?? [];
  return pid === undefined ? null : { pid: Number(pid), start, space, boot, host };
}

/**
 * Returns whether a process still runs. `elsewhere` when it runs on another machine or in another container, where its state cannot be
 * checked.
 */
export function stateOf(owner: Owner): 'running' | 'gone' | 'elsewhere' {
  const knowsBoot = owner.boot !== '0' && here.boot !== '0';
  if (knowsBoot && owner.boot !== here.boot) return owner.host === here.host ? 'gone' : 'elsewhere';
  if (owner.space !== here.space || (!knowsBoot && owner.host !== here.host)) return 'elsewhere';
  return isRunning(owner) ? 'running' : 'gone';
}

let name: string | null = null;

const here = {
  space: /\d+/.exec(ifReadable(() => readlinkSync('/proc/self/ns/pid')))?.[0] ?? '0',
  boot: /^[0-9a-f]{8}/.exec(ifReadable(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')))?.[0] ?? '0',
  host:
    os
      .hostname()
      .replace(/[^\w.-]/g, '_')
      .slice(0, 40) || 'unnamed',
};

function isRunning({ pid, start }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Any error but ESRCH means that the process exists, though it belongs to another user.
    if (codeOf(error) === 'ESRCH') return false;
  }
  const found = startOf(pid);
  // Process ids are reused. A killed process also keeps its id until its parent has collected its exit status.
  return found === null || start === '0' || (found.start === start && !/[ZX]/.test(found.state));
}

/**
 * Reads fields 3 and 22 of Linux's /proc/<pid>/stat (proc(5)), counted from the end of the name, which may contain any character. Null
 * elsewhere.
 */
function startOf(pid: number): { state: string; start: string } | null {
  const text = ifReadable(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, start] = [fields[0], fields[19]];
  return state === undefined || start === undefined ? null : { state, start };
}

function ifReadable(read: () => string): string {
  try {
    return read();
  } catch {
    // Other systems have no /proc, and some hide it. The name then holds less information.
    return '';
  }
}
