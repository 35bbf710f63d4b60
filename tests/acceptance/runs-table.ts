/** Prints the runs of the acceptance tests as a table when all tests are done. */
import type { Reporter, TestModule } from 'vitest/node';
import type { Run } from './runs.ts';

export default class RunsTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const runs: (Run & { state: string })[] = [];
    const skipped: string[] = [];
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state, note } = { note: undefined, ...test.result() };
        runs.push(...(test.meta().runs ?? []).map((run) => ({ ...run, state: state === 'passed' ? '✓' : '✗' })));
        if (state === 'skipped' && note !== undefined && module.moduleId.includes('/acceptance/')) skipped.push(`- ${test.name}: ${note}`);
      }
    }
    if (runs.length === 0 && skipped.length === 0) return;
    const rows = [
      ['', 'run', 'form', 'Node', 'browser', 'first', 'second', 'seconds'],
      ...runs.map((run) => [run.state, run.name, run.form, run.node, run.browser, `${run.first}`, `${run.second}`, run.seconds.toFixed(1)]),
    ];
    const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
    const lines = rows.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
    process.stdout.write(`\n${['Acceptance: every line twice, with the exit codes', ...lines, ...skipped].join('\n')}\n`);
  }
}
