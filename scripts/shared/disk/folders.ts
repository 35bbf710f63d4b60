import { readFileSync, readlinkSync, Stats } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { codeOf } from '../errors.ts';

/**
 * Makes a folder and those above it; says whether it was missing. Node's own `recursive` goes round for ever where a folder exists
 * in which none can be made and the system says ENOENT, as below /proc. Throws what the system says.
 */
export async function makeFolder(folder: string, mode?: number): Promise<boolean> {
  try {
    return await makeIn(folder, mode);
  } catch (error) {
    const parent = path.dirname(folder);
    if (codeOf(error) !== 'ENOENT' || parent === folder) throw error;
    await makeFolder(parent, mode);
    // In a parent that is there: to hear once more that it is not is an answer.
    return makeIn(folder, mode);
  }
}

/** A link to a folder is a folder. */
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
    // Something stands there, and yet it cannot be looked at: a link to nothing, or in a circle.
    throw codeOf(error) === 'EEXIST' ? found : error;
  }
}

/** A name for something that is there for a moment, hidden, which tells whose it is: `sweepFolder` knows it again. */
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

// Names for processes that no later process bears: what one left behind can be told from what one still uses.

export interface Owner {
  pid: number;
  /** When the process started, in the system's own count; 0 where the system does not say. */
  start: string;
  /** The space in which process ids are counted: containers have their own. 0 where there is but one. */
  space: string;
  /** This start of the machine; 0 where the system does not say. */
  boot: string;
  host: string;
}

/** This process, as part of a file name: `<pid>-<start>-<space>-<boot>-<host>`. */
export function ownName(): string {
  name ??= [process.pid, startOf(process.pid)?.start ?? '0', here.space, here.boot, here.host].join('-');
  return name;
}

/** Reads what `ownName` made; null for any other name. */
export function readOwner(text: string): Owner | null {
  const [, pid, start = '', space = '', boot = '', host = ''] = /^(\d+)-(\d+)-(\d+)-([0-9a-f]+)-([\w.-]+)$/.exec(text) ?? [];
  return pid === undefined ? null : { pid: Number(pid), start, space, boot, host };
}

/** Whether a process still runs; `elsewhere` when it is on another machine or in another container, and nobody here can tell. */
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
    // Not allowed to signal it: then it is there, and another user's.
    if (codeOf(error) === 'ESRCH') return false;
  }
  const found = startOf(pid);
  // Ids are given again; and a process that was killed keeps its own until its parent has asked what became of it.
  return found === null || start === '0' || (found.start === start && !/[ZX]/.test(found.state));
}

/** From Linux's /proc/<pid>/stat (proc(5)): fields 3 and 22, counted behind the name, in which anything may stand. Null elsewhere. */
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
    // Other systems have no /proc, and some hide it: they are told by less.
    return '';
  }
}
