/** The program as a process of its own, with everything that it starts. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

const bin = path.resolve(import.meta.dirname, '../scripts/briefdeck.cjs');

export interface Ended {
  pid: number;
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Program {
  pid: number;
  /** Resolves when stderr shows the words, or when the program ends. */
  says(words: RegExp): Promise<void>;
  /** To the program alone, or as a terminal does, to all that is in its process group. */
  kill(signal: NodeJS.Signals, group?: boolean): void;
  /** Ids of the processes that it started, directly or not, and that still run. */
  descendants(): number[];
  ended: Promise<Ended>;
}

/** Starts the program; `command` may stand before it, such as `unshare`. */
export function startProgram(args: readonly string[], env: NodeJS.ProcessEnv = {}, command: readonly string[] = []): Program {
  const marker = `BRIEFDECK_TEST_RUN=${randomUUID()}`;
  const [name = '', ...rest] = [...command, process.execPath, bin, ...args];
  const child = spawn(name, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env, BRIEFDECK_TEST_RUN: marker.slice(marker.indexOf('=') + 1) },
    detached: true,
  });
  const pid = child.pid ?? 0;
  let [stdout, stderr] = ['', ''];
  let heard = () => {};
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    heard();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ pid, code, signal, stdout, stderr });
      heard();
    });
  });
  const descendants = () => processesWith(marker).filter((id) => id !== pid);
  onTestFinished(() => {
    for (const id of [pid, ...descendants()]) if (isThere(id)) process.kill(id, 'SIGKILL');
  });
  return {
    pid,
    ended,
    descendants,
    async says(words) {
      while (!words.test(stderr)) {
        const more = new Promise<void>((resolve) => {
          heard = resolve;
        });
        if ((await Promise.race([more, ended])) !== undefined) return;
      }
    },
    kill: (signal, group = false) => {
      if (child.exitCode === null && child.signalCode === null) process.kill(group ? -pid : pid, signal);
    },
  };
}

/** The descendants that do not end by themselves within some seconds; of a foreign process's end nobody is told. */
export async function leftBy(program: Program): Promise<string[]> {
  for (let attempt = 0; attempt < 100 && program.descendants().length > 0; attempt += 1) await setTimeout(50);
  return program.descendants().map((id) => readIfThere(`/proc/${id}/cmdline`).replaceAll('\0', ' ').slice(0, 120));
}

/** The living ones of Linux whose environment holds the words; no others are to be found elsewhere. */
export function processesWith(words: string): number[] {
  if (process.platform !== 'linux') return [];
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && readIfThere(`/proc/${name}/environ`).includes(words));
  return ids.map(Number);
}

/** Processes of Linux with all that they have started, directly or not, and that still runs. */
export function withDescendants(pids: readonly number[]): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  // The fourth field of proc(5)'s stat, counted behind the name, in which anything may stand.
  const parents = new Map(all.map((id) => [Number(id), Number(/^.*\) \S (\d+)/s.exec(readIfThere(`/proc/${id}/stat`))?.[1])]));
  const found = new Set(pids);
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}

function isThere(pid: number): boolean {
  return readIfThere(`/proc/${pid}/environ`) !== '';
}

/** The text of a file of /proc; empty when there is none. */
export function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Gone meanwhile, or another user's.
    return '';
  }
}
