import { closest, distance } from 'fastest-levenshtein';

/** Exit codes of DESIGN.md 7. */
export const EXIT = { done: 0, failed: 1, usage: 2, noBrowser: 3, hungUp: 129, interrupted: 130, terminated: 143 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * A failure that users can do something about: what happened and what to do. Printed without a stack.
 * Everything else that is thrown is a bug and printed as one.
 */
export class ExpectedError extends Error {
  readonly exitCode: ExitCode;
  /** What to do about it, one line; null when the message says it. */
  readonly hint: string | null;
  constructor(message: string, options: { exitCode?: ExitCode; hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'ExpectedError';
    this.exitCode = options.exitCode ?? EXIT.failed;
    this.hint = options.hint ?? null;
  }
}

/** What to say of a name that there is not: the near one, if any, and the known ones. */
export function knownNames(name: string, known: readonly string[]): string {
  const near = known.length > 0 ? closest(name, known) : null;
  const hint = near !== null && distance(name, near) <= 3 ? `did you mean "${near}"? ` : '';
  return `${hint}known: ${known.join(', ') || 'none'}`;
}

/** Turns a file system error into one that says what cannot be written and what to do. */
export function asWriteError(error: unknown, file: string): unknown {
  const reason = writeReasons[codeOf(error)];
  if (reason === undefined) return error;
  return new ExpectedError(`cannot write ${file}: ${reason.what}`, { hint: reason.hint, cause: error });
}

/** The same for what another program, which can only tell it in words, has met. */
export function asToldWriteError(error: unknown, file: string): unknown {
  const code = /\b(?:ENOSPC|EDQUOT|EFBIG|EROFS|EACCES|EIO|EMFILE|ENFILE)\b/.exec(error instanceof Error ? error.message : '')?.[0];
  return code === undefined ? error : asWriteError(Object.assign(new Error(code, { cause: error }), { code }), file);
}

/** What the whole system lacks, and no deck or file is to blame for. */
export function asSystemError(error: unknown): unknown {
  return ['EMFILE', 'ENFILE'].includes(codeOf(error)) ? new ExpectedError(openFiles.what, { hint: openFiles.hint, cause: error }) : error;
}

/** Whether nothing else can be written in the same place either: the disk is full, read-only or broken, or the folder is closed to us. */
export function isPlaceClosed(error: unknown): boolean {
  return error instanceof ExpectedError && ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'EMFILE'].includes(codeOf(error.cause));
}

/** The system's name of an error, such as ENOENT; empty for any other error. */
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
