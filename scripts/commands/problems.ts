/** Prints findings about content: one line each, with the place and what to do. */
import path from 'node:path';
import type { Problem } from '../model/problems/problem.ts';
import { describeProblem } from '../model/problems/problem-text.ts';
import { pathFromHere } from '../shared/paths.ts';
import type { Settings } from './settings.ts';

/** Reports every finding as `file:line:column severity code: message (hint)`, with the file's path from the working folder. */
export function sayProblems(problems: readonly Problem[], settings: Settings): void {
  for (const finding of problems) settings.report.warn(problemLine(finding, settings));
}

/** Returns a finding as one line for people. */
export function problemLine(finding: Problem, settings: Settings): string {
  const { message, hint } = describeProblem(finding);
  const file = pathFromHere(path.join(settings.folders.content, finding.file));
  // Text from content may contain line breaks: its lines must not look like other findings.
  return `${file}:${finding.line}:${finding.column} ${finding.severity} ${finding.code}: ${message}; ${hint}`.replace(/\s*[\r\n]\s*/g, ' ');
}

/** Counts errors and warnings, also in words. */
export function countProblems(problems: readonly Problem[]): { errors: number; warnings: number; words: string } {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  return { errors, warnings, words: `${plural(errors, 'error')}, ${plural(warnings, 'warning')}` };
}

/** Returns, for example, `no errors`, `1 error`, `2 errors`. */
export function plural(count: number, word: string): string {
  return `${count === 0 ? 'no' : count} ${word}${count === 1 ? '' : 's'}`;
}

/** Returns findings for the JSON summary. */
export function problemsAsJson(problems: readonly Problem[]): object[] {
  return problems.map(({ code, severity, file, line, column, args }) => ({
    code,
    severity,
    file,
    line,
    column,
    args,
    ...describeProblem({ code, severity, file, line, column, args } as Problem),
  }));
}
