import path from 'node:path';
import { EXIT, type ExitCode } from '../shared/errors.ts';
import { pathFromHere } from '../shared/paths.ts';
import { loadSince, sinceAsJson } from './earlier.ts';
import { type ExportOptions, exportDeckFiles, type NotTried, resultAsJson } from './export.ts';
import { whyNotReady, writeDecks } from './generate.ts';
import { countProblems, problemsAsJson } from './problems.ts';
import type { Settings } from './settings.ts';

/** The main job: check, generate, export. Decks that fail on the way cost no other deck. */
export async function brief(themes: string[], options: ExportOptions & { since: string | null }, settings: Settings): Promise<ExitCode> {
  const { report } = settings;
  const since = await loadSince(options.since, settings);
  const { workspace, outcomes, orphans, failed } = await writeDecks(themes, since, settings);
  const ready = outcomes.filter(({ state }) => state === 'ready').map(({ file }) => file);
  const without = orphans.map((file) => [`${path.basename(file, '.md')}.pdf`, null]);
  const others = outcomes.filter(({ state }) => state !== 'ready').map((outcome) => [`${outcome.name}.pdf`, whyNotReady(outcome)]);
  const notTried: NotTried = Object.fromEntries([...without, ...others]);
  const results = await exportDeckFiles(ready, options, settings, notTried);

  const made = results.flatMap((result) => (result.status === 'failed' ? [] : [result]));
  // What may not be published is no deck that is missing.
  const wanted = outcomes.filter(({ state }) => state !== 'empty').length;
  const { words } = countProblems(workspace.problems);
  report.say(`\n${made.length} of ${wanted} decks are in ${pathFromHere(settings.folders.out)} as PDF; the content has ${words}`);
  for (const { file, pages, status } of made) {
    report.say(`  ${pathFromHere(file)}  ${pages} pages${status === 'fresh' ? ', unchanged' : ''}`);
  }
  const exitCode = failed || made.length < wanted ? EXIT.failed : EXIT.done;
  report.summary({
    command: 'brief',
    exitCode,
    ...sinceAsJson(since),
    outputs: results.map(resultAsJson),
    problems: problemsAsJson(workspace.problems),
  });
  return exitCode;
}
