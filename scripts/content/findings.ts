import { closest, distance } from 'fastest-levenshtein';
import type { Place, Problem, ProblemCode } from '../model/problems/problem.ts';
import type { ProblemArgs } from '../model/problems/problem-args.ts';
import { problem } from '../model/problems/problem-text.ts';

/** Collects the findings of one run, and knows which files have an error and are therefore left out of the corpus. */
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

/** The beginning of a file, as the place of findings about the whole file. */
export function startOf(file: string): Place {
  return { file, line: 1, column: 1 };
}

/** Returns the candidate that `word` is most likely a misspelling of, or null when none is close enough. */
export function suggest(word: string, candidates: Iterable<string>): string | null {
  const written = word.toLowerCase();
  const others = [...candidates].filter((candidate) => candidate !== word);
  if (others.length === 0) return null;
  const best = closest(written, others);
  const length = Math.max(written.length, best.length);
  // One edit for every three letters is taken for a slip, and so are two swapped letters. More edits make another word.
  const allowed = length < 3 ? 0 : Math.min(3, Math.ceil(length / 3));
  const slips = distance(written, best.toLowerCase());
  return slips <= allowed || (slips === 2 && sameLetters(written, best.toLowerCase())) ? best : null;
}

function sameLetters(a: string, b: string): boolean {
  return [...a].sort().join('') === [...b].sort().join('');
}
