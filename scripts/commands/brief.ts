import path from 'node:path';
import { countPages, describeFormats } from '../export/run/output-file.ts';
import { EXIT, type ExitCode } from '../shared/errors.ts';
import { pathFromHere } from '../shared/paths.ts';
import { consentOf } from './consent.ts';
import { type DeckOutcome, whyNotReady } from './decks/deck-outcome.ts';
import type { DeckPlace } from './decks/deck-place.ts';
import { deckRequests } from './decks/deck-requests.ts';
import { sayStrangers, writeDecks } from './generate.ts';
import { loadSince, sinceAsJson } from './load-earlier.ts';
import { EarlySession } from './outputs/early-session.ts';
import { bookRequests } from './outputs/format-book.ts';
import { briefingRequests } from './outputs/format-briefing.ts';
import { type Format, fileOf, filesOf } from './outputs/output-formats.ts';
import { type ExportOptions, exportOutputs, type NotTried, resultAsJson } from './outputs/outputs.ts';
import { countProblems, problemsAsJson } from './problems.ts';
import type { Settings } from './settings.ts';

/** The main job: check, generate, export. Decks that fail on the way cost no other deck. */
export async function brief(themes: string[], options: ExportOptions & { since: string | null }, settings: Settings): Promise<ExitCode> {
  const early = new EarlySession(options.browser, settings);
  try {
    return await generateAndExport(themes, { ...options, early }, settings);
  } finally {
    await early.close();
  }
}

async function generateAndExport(
  themes: string[],
  options: ExportOptions & { since: string | null; early: EarlySession },
  settings: Settings,
): Promise<ExitCode> {
  const { report } = settings;
  const since = await loadSince(options.since, settings);
  // A deck that is planned anew is most probably another one, and then there is something to export.
  const planning = ({ file }: DeckPlace) => options.early.start(file);
  const { workspace, outcomes, orphans, failed } = await writeDecks(themes, since, settings, { planning });
  const { formats, paper } = options;
  const ready = outcomes.filter(({ state }) => state === 'ready').map(({ file }) => file);
  const ofDecks = deckRequests(ready, options, settings);
  const briefings = briefingRequests(outcomes, workspace, paper, settings);
  const books = options.book ? bookRequests(outcomes, workspace, paper, settings) : NO_BOOKS;
  const asked = [...ofDecks, ...(formats.includes('briefing') ? briefings.requests : []), ...books.requests];
  const without = orphans.flatMap((file) => filesOf(path.basename(file, '.md')));
  const notTried: NotTried = {
    ...Object.fromEntries(without.map((name) => [name, null])),
    ...Object.fromEntries(formats.filter((format) => format !== 'briefing').flatMap((format) => others(outcomes, format))),
    ...(formats.includes('briefing') ? briefings.notTried : {}),
    ...books.notTried,
  };
  const results = await exportOutputs(asked, { ...options, consent: consentOf(async () => workspace.corpus) }, settings, notTried);

  const made = results.flatMap((result) => (result.status === 'failed' ? [] : [result]));
  // What may not be published is no deck that is missing.
  const wanted = outcomes.filter(({ state }) => state !== 'empty').length * formats.length + books.requests.length;
  const { words } = countProblems(workspace.problems);
  report.say(
    `\n${made.length} of ${wanted} ${describeFormats(formats)} are in ${pathFromHere(settings.folders.out)}; the content has ${words}`,
  );
  for (const { file, format, pages, status } of made) {
    report.say(`  ${pathFromHere(file)}  ${countPages(format, pages)}${status === 'fresh' ? ', unchanged' : ''}`);
  }
  // What was made anew in this run is known by now.
  const strangers = await sayStrangers(workspace, settings);
  const exitCode = failed || made.length < wanted || strangers.length > 0 ? EXIT.failed : EXIT.done;
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
function others(outcomes: readonly DeckOutcome[], format: Format): [string, string | null][] {
  return outcomes.filter(({ state }) => state !== 'ready').map((outcome) => [fileOf(format, outcome.name), whyNotReady(outcome)]);
}
