/** A command line, typed into a shell in a place, as a process of its own. */
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { asOrdinary, giveToOrdinary } from './machine.ts';
import type { Place } from './places.ts';

/** What may be otherwise than usual. The usual run: this Node, as whoever runs the tests, no terminal, short paths, everything writable. */
export interface Circumstances {
  /** A value of BRIEFDECK_BROWSER; the embedded one when not given. */
  browser?: string;
  /** Folder that holds another `node`. */
  nodeFolder?: string;
  /** Variables besides; null takes one away. */
  env?: Readonly<Record<string, string | null>>;
  /** Name of the temporary folder. */
  temporary?: string;
  /** An ordinary user: somebody else when the tests run as root. */
  user?: 'ordinary';
  /** What the shell does around the line. */
  shell?: (line: string) => string;
  /** HOME and node_modules that cannot be written, which asks for an ordinary user. */
  readOnly?: readonly ('home' | 'packages')[];
}

export interface Lasting {
  /** Called with the first address that the program says, before it is interrupted; `hear` waits until it says more. */
  visit: (address: string, hear: (words: RegExp) => Promise<void>) => Promise<void>;
}

export interface Outcome {
  line: string;
  /** As a shell says it: 130 after SIGINT. */
  exitCode: number;
  stdout: string;
  stderr: string;
  seconds: number;
  /** What is in HOME and left in the temporary folder, and is not expected there. */
  left: string[];
}

/**
 * What may be there: crash reports and settings of the system's Chromium, as in every session with it; the program's caches where packages are
 * read-only; code that npm compiled, under Node 22 and newer; the folder for temporary folders of the program, empty.
 */
function isExpected(name: string, { browser, readOnly }: Circumstances): boolean {
  if (browser === 'system' && /^home\/\.(?:config(?:\/chromium(?:\/.*)?)?|cache(?:\/dconf(?:\/.*)?)?)$/.test(name)) return true;
  if (readOnly?.includes('packages') === true && /^home\/\.cache(?:\/briefdeck(?:\/.*)?)?$/.test(name)) return true;
  return /^[^/]+\/(?:node-compile-cache(?:\/.*)?|briefdeck(?:-\d+)?(?:\/t)?)$/.test(name);
}

/** No command line may take longer, in milliseconds. */
const DEADLINE = 240_000;

/** Runs a line of README.md as it is typed in this place. With `lasting` it is interrupted as Ctrl-C does, once it has said an address and that was visited. */
export async function runLine(place: Place, line: string, circumstances: Circumstances = {}, lasting?: Lasting): Promise<Outcome> {
  const around = mkdtempSync(path.join(place.folder, 'run-'));
  const home = path.join(place.folder, 'home');
  const temporary = path.join(around, circumstances.temporary ?? 'tmp');
  for (const folder of [home, temporary, path.join(around, 'npm')]) mkdirSync(folder, { recursive: true });
  const isOrdinary = circumstances.user === 'ordinary';
  if (isOrdinary) for (const folder of [home, around]) giveToOrdinary(folder);
  if (circumstances.readOnly?.includes('home')) chmodSync(home, 0o555);
  const typed = place.typed(line);
  const [command = '', ...args] = [...(isOrdinary ? asOrdinary() : []), 'bash', '-c', circumstances.shell?.(typed) ?? typed];
  const began = performance.now();
  const child = spawn(command, args, {
    cwd: place.project,
    env: environment(around, home, temporary, circumstances),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const deadline = setTimeout(() => killGroup(child.pid, 'SIGKILL'), DEADLINE);
  let [stdout, stderr] = ['', ''];
  let visited: Promise<unknown> | null = null;
  const said = new EventEmitter();
  let hasEnded = false;
  const hear = async (words: RegExp) => {
    while (!words.test(stderr)) {
      if (hasEnded) throw new Error(`${typed} has ended without saying ${words}: ${stderr}`);
      await once(said, 'more');
    }
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    said.emit('more');
    const [address] = /http:\/\/\S+(?=\s)/.exec(stderr) ?? [];
    if (lasting !== undefined && address !== undefined) {
      visited ??= lasting
        .visit(address, hear)
        .then(() => null)
        .catch((error: unknown) => error)
        .finally(() => killGroup(child.pid, 'SIGINT'));
    }
  });
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + os.constants.signals[signal ?? 'SIGKILL']));
  }).finally(() => clearTimeout(deadline));
  hasEnded = true;
  said.emit('more');
  const failure = await visited;
  if (failure) throw failure;
  const seconds = (performance.now() - began) / 1000;
  const left = [home, temporary].flatMap((folder) => namesBelow(folder));
  rmSync(around, { recursive: true, maxRetries: 5 });
  return { line: typed, exitCode, stdout, stderr, seconds, left: left.filter((name) => !isExpected(name, circumstances)).slice(0, 10) };
}

/** Of whoever runs the tests only PATH is taken over. */
function environment(around: string, home: string, temporary: string, { browser = 'embedded', nodeFolder, env = {} }: Circumstances) {
  const found = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => !folder.includes('node_modules'));
  const variables: Record<string, string | null> = {
    PATH: [nodeFolder ?? path.dirname(process.execPath), ...found].join(path.delimiter),
    HOME: home,
    TMPDIR: temporary,
    LANG: 'C.UTF-8',
    BRIEFDECK_BROWSER: browser,
    // npm's own records and news are no subject here.
    npm_config_cache: path.join(around, 'npm'),
    npm_config_logs_max: '0',
    npm_config_update_notifier: 'false',
    ...env,
  };
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== null)) as Record<string, string>;
}

/** As a terminal does: the shell, npm and the program alike. */
function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch (error) {
    // It has ended meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function namesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(path.basename(folder), name));
}
