/** A finding about content. Holds data only; its texts are in problem-text.ts. */
import type { ProblemArgs } from './problem-args.ts';

export type Severity = 'error' | 'warning';
export type ProblemCode = keyof ProblemArgs;

/** The severity and texts of findings, by code. */
export type Wording = {
  [C in ProblemCode]: { severity: Severity; message: (args: ProblemArgs[C]) => string; hint: (args: ProblemArgs[C]) => string };
};

/** The place of a finding. `file` is relative to its folder with forward slashes; line and column count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

export type Problem = {
  [C in ProblemCode]: Place & { code: C; severity: Severity; args: ProblemArgs[C] };
}[ProblemCode];
