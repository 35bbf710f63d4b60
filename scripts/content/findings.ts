import { closest, distance } from 'fastest-levenshtein';
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

/** The candidate that somebody most likely meant by `word`, or null when none is near enough. */
export function suggest(word: string, candidates: Iterable<string>): string | null {
  const written = word.toLowerCase();
  const others = [...candidates].filter((candidate) => candidate !== word);
  if (others.length === 0) return null;
  const best = closest(written, others);
  const length = Math.max(written.length, best.length);
  // One slip in three letters still reads as a slip, as do two letters in the wrong order; more is another word.
  const allowed = length < 3 ? 0 : Math.min(3, Math.ceil(length / 3));
  const slips = distance(written, best.toLowerCase());
  return slips <= allowed || (slips === 2 && sameLetters(written, best.toLowerCase())) ? best : null;
}

function sameLetters(a: string, b: string): boolean {
  return [...a].sort().join('') === [...b].sort().join('');
}
