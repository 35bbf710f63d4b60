/** Runs a command from its start to its one summary object. */
import { setImmediate } from 'node:timers/promises';
import { EXIT, type ExitCode, ExpectedError } from '../shared/errors.ts';
import { createReport, type ReportOptions } from '../shared/report.ts';
import type { Settings } from './settings.ts';

export interface CommandRun {
  name: string;
  /** Everything except the report, which is created here. */
  settings: Omit<Settings, 'report'>;
  report: ReportOptions;
  action: (settings: Settings) => Promise<ExitCode>;
}

/**
 * Runs a command. Prints the summary of --json at the very end, so that there is exactly one, even when the command throws. Throws what the
 * command throws, and the signal's reason when it is aborted, even at the command's last moment.
 */
export async function runCommand({ name, settings, report: options, action }: CommandRun): Promise<ExitCode> {
  const report = createReport(options);
  let summary: object | null = null;
  const collecting = {
    ...report,
    summary: (object: object) => {
      summary = object;
    },
  };
  try {
    const exitCode = await action({ ...settings, report: collecting });
    // An interrupt during synchronous work is delivered in a later turn of the event loop. One turn may not be enough.
    await setImmediate();
    await setImmediate();
    settings.signal.throwIfAborted();
    report.summary(summary ?? { command: name, exitCode });
    return exitCode;
  } catch (reason) {
    const error: unknown = settings.signal.aborted ? settings.signal.reason : reason;
    report.summary({ command: name, ...describe(error) });
    throw error;
  }
}

function describe(error: unknown): { exitCode: ExitCode; error: string; hint: string | null } {
  if (error instanceof ExpectedError) return { exitCode: error.exitCode, error: error.message, hint: error.hint };
  return { exitCode: EXIT.failed, error: error instanceof Error ? error.message : String(error), hint: null };
}
