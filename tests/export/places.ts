/** Places where nothing can be written, for real: a mount of its own for one program alone. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect } from 'vitest';
import { type Ended, startProgram } from '../program.ts';
import type { Project } from '../run.ts';

/** Whether this system lets us mount something for one process alone, as Linux does. */
export const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0;

/** The cache of unpacked browsers and of Slidev's work. */
export const cache = path.resolve(import.meta.dirname, '../../node_modules/.cache/briefdeck');

export interface Place {
  folder: string;
  /** What to mount there, in the words of mount(8), and what to do then; `$1` is the folder. */
  mount: string;
}

/** A disk of so many KiB, with what the folder holds already, on which `free` KiB are left. */
export const disk = (folder: string, size: number, free: number): Place => ({
  folder,
  mount: `cp -a "$1" "$1.kept" && mount -t tmpfs -o size=${size}k none "$1" && cp -R "$1.kept"/. "$1" && rm -r "$1.kept" &&
    dd if=/dev/zero of="$1/.fill" bs=1k count=$(($(df -k --output=avail "$1" | tail -1) - ${free})) 2>/dev/null`,
});

export const readOnly = (folder: string): Place => ({
  folder,
  mount: 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"',
});

/** Runs the program where a place is as said. Its last words are a listing of the place with the files' hashes. */
export async function runAt(
  { folder, mount }: Place,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Ended & { listing: string[] }> {
  const script = `${mount} && shift && { "$@"; code=$?; } && echo '--listing--' && cd "${folder}" && find . -type f ! -name .fill -exec sha256sum {} + && find . -mindepth 1 -type d; exit $code`;
  const ended = await startProgram(args, env, ['unshare', '-rm', 'sh', '-c', script, 'sh', folder]).ended;
  const [stdout = '', listing = ''] = ended.stdout.split('--listing--\n');
  return { ...ended, stdout, listing: listing.split('\n').filter(Boolean).sort() };
}

/** One message, and no stack. */
export function expectMessage({ code, stderr }: Ended, message: RegExp, exitCode = 1): void {
  expect(stderr).toMatch(message);
  // That there is no sandbox is said besides.
  const words = stderr.replace(/^browser: .*$/gm, '');
  expect(words.match(/cannot |✗|This is a bug/g)?.length, stderr).toBe(1);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(exitCode);
}

export const only = (project: Project, command: string, ...args: string[]): string[] => [
  command,
  ...(command === 'brief' || command === 'export' ? ['--format', 'slides'] : []),
  ...args,
  '--lang',
  'en',
  ...project.options,
];
