import path from 'node:path';
import { briefingName } from '../plan/context.ts';
import { EXIT, type ExitCode } from '../shared/errors.ts';
import { pathFromHere } from '../shared/paths.ts';
import { type DeckOutcome, whyNotReady } from './decks.ts';
import { loadSince, type Since, sinceAsJson } from './earlier.ts';
import { EarlySession } from './early-session.ts';
import { briefingRequests } from './format-briefing.ts';
import { slidesRequest } from './format-slides.ts';
import { type Generated, writeDecks } from './generate.ts';
import { type ExportOptions, exportOutputs, type NotTried, resultAsJson } from './outputs.ts';
import { glyphsOf } from './prepare-job.ts';
import { countProblems, problemsAsJson } from './problems.ts';
import type { Settings } from './settings.ts';

/** The main job: check, generate, export. Decks that fail on the way cost no other deck. */
export async function brief(themes: string[], options: ExportOptions & { since: string | null }, settings: Settings): Promise<ExitCode> {
  const since = await loadSince(options.since, settings);
  const early = new EarlySession(options, settings);
  try {
    const generated = await writeDecks(themes, since, settings, { wanted: (file) => early.start(file) });
    return await exportGenerated(generated, since, { ...options, session: early.opened }, settings);
  } finally {
    await early.close();
  }
}

async function exportGenerated(
  { workspace, outcomes, orphans, failed }: Generated,
  since: Since | null,
  options: ExportOptions,
  settings: Settings,
): Promise<ExitCode> {
  const { report } = settings;
  const { formats, dark, paper } = options;
  const hasGlyph = glyphsOf(path.join(settings.folders.templates, 'theme'));
  const ready = outcomes.filter(({ state }) => state === 'ready');
  const slides = formats.includes('slides') ? ready.map(({ file }) => slidesRequest(file, dark, hasGlyph, settings)) : [];
  const briefings = briefingRequests(outcomes, workspace, paper, settings);
  const asked = [...slides, ...(formats.includes('briefing') ? briefings.requests : [])];
  const without = orphans.map((file) => path.basename(file, '.md')).flatMap((name) => [`${name}.pdf`, `${briefingName(name)}.pdf`]);
  const notTried: NotTried = {
    ...Object.fromEntries(without.map((name) => [name, null])),
    ...(formats.includes('slides') ? Object.fromEntries(others(outcomes)) : {}),
    ...(formats.includes('briefing') ? briefings.notTried : {}),
  };
  const results = await exportOutputs(asked, options, settings, notTried);

  const made = results.flatMap((result) => (result.status === 'failed' ? [] : [result]));
  // What may not be published is no deck that is missing.
  const wanted = outcomes.filter(({ state }) => state !== 'empty').length * formats.length;
  const { words } = countProblems(workspace.problems);
  report.say(`\n${made.length} of ${wanted} PDFs are in ${pathFromHere(settings.folders.out)}; the content has ${words}`);
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

function others(outcomes: readonly DeckOutcome[]): [string, string | null][] {
  return outcomes.filter(({ state }) => state !== 'ready').map((outcome) => [`${outcome.name}.pdf`, whyNotReady(outcome)]);
}
