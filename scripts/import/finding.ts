/** A finding about an imported file. Data only: what it says in words is decided in finding-text.ts. */
import type { Place, Severity } from '../model/problems/problem.ts';
import type { FindingArgs } from './finding-text.ts';

export type FindingCode = keyof FindingArgs;

/** An error: something of the file was left out. A warning: nothing was, yet a person should look. */
export type ImportFinding = {
  [C in FindingCode]: Place & { code: C; severity: Severity; args: FindingArgs[C] };
}[FindingCode];
