/** The command line, run as a user runs it, but in this process: arguments in; exit code and words out. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { parseArguments } from '../scripts/commands/arguments.ts';
import { ExpectedError } from '../scripts/shared/errors.ts';

export interface Ran {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs a command line. Errors that the user would be told of become exit code and stderr, as in cli.ts; a bug is thrown. */
export async function run(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  signal = new AbortController().signal,
): Promise<Ran> {
  const out = collector();
  const err = collector();
  try {
    const parsed = parseArguments(args, { out: out.stream, err: err.stream, env, signal });
    const exitCode = parsed.type === 'done' ? parsed.exitCode : await parsed.run();
    return { exitCode, stdout: out.text(), stderr: err.text() };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { exitCode: error.exitCode, stdout: out.text(), stderr: `${err.text()}${error.message}\n${error.hint ?? ''}` };
  }
}

/** A folder of its own for a test, removed afterwards; what is made for several tests says itself when that is. */
export async function temporaryFolder(afterwards: (clean: () => Promise<void>) => unknown = onTestFinished): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'briefdeck-test-'));
  afterwards(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface Project {
  content: string;
  slides: string;
  out: string;
  /** The options that point a command at these folders. */
  options: string[];
}

/** A copy of a fixture's content with empty slides and out folders beside it. */
export async function projectFrom(fixture: string, afterwards?: (clean: () => Promise<void>) => unknown): Promise<Project> {
  const folder = await temporaryFolder(afterwards);
  const content = path.join(folder, 'content');
  await cp(fixture, content, { recursive: true });
  const slides = path.join(folder, 'slides');
  const out = path.join(folder, 'dist');
  return { content, slides, out, options: ['--content', content, '--slides', slides, '--out', out] };
}

/** Replaces the first `from` in a content file, which must be there. */
export async function edit({ content }: Project, file: string, from: string, to: string): Promise<void> {
  const full = path.join(content, file);
  const text = await readFile(full, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not contain "${from}"`);
  await writeFile(full, text.replace(from, to));
}

/** Every file of a folder with its text, by name; nothing when the folder is not there. */
export async function filesIn(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder).catch(() => []);
  const entries = await Promise.all(names.sort().map(async (name) => [name, await readFile(path.join(folder, name), 'utf8')] as const));
  return Object.fromEntries(entries);
}

function collector(): { stream: Writable; text(): string } {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return { stream, text: () => text };
}
