/** The input files that a user names: files, folders or standard input. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { codeOf, EXIT, ExpectedError } from '../shared/errors.ts';
import { pathFromHere } from '../shared/paths.ts';
import { MAX_INPUT_BYTES } from './read/index.ts';

export interface InputFile {
  /** Its name in messages; `-` for standard input. */
  name: string;
  bytes: () => Promise<Uint8Array>;
}

/** Extensions of files that may be transcripts. From a folder only these are read. */
const ENDINGS = ['.txt', '.md', '.vtt', '.srt', '.json', '.html', '.htm', '.docx', '.csv', '.qdpx', '.qde'];

/**
 * Finds the files; of a folder, those that may be transcripts, sorted by name. Throws ExpectedError (exit code 2) for paths that do not
 * exist and for folders without transcripts. `bytes()` throws ExpectedError for a file that is too large or cannot be read.
 */
export async function findInputs(named: readonly string[], stdin: AsyncIterable<Uint8Array | string>): Promise<InputFile[]> {
  const found = new Map<string, InputFile>();
  for (const name of named) {
    for (const input of name === '-' ? [{ name: '-', bytes: () => readStream(stdin) }] : await inputsAt(path.resolve(name)))
      found.set(input.name, input);
  }
  return [...found.values()];
}

async function inputsAt(file: string): Promise<InputFile[]> {
  const name = pathFromHere(file);
  const stats = await stat(file).catch((error: unknown) => {
    throw unreadable(name, error, EXIT.usage);
  });
  if (!stats.isDirectory()) return [{ name, bytes: () => readInput(file, name) }];
  const names = (await readdir(file)).filter((each) => !each.startsWith('.') && ENDINGS.includes(path.extname(each).toLowerCase())).sort();
  if (names.length === 0) {
    throw new ExpectedError(`there is no transcript in the folder ${name}`, {
      exitCode: EXIT.usage,
      hint: `files that are looked for end in ${ENDINGS.join(', ')}`,
    });
  }
  return names.map((each) => ({
    name: pathFromHere(path.join(file, each)),
    bytes: () => readInput(path.join(file, each), pathFromHere(path.join(file, each))),
  }));
}

/** Checks the size first, so that a recording given by mistake is not read into memory. */
async function readInput(file: string, name: string): Promise<Uint8Array> {
  try {
    const stats = await stat(file);
    if (!stats.isFile())
      throw new ExpectedError(`${name}: this is no file that can be read`, { hint: 'give a transcript, or - for standard input' });
    if (stats.size > MAX_INPUT_BYTES) throw tooLarge(name, `${stats.size} bytes`);
    return await readFile(file);
  } catch (error) {
    throw unreadable(name, error, EXIT.failed);
  }
}

async function readStream(stream: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_INPUT_BYTES) throw tooLarge('-', `more than ${MAX_INPUT_BYTES} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function tooLarge(name: string, size: string): ExpectedError {
  return new ExpectedError(`${name}: the file has ${size}; at most ${MAX_INPUT_BYTES} are read`, {
    hint: 'give a transcript, not a recording',
  });
}

function unreadable(name: string, error: unknown, exitCode: 1 | 2): unknown {
  const reason = {
    ENOENT: 'there is no such file',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ENOTDIR: 'a part of the path is a file',
    EISDIR: 'it is a folder',
  }[codeOf(error)];
  return reason === undefined
    ? error
    : new ExpectedError(`${name}: ${reason}`, {
        exitCode,
        hint: 'name a transcript, a folder of them, or - for standard input',
        cause: error,
      });
}
