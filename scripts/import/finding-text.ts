/** The one place that puts findings of an import into words: severity, what is wrong, what to do. */
import type { Place, Severity } from '../model/problems/problem.ts';
import type { FindingCode, ImportFinding } from './finding.ts';
import { type MakingArgs, makingWords } from './making-words.ts';
import { type ReadingArgs, readingWords } from './read/finding-words.ts';

/** What each kind of finding carries: those of reading and those of making. */
export interface FindingArgs extends ReadingArgs, MakingArgs {}

/** The words of some kinds of findings. */
export type Wording<Args> = {
  [C in keyof Args]: { severity: Severity; message: (args: Args[C]) => string; hint: (args: Args[C]) => string };
};

const wording: Wording<FindingArgs> = { ...readingWords, ...makingWords };

/** Makes a finding; its severity comes with its code. */
export function finding<C extends FindingCode>(code: C, place: Place, args: FindingArgs[C]): ImportFinding {
  const { file, line, column } = place;
  // The union is correlated by construction: `code` picks both `args` and the wording.
  return { file, line, column, code, severity: wording[code].severity, args } as ImportFinding;
}

/** What a finding says and what to do about it, in plain English. */
export function describeFinding(found: ImportFinding): { message: string; hint: string } {
  const words = wording[found.code] as { message: (args: ImportFinding['args']) => string; hint: (args: ImportFinding['args']) => string };
  return { message: words.message(found.args), hint: words.hint(found.args) };
}
