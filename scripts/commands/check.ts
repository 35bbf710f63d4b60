import { EXIT, type ExitCode } from '../shared/errors.ts';
import { countProblems, plural, problemsAsJson, sayProblems } from './problems.ts';
import type { Settings } from './settings.ts';
import { loadWorkspace } from './workspace.ts';

/** All problems of the content. Exit code 1 when there is an error. */
export async function check(settings: Settings): Promise<ExitCode> {
  const { corpus, problems } = await loadWorkspace(settings);
  sayProblems(problems, settings);
  const { errors, warnings, words } = countProblems(problems);
  const { interviews, exchanges, themes, terms } = corpus;
  const counts = [
    plural(interviews.length, 'interview'),
    plural(exchanges.length, 'exchange'),
    plural(themes.length, 'theme'),
    plural(terms.length, 'term'),
  ];
  settings.report.say(`checked ${counts.join(', ')}: ${words}`);
  const exitCode = errors > 0 ? EXIT.failed : EXIT.done;
  settings.report.summary({ command: 'check', exitCode, errors, warnings, problems: problemsAsJson(problems) });
  return exitCode;
}
