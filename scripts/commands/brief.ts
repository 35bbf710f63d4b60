import path from 'node:path';
import { briefingName, handoutName } from '../plan/context.ts';
import { EXIT, type ExitCode } from '../shared/errors.ts';
import { pathFromHere } from '../shared/paths.ts';
import { type DeckOutcome, whyNotReady } from './decks.ts';
import { loadSince, sinceAsJson } from './earlier.ts';
import { bookRequests } from './format-book.ts';
import { briefingRequests } from './format-briefing.ts';
import { handoutRequest } from './format-handout.ts';
import { slidesRequest } from './format-slides.ts';
import { writeDecks } from './generate.ts';
import { type ExportOptions, exportOutputs, type NotTried, resultAsJson } from './outputs.ts';
import { glyphsOf } from './prepare-job.ts';
import { countProblems, problemsAsJson } from './problems.ts';
import type { Settings } from './settings.ts';

/** The main job: check, generate, export. Decks that fail on the way cost no other deck. */
export async function brief(themes: string[], options: ExportOptions & { since: string | null }, settings: Settings): Promise<ExitCode> {
  const { report } = settings;
  const since = await loadSince(options.since, settings);
  const { workspace, outcomes, orphans, failed } = await writeDecks(themes, since, settings);
  const { formats, dark, paper } = options;
  const hasGlyph = glyphsOf(path.join(settings.folders.templates, 'theme'));
  const ready = outcomes.filter(({ state }) => state === 'ready');
  const slides = formats.includes('slides') ? ready.map(({ file }) => slidesRequest(file, dark, hasGlyph, settings)) : [];
  const handouts = formats.includes('handout') ? ready.map(({ file }) => handoutRequest(file, { size: paper, hasGlyph, settings })) : [];
  const briefings = briefingRequests(outcomes, workspace, paper, settings);
  const books = options.book ? bookRequests(outcomes, workspace, paper, settings) : NO_BOOKS;
  const asked = [...slides, ...handouts, ...(formats.includes('briefing') ? briefings.requests : []), ...books.requests];
  const without = orphans.map((file) => path.basename(file, '.md')).flatMap((name) => [name, briefingName(name), handoutName(name)]);
  const notTried: NotTried = {
    ...Object.fromEntries(without.map((name) => [`${name}.pdf`, null])),
    ...(formats.includes('slides') ? others(outcomes, (name) => name) : {}),
    ...(formats.includes('handout') ? others(outcomes, handoutName) : {}),
    ...(formats.includes('briefing') ? briefings.notTried : {}),
    ...books.notTried,
  };
  const results = await exportOutputs(asked, options, settings, notTried);

  const made = results.flatMap((result) => (result.status === 'failed' ? [] : [result]));
  // What may not be published is no deck that is missing.
  const wanted = outcomes.filter(({ state }) => state !== 'empty').length * formats.length + books.requests.length;
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

const NO_BOOKS: ReturnType<typeof bookRequests> = { requests: [], notTried: {} };

/** What is made of decks that there are not, by the name that it would have. */
function others(outcomes: readonly DeckOutcome[], nameOf: (deck: string) => string): NotTried {
  const missing = outcomes.filter(({ state }) => state !== 'ready');
  return Object.fromEntries(missing.map((outcome) => [`${nameOf(outcome.name)}.pdf`, whyNotReady(outcome)]));
}
