import type { Place, Problem, ProblemCode } from '../model/problems/problem.ts';
import type { ProblemArgs } from '../model/problems/problem-args.ts';
import { problem } from '../model/problems/problem-text.ts';

/** The findings of one run; knows which files have an error and so stay out of the corpus. */
export class Findings {
  readonly problems: Problem[] = [];
  readonly #broken = new Set<string>();

  add<C extends ProblemCode>(code: C, place: Place, args: ProblemArgs[C]): void {
    this.addProblem(problem(code, place, args));
  }

  addProblem(finding: Problem): void {
    this.problems.push(finding);
    if (finding.severity === 'error') this.#broken.add(finding.file);
  }

  isBroken(file: string): boolean {
    return this.#broken.has(file);
  }

  brokenFiles(): ReadonlySet<string> {
    return this.#broken;
  }
}

/** The beginning of a file, for findings that concern all of it. */
export function startOf(file: string): Place {
  return { file, line: 1, column: 1 };
}
