/** Puts the findings of an import into words: severity, message and hint. The only place that does so. */
import type { Place, Severity } from '../model/problems/problem.ts';
import type { FindingCode, ImportFinding } from './finding.ts';
import { type MakingArgs, makingWords } from './making-words.ts';
import { type ReadingArgs, readingWords } from './read/finding-words.ts';

/** The arguments of each kind of finding, from reading and from making. */
export interface FindingArgs extends ReadingArgs, MakingArgs {}

/** The severity and texts of a group of findings. */
export type FindingWording<Args> = {
  [C in keyof Args]: { severity: Severity; message: (args: Args[C]) => string; hint: (args: Args[C]) => string };
};

const wording: FindingWording<FindingArgs> = { ...readingWords, ...makingWords };

/** Makes a finding. Its code determines its severity. */
export function finding<C extends FindingCode>(code: C, place: Place, args: FindingArgs[C]): ImportFinding {
  const { file, line, column } = place;
  // `code` selects both `args` and the wording, so the types match, but TypeScript cannot follow that.
  return { file, line, column, code, severity: wording[code].severity, args } as ImportFinding;
}

/** Returns the message of a finding and a hint about what to do, in plain English. */
export function describeFinding(found: ImportFinding): { message: string; hint: string } {
  const words = wording[found.code] as { message: (args: ImportFinding['args']) => string; hint: (args: ImportFinding['args']) => string };
  return { message: words.message(found.args), hint: words.hint(found.args) };
}
