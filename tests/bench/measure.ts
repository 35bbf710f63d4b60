/** Whole processes, timed from outside. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { projectRoot } from '../../scripts/shared/paths.ts';

export interface Measured {
  /** Milliseconds from its start to its end. */
  ms: number;
  /** Most memory that its processes held together, in MB, shared pages counted once; null where the system does not tell. */
  megabytes: number | null;
}

/** Whether runs are asked for their memory: that takes time of its own, so those runs are not timed. */
export const asking = { memory: false };

/** Runs a program to its end. Throws with its words when it fails. */
export async function run(command: readonly string[], env: Record<string, string> = {}): Promise<Measured> {
  return measure(command, env, asking.memory ? memoryOf : null);
}

/** The same for a program of one process: its most memory, shared pages and all, is asked for without cost. */
export async function runAlone(command: readonly string[]): Promise<Measured> {
  return measure(command, {}, peakOf);
}

async function measure(
  [program = '', ...args]: readonly string[],
  env: Record<string, string>,
  memory: ((process: number) => number) | null,
): Promise<Measured> {
  const start = performance.now();
  const child = spawn(program, args, { cwd: projectRoot, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.on('data', (chunk) => {
    words += String(chunk);
  });
  let most = 0;
  const look = () => {
    most = Math.max(most, memory?.(child.pid ?? 0) ?? 0);
  };
  const watching = memory === null ? undefined : setInterval(look, 50);
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  clearInterval(watching);
  const ms = performance.now() - start;
  if (code !== 0) throw new Error(`${[program, ...args].join(' ')} ended with ${code}:\n${words}`);
  return { ms, megabytes: most === 0 ? null : most };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Of a process and all below it, in MB; 0 where there is no /proc. */
function memoryOf(root: number): number {
  const parents = new Map(processes().map(({ id, parent }) => [id, parent]));
  const isBelow = (id: number): boolean => id === root || (parents.has(id) && isBelow(parents.get(id) ?? 0));
  return [...parents.keys()].filter(isBelow).reduce((sum, id) => sum + shareOf(id), 0);
}

function processes(): { id: number; parent: number }[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        const parent = /^\d+ \(.*\) \S (\d+)/s.exec(read(`/proc/${name}/stat`))?.[1];
        return parent === undefined ? [] : [{ id: Number(name), parent: Number(parent) }];
      });
  } catch {
    return [];
  }
}

function shareOf(id: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${id}/smaps_rollup`))?.[1] ?? 0) / 1024;
}

/** The most that one process has held so far, in MB; 0 where there is no /proc. */
function peakOf(id: number): number {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${id}/status`))?.[1] ?? 0) / 1024;
}

/** Processes end while they are looked at. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
