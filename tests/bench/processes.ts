/** Processes as Linux tells of them in /proc; nothing where there is none. */
import { readdirSync, readFileSync } from 'node:fs';

/** What a process and all below it hold together, in MB, shared pages counted once. */
export function memoryOf(root: number): number {
  return below(root).reduce((sum, { id }) => sum + shareOf(id), 0);
}

/** The most that one process has held so far, in MB. */
export function peakOf(id: number): number {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${id}/status`))?.[1] ?? 0) / 1024;
}

/** Processor time so far of a process and of each below it, in seconds, by their ids. */
export function processorTimes(root: number): Map<number, { isBrowser: boolean; seconds: number }> {
  return new Map(below(root).map(({ id, name, ticks }) => [id, { isBrowser: /chrom|headless/i.test(name), seconds: ticks / TICKS }]));
}

/** In a second, on every Linux that Node runs on. */
const TICKS = 100;

interface Process {
  id: number;
  parent: number;
  name: string;
  ticks: number;
}

function below(root: number): Process[] {
  const all = new Map(processes().map((each) => [each.id, each]));
  const isBelow = (id: number): boolean => {
    const parent = all.get(id)?.parent;
    return id === root || (parent !== undefined && isBelow(parent));
  };
  return [...all.values()].filter(({ id }) => isBelow(id));
}

function processes(): Process[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((id) => {
        const [, name = '', rest] = /^\d+ \((.*)\) (.*)/s.exec(read(`/proc/${id}/stat`)) ?? [];
        if (rest === undefined) return [];
        // Fields 4, 14 and 15 of proc(5), of which the first two are gone.
        const fields = rest.split(' ');
        return [{ id: Number(id), parent: Number(fields[1]), name, ticks: Number(fields[11]) + Number(fields[12]) }];
      });
  } catch {
    return [];
  }
}

function shareOf(id: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${id}/smaps_rollup`))?.[1] ?? 0) / 1024;
}

/** Processes end while they are looked at. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
