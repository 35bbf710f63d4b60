/** Arguments, exit codes and signals. The only place that ends the process. */
import { parseArguments } from './commands/arguments.ts';
import { asSystemError, asWriteError, codeOf, EXIT, type ExitCode, ExpectedError } from './shared/errors.ts';
import { keepOwnRights, lowLimit } from './shared/limits.cjs';
import { printable } from './shared/report.ts';
import { traceToSources } from './shared/source-trace.ts';

keepOwnRights();
// Errors that a library leaves unhandled, for example when there is no memory for a thread. The state of the program is unknown then, so it
// ends at once.
process.on('uncaughtException', (error) => process.exit(explain(error)));

const abort = new AbortController();
for (const [signal, code] of [
  ['SIGINT', EXIT.interrupted],
  ['SIGTERM', EXIT.terminated],
  // The terminal was closed.
  ['SIGHUP', EXIT.hungUp],
] as const) {
  process.once(signal, () => {
    // A second signal of the same kind ends the process at once, as the system does by default.
    abort.abort(new ExpectedError(`interrupted by ${signal}; files already finished are kept`, { exitCode: code }));
  });
}

let summaryLost: unknown = null;
process.stdout.on('error', (error) => {
  // EPIPE means that the reader has closed the pipe, for example `| head`, and needs no more output.
  if (codeOf(error) !== 'EPIPE') summaryLost = error;
});
// When stderr is closed, the run continues.
process.stderr.on('error', () => {});

void run();

async function run(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2));
  // Slidev and the browser may leave handles open. Everything of ours is awaited by now.
  await written(process.stdout);
  if (summaryLost !== null) process.exitCode = explain(asWriteError(summaryLost, 'to stdout'));
  // A pipe needs time for thousands of findings.
  await written(process.stderr);
  process.exit();
}

function written(stream: NodeJS.WriteStream): Promise<unknown> {
  return new Promise((resolve) => stream.write('', resolve));
}

async function main(argv: readonly string[]): Promise<ExitCode> {
  try {
    const parsed = parseArguments(argv, { out: process.stdout, err: process.stderr, env: process.env, signal: abort.signal });
    return parsed.type === 'done' ? parsed.exitCode : await parsed.run();
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): ExitCode {
  const cause = abort.signal.aborted ? abort.signal.reason : asSystemError(error);
  if (cause instanceof ExpectedError) {
    const usage = cause.exitCode === EXIT.usage ? 'usage: ' : '';
    warn(`${usage}${cause.message}${cause.hint === null ? '' : `\n  ${cause.hint}`}`);
    return cause.exitCode;
  }
  const low = lowLimit('start') ?? lowLimit('browser');
  if (low !== null) {
    warn(`${low.reason}\n  ${low.hint}`);
    return EXIT.failed;
  }
  warn(
    `This is a bug in Briefdeck; please report it with the lines below.\n${error instanceof Error ? traceToSources(error.stack ?? error.message) : String(error)}`,
  );
  return EXIT.failed;
}

function warn(words: string): void {
  process.stderr.write(`${printable(words)}\n`);
}
