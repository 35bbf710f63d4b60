/** Whole processes, timed from outside. */
import { spawn } from 'node:child_process';
import { projectRoot } from '../../scripts/shared/paths.ts';
import { memoryOf, peakOf, processorTimes } from './processes.ts';

export interface Measured {
  /** Milliseconds from its start to its end. */
  ms: number;
  /** Most memory that its processes held together, in MB, shared pages counted once; null where the system does not tell. */
  megabytes: number | null;
  /** Processor time of its processes in seconds, as far as they were seen; null where nobody asked. */
  processor: { browser: number; others: number } | null;
}

/** Whether runs are asked for their memory and processor time: that takes time of its own, so those runs are not timed. */
export const asking = { more: false };

/** Runs a program to its end. Throws with its words when it fails. */
export async function run(command: readonly string[], env: Record<string, string> = {}): Promise<Measured> {
  if (!asking.more) return { ms: await timed(command, env), megabytes: null, processor: null };
  let most = 0;
  const times = new Map<number, { isBrowser: boolean; seconds: number }>();
  const ms = await timed(command, env, (root) => {
    most = Math.max(most, memoryOf(root));
    for (const [id, time] of processorTimes(root)) times.set(id, time);
  });
  const sum = (browser: boolean) =>
    [...times.values()].reduce((all, { isBrowser, seconds }) => all + (isBrowser === browser ? seconds : 0), 0);
  return { ms, megabytes: most === 0 ? null : most, processor: times.size === 0 ? null : { browser: sum(true), others: sum(false) } };
}

/** The same for a program of one process: its most memory, shared pages and all, is asked for without cost. */
export async function runAlone(command: readonly string[]): Promise<Measured> {
  let most = 0;
  const ms = await timed(command, {}, (root) => {
    most = Math.max(most, peakOf(root));
  });
  return { ms, megabytes: most === 0 ? null : most, processor: null };
}

async function timed(
  [program = '', ...args]: readonly string[],
  env: Record<string, string>,
  look?: (root: number) => void,
): Promise<number> {
  const start = performance.now();
  const child = spawn(program, args, { cwd: projectRoot, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.on('data', (chunk) => {
    words += String(chunk);
  });
  const looking = look === undefined ? undefined : setInterval(() => look(child.pid ?? 0), OFTEN);
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  clearInterval(looking);
  const ms = performance.now() - start;
  if (code !== 0) throw new Error(`${[program, ...args].join(' ')} ended with ${code}:\n${words}`);
  return ms;
}

/** How often processes are looked at, in ms. */
const OFTEN = 50;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
