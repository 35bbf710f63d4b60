/** What was run, for the table that a test run ends with. */
import type { TestContext } from 'vitest';
import type { Outcome } from './run-line.ts';

export interface Run {
  name: string;
  form: string;
  node: string;
  browser: string;
  first: number;
  second: number;
  seconds: number;
}

declare module 'vitest' {
  interface TaskMeta {
    runs?: Run[];
  }
}

/** Notes two runs of one line with the test that made them. */
export function note({ task }: TestContext, run: Pick<Run, 'name' | 'form' | 'node' | 'browser'>, first: Outcome, second: Outcome): void {
  task.meta.runs ??= [];
  task.meta.runs.push({ ...run, first: first.exitCode, second: second.exitCode, seconds: first.seconds + second.seconds });
}
