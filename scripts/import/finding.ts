/** A finding about an imported file. Holds data only; its texts are in finding-text.ts. */
import type { Place, Severity } from '../model/problems/problem.ts';
import type { FindingArgs } from './finding-text.ts';

export type FindingCode = keyof FindingArgs;

/** An error means that something of the file was left out. A warning means that nothing was, but a person should check. */
export type ImportFinding = {
  [C in FindingCode]: Place & { code: C; severity: Severity; args: FindingArgs[C] };
}[FindingCode];
