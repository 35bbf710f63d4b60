import { closest, distance } from 'fastest-levenshtein';

/** Exit codes of DESIGN.md 7. */
export const EXIT = { done: 0, failed: 1, usage: 2, noBrowser: 3, hungUp: 129, interrupted: 130, terminated: 143 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * A failure that users can do something about: what happened and what to do. It is printed without a stack. All other errors are bugs and
 * are printed as such.
 */
export class ExpectedError extends Error {
  readonly exitCode: ExitCode;
  /** What to do about it, in one line. Null when the message says it. */
  readonly hint: string | null;
  constructor(message: string, options: { exitCode?: ExitCode; hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'ExpectedError';
    this.exitCode = options.exitCode ?? EXIT.failed;
    this.hint = options.hint ?? null;
  }
}

/** Returns a hint for an unknown name: the nearest known name, if any, and all known names. */
export function knownNames(name: string, known: readonly string[]): string {
  const near = known.length > 0 ? closest(name, known) : null;
  const hint = near !== null && distance(name, near) <= 3 ? `did you mean "${near}"? ` : '';
  return `${hint}known: ${known.join(', ') || 'none'}`;
}

/** Turns a file system error into one that says which file cannot be written and what to do. Returns other errors unchanged. */
export function asWriteError(error: unknown, file: string): unknown {
  const reason = writeReasons[codeOf(error)];
  if (reason === undefined) return error;
  return new ExpectedError(`cannot write ${file}: ${reason.what}`, { hint: reason.hint, cause: error });
}

/** Like `asWriteError`, for an error of another program that gives the system's code only in its message. */
export function asToldWriteError(error: unknown, file: string): unknown {
  const code = /\b(?:ENOSPC|EDQUOT|EFBIG|EROFS|EACCES|EIO|EMFILE|ENFILE)\b/.exec(error instanceof Error ? error.message : '')?.[0];
  return code === undefined ? error : asWriteError(Object.assign(new Error(code, { cause: error }), { code }), file);
}

/**
 * Turns an error about a shortage of the whole system (open files) into an ExpectedError that blames no deck or file. Returns other errors
 * unchanged.
 */
export function asSystemError(error: unknown): unknown {
  return ['EMFILE', 'ENFILE'].includes(codeOf(error)) ? new ExpectedError(openFiles.what, { hint: openFiles.hint, cause: error }) : error;
}

/**
 * Returns whether nothing else can be written in the same place either: the disk is full, read-only or broken, or the folder is not
 * writable.
 */
export function isPlaceClosed(error: unknown): boolean {
  return error instanceof ExpectedError && ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'EMFILE'].includes(codeOf(error.cause));
}

/** Returns the system's code of an error, such as ENOENT. Empty for any other error. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const closed = { what: 'permission denied', hint: 'make the folder writable or choose another one' };
const full = 'free some space and run again; the last good file is untouched';
const inTheWay = { what: 'a part of the path is a file, not a folder', hint: 'choose another folder' };
const openFiles = { what: 'too many files are open', hint: 'close other programs, or raise the limit: ulimit -n 4096' };

const writeReasons: Record<string, { what: string; hint: string }> = {
  EACCES: closed,
  EPERM: closed,
  EBUSY: { what: 'another program holds it', hint: 'close the program that shows the file and run again' },
  EFBIG: { what: 'no file may be so large', hint: 'raise the limit in this shell and run again: ulimit -f unlimited' },
  EROFS: { what: 'the file system is read-only', hint: 'choose a folder on another disk' },
  ENOSPC: { what: 'the disk is full', hint: full },
  EDQUOT: { what: 'the disk quota is used up', hint: full },
  EIO: { what: 'the disk reports an error', hint: 'look at the disk; the last good file is untouched' },
  ENOTDIR: inTheWay,
  EEXIST: inTheWay,
  EISDIR: { what: 'a folder of that name is in the way', hint: 'remove the folder or choose another one' },
  ENOENT: { what: 'there can be no such folder, or a link to nothing stands in its place', hint: 'choose another folder' },
  ENOTSUP: { what: 'there can be no such folder', hint: 'choose another folder' },
  ELOOP: { what: 'its links go in a circle', hint: 'choose another folder' },
  ENAMETOOLONG: { what: 'the path is too long', hint: 'choose a shorter folder name' },
  EMFILE: openFiles,
  ENFILE: openFiles,
};
