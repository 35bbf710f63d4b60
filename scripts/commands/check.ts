import { EXIT, type ExitCode } from '../shared/errors.ts';
import { countProblems, plural, problemsAsJson, sayProblems } from './problems.ts';
import type { Settings } from './settings.ts';
import { loadWorkspace } from './workspace.ts';

/** Reports all problems of the content. Exit code 1 when there is an error. */
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
  const suggested = exchanges.filter((exchange) => exchange.suggested.length > 0).length;
  const waiting = suggested === 0 ? '' : `; ${plural(suggested, 'exchange')} with suggested tags (status lists them)`;
  settings.report.say(`checked ${counts.join(', ')}: ${words}${waiting}`);
  const exitCode = errors > 0 ? EXIT.failed : EXIT.done;
  settings.report.summary({ command: 'check', exitCode, errors, warnings, suggested, problems: problemsAsJson(problems) });
  return exitCode;
}
