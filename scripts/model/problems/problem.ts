/** A finding about content. Data only: what it says in words is decided in problem-text.ts. */
import type { ProblemArgs } from './problem-args.ts';

export type Severity = 'error' | 'warning';
export type ProblemCode = keyof ProblemArgs;

/** What findings say, by their code. */
export type Wording = {
  [C in ProblemCode]: { severity: Severity; message: (args: ProblemArgs[C]) => string; hint: (args: ProblemArgs[C]) => string };
};

/** Where a finding stands: `file` relative to its folder with forward slashes; line and column count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

export type Problem = {
  [C in ProblemCode]: Place & { code: C; severity: Severity; args: ProblemArgs[C] };
}[ProblemCode];

/** Errors before warnings nowhere: readers look for a file, so the order is file, line, column, code. */
export function compareProblems(a: Problem, b: Problem): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.code, b.code);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
