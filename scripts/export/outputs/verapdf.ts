/** Asks veraPDF (verapdf.org), the validator of the PDF industry, for its verdict if it is installed. */
import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { parseJson } from '../../shared/disk/files.ts';

export type VeraVerdict =
  | { type: 'verdict'; profile: string; compliant: boolean; failed: FailedRule[] }
  /** veraPDF ran but gave no verdict. */
  | { type: 'none'; reason: string };

export interface FailedRule {
  /** The clause of the standard, such as 7.1. */
  clause: string;
  test: number;
  /** The number of failed checks. */
  checks: number;
  description: string;
}

const rule = z.object({
  clause: z.string(),
  testNumber: z.number(),
  failedChecks: z.number().default(1),
  description: z.string().default(''),
  ruleStatus: z.string().default('FAILED'),
});
const validation = z.object({
  profileName: z.string(),
  compliant: z.boolean(),
  details: z.object({ ruleSummaries: z.array(rule).default([]) }),
});
/** The report of `--format json`: a single validation in early releases, a list since 1.27. */
const report = z.object({
  report: z.object({
    jobs: z.tuple([z.object({ validationResult: z.union([validation, z.array(validation).min(1)]) })]),
  }),
});

/** Returns the path of veraPDF on the PATH, or null. */
export async function findVeraPdf(env: NodeJS.ProcessEnv): Promise<string | null> {
  const name = process.platform === 'win32' ? 'verapdf.bat' : 'verapdf';
  for (const folder of (env.PATH ?? '').split(path.delimiter).filter((each) => each !== '')) {
    const file = path.join(folder, name);
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return null;
}

/** Validates a file against PDF/UA-1. Waits at most `timeout` ms. Throws the signal's reason when it is aborted. */
export async function askVeraPdf(
  program: string,
  file: string,
  { timeout, signal }: { timeout: number; signal: AbortSignal },
): Promise<VeraVerdict> {
  signal.throwIfAborted();
  const { stdout, error } = await run(program, ['--flavour', 'ua1', '--format', 'json', file], { timeout, signal });
  signal.throwIfAborted();
  if (error?.killed === true) return { type: 'none', reason: `it was not finished after ${timeout / 1000} s` };
  // The exit code is 1 for a file that is not compliant, so only the report counts.
  const parsed = report.safeParse(parseJson(stdout));
  if (!parsed.success) return { type: 'none', reason: error === null ? 'its report is not understood' : firstLine(error.message) };
  const results = [parsed.data.report.jobs[0].validationResult].flat();
  const [first] = results;
  if (first === undefined) return { type: 'none', reason: 'its report is empty' };
  const failed = results.flatMap(({ details }) => details.ruleSummaries).filter(({ ruleStatus }) => ruleStatus.toUpperCase() === 'FAILED');
  return {
    type: 'verdict',
    profile: first.profileName.replace(/ validation profile$/, ''),
    compliant: results.every(({ compliant }) => compliant),
    failed: failed.map(({ clause, testNumber, failedChecks, description }) => ({
      clause,
      test: testNumber,
      checks: failedChecks,
      description,
    })),
  };
}

/** Describes a verdict. */
export function describeVerdict(verdict: VeraVerdict): string {
  if (verdict.type === 'none') return `veraPDF gave no verdict: ${verdict.reason}`;
  const { profile, compliant, failed } = verdict;
  if (compliant) return `veraPDF: compliant with ${profile}`;
  const rules = failed.map(({ clause, test }) => `${clause}-${test}`);
  return `veraPDF: not compliant with ${profile}; rules that fail: ${rules.join(', ')}`;
}

interface Ran {
  stdout: string;
  error: (Error & { killed?: boolean }) | null;
}

function run(program: string, args: readonly string[], { timeout, signal }: { timeout: number; signal: AbortSignal }): Promise<Ran> {
  return new Promise((resolve) => {
    // On Windows a .bat file needs a shell.
    const shell = process.platform === 'win32';
    execFile(program, [...args], { timeout, signal, shell, maxBuffer: 64 * 1024 * 1024 }, (error, stdout) => resolve({ stdout, error }));
  });
}

const firstLine = (text: string) => text.split('\n')[0] ?? '';
