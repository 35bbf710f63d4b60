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
