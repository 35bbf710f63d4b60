import path from 'node:path';
import { readManifest } from '../export/run/manifest.ts';
import type { WithdrawnOutput } from '../export/run/output-place.ts';
import { outputFile } from '../export/run/output-place.ts';
import { kindOf, removeFile, writeAtomic } from '../shared/disk/files.ts';
import { EXIT, type ExitCode, type ExpectedError } from '../shared/errors.ts';
import { pathFromHere } from '../shared/paths.ts';
import type { DeckSummary } from './decks/deck-making.ts';
import { type DeckOutcome, mustGo } from './decks/deck-outcome.ts';
import { makeDecks, orphanedDecks, type Steps } from './decks/decks.ts';
import { deckStaleness, describeStaleness } from './decks/staleness.ts';
import { describeStranger, describeWithdrawn, strangersThatName, withdraw } from './decks/withdraw.ts';
import { whileLockedIfOpen } from './folder-lock.ts';
import type { Warm } from './live/warm.ts';
import { loadSince, type Since, sinceAsJson } from './load-earlier.ts';
import { loadFormats } from './outputs/output-formats.ts';
import { describePdf, type OutputState, statesOf } from './outputs/pdf-staleness.ts';
import { countProblems, problemsAsJson, sayProblems } from './problems.ts';
import type { Settings } from './settings.ts';
import { loadWorkspace, type Workspace } from './workspace.ts';

export interface Generated {
  workspace: Workspace;
  outcomes: DeckOutcome[];
  /** Decks in the slides folder whose theme no longer exists. */
  orphans: string[];
  /** Outputs that were removed because they may no longer be published. */
  withdrawn: WithdrawnOutput[];
  failed: boolean;
}

/** Generates the decks of the content. With `check` nothing is written, and a stale deck is a failure. */
export async function generate(
  themes: string[],
  { check, since: asked }: { check: boolean; since: string | null },
  settings: Settings,
): Promise<ExitCode> {
  const since = await loadSince(asked, settings);
  const generated = check ? await generateDecks(themes, { write: false, since }, settings) : await writeDecks(themes, since, settings);
  const found = check ? await sayStale(generated, themes.length === 0, settings) : null;
  const strangers = check ? [] : await sayStrangers(generated.workspace, settings);
  const exitCode = generated.failed || strangers.length > 0 || (found?.stale.length ?? 0) > 0 ? EXIT.failed : EXIT.done;
  settings.report.summary({
    command: 'generate',
    exitCode,
    ...sinceAsJson(since),
    decks: generated.outcomes.map((outcome) => deckAsJson(outcome, check)),
    ...found,
    problems: problemsAsJson(generated.workspace.problems),
  });
  return exitCode;
}

/** Reports files in the out folder that contain a withheld name and are not ours to remove. */
export async function sayStrangers(workspace: Workspace, settings: Settings): Promise<string[]> {
  const strangers = await strangersThatName(workspace, settings);
  for (const file of strangers) settings.report.warn(describeStranger(file));
  return strangers;
}

/** Generates while no other run writes to the slides folder. `said` has the report for everything except waiting. */
export async function writeDecks(
  themes: string[],
  since: Since | null,
  settings: Settings,
  { said = settings, warm = null, planning }: { said?: Settings; warm?: Warm | null; planning?: Steps['planning'] } = {},
): Promise<Generated> {
  return whileLockedIfOpen(settings.folders.slides, settings, () =>
    generateDecks(themes, { write: true, since, warm, ...(planning === undefined ? {} : { planning }) }, said),
  );
}

/** Reads, plans, renders and, unless `check` is set, writes what has changed. Reports problems and one line for each deck. */
async function generateDecks(
  themes: string[],
  {
    write,
    since,
    warm = null,
    planning = async () => {},
  }: { write: boolean; since: Since | null; warm?: Warm | null; planning?: Steps['planning'] },
  settings: Settings,
): Promise<Generated> {
  const { report } = settings;
  const workspace = await loadWorkspace(settings, since, warm);
  // A long-lived process reports only new problems, and does so itself.
  if (warm === null) sayProblems(workspace.problems, settings);
  const orphans = themes.length === 0 ? await orphanedDecks(workspace, settings) : [];
  const withdrawn: WithdrawnOutput[] = [];
  const say = (outcome: DeckOutcome) => {
    const line = describeOutcome(outcome, write);
    if (isAmiss(outcome)) report.warn(line);
    else report.say(line);
    if (outcome.state === 'ready') for (const slide of outcome.deck.overfull) report.warn(describeOverfull(slide));
  };
  const steps: Steps = {
    // Comes first, so that content that may no longer be published is removed even if a later step fails.
    judged: async (decks) => {
      withdrawn.push(...(await withdraw(decks, workspace, settings)));
      for (const each of withdrawn) report.warn(describeWithdrawn(each));
    },
    planning,
    made: async (outcome) => {
      if (outcome.state === 'ready' && !outcome.unchanged) await writeAtomic(outcome.file, await outcome.markdown());
      // Planning can fail for a deck whose current version must not stay.
      if (outcome.state === 'failed' && mustGo(outcome) && (await kindOf(outcome.file)) !== 'nothing') await removeFile(outcome.file);
      say(outcome);
    },
  };
  const outcomes = await makeDecks(workspace, themes, settings, write ? steps : null);
  if (!write) for (const outcome of outcomes) say(outcome);
  for (const file of write ? orphans : []) {
    await removeFile(file);
    report.say(`- ${pathFromHere(file)} removed: its theme is gone`);
  }
  const isLeft = withdrawn.some(({ state }) => state === 'kept');
  const failed = countProblems(workspace.problems).errors > 0 || outcomes.some(isAmiss) || isLeft;
  return { workspace, outcomes, orphans, withdrawn, failed };
}

/** Returns whether the deck is missing because of a fault in the content or a template. */
export function isAmiss({ state }: DeckOutcome): boolean {
  return state === 'held' || state === 'failed';
}

/** Returns one line for people. */
export function describeOutcome(outcome: DeckOutcome, write: boolean): string {
  const file = pathFromHere(outcome.file);
  const isFirst = outcome.current === null;
  switch (outcome.state) {
    case 'empty': {
      const earlier = isFirst ? '' : write ? '; the earlier version is removed' : '; an earlier version is still there';
      return `- ${file} not generated: nothing in it may be published${earlier}`;
    }
    case 'held': {
      const have = outcome.because.length === 1 ? 'has' : 'have';
      return `✗ ${file} not generated: ${outcome.because.join(', ')} ${have} errors; ${lastVersion(outcome, write)}`;
    }
    case 'failed':
      return `✗ ${file} not generated: ${describeError(outcome.error)}${mustGo(outcome) ? `; ${lastVersion(outcome, write)}` : ''}`;
    case 'ready':
      return `✓ ${file} ${outcome.deck.slides} slides, ${changeOf(isFirst, outcome.unchanged, write)}${sinceThen(outcome.deck)}`;
  }
}

/** Describes what happens to the existing deck when no new one can be made. */
function lastVersion(outcome: DeckOutcome, write: boolean): string {
  if (outcome.current === null) return 'there is no earlier version';
  if (!mustGo(outcome)) return 'the last good version stays';
  return `the last version ${write ? 'is removed' : 'has to go'}, for it shows what may not be published: ${outcome.forbidden.join(', ')}`;
}

function sinceThen({ changes }: DeckSummary): string {
  return changes === null ? '' : `; since then ${changes.new} new, ${changes.changed} changed, ${changes.gone} gone`;
}

/** A warning before the export, which measures in the browser and rejects such a slide. */
function describeOverfull({ slide, file, pixels }: DeckSummary['overfull'][number]): string {
  const where = file === null ? slide : `${slide}, ${file}`;
  return `  slide ${where}: about ${pixels} px too large and cannot be divided; shorten its table, figure or longest word`;
}

function changeOf(isFirst: boolean, unchanged: boolean, write: boolean): string {
  if (isFirst) return 'new';
  if (unchanged) return 'unchanged';
  return write ? 'changed' : 'stale';
}

function describeError({ message, hint }: ExpectedError): string {
  return hint === null ? message : `${message}; ${hint}`;
}

/** Reports why each deck is stale, and which earlier outputs are. Stale outputs are not a failure, because only decks are kept in git. */
async function sayStale(
  { workspace, outcomes, orphans }: Generated,
  isWhole: boolean,
  settings: Settings,
): Promise<{ stale: object[]; stalePdfs: object[] }> {
  const { report, folders } = settings;
  const decks = [
    ...(await Promise.all(outcomes.map(deckStaleness))).flatMap((why, index) =>
      why === null ? [] : [{ deck: pathFromHere(outcomes[index]?.file ?? ''), why }],
    ),
    ...orphans.map((file) => ({ deck: pathFromHere(file), why: { reason: 'no-theme' } as const })),
  ];
  for (const { deck, why } of decks) report.warn(`${deck} ${describeStaleness(why)}; run: npm run briefdeck -- generate`);
  const outputs = await readManifest(folders.out);
  const stalePdfs: object[] = [];
  const sayPdfs = (states: readonly OutputState[]) => {
    for (const { format, name, state } of states) {
      if (state.state === 'missing' || state.state === 'fresh') continue;
      const pdf = pathFromHere(path.join(folders.out, outputFile(format, name)));
      stalePdfs.push({ pdf, ...state });
      report.say(`${pdf} is ${describePdf({ format, state })}; run: npm run brief`);
    }
  };
  const formats = await loadFormats();
  const [ofDecks, ofLanguages] = [formats.filter(({ per }) => per === 'deck'), formats.filter(({ per }) => per === 'language')];
  for (const outcome of outcomes) for (const format of ofDecks) sayPdfs(await statesOf(format, [outcome], workspace, outputs, settings));
  for (const format of isWhole ? ofLanguages : []) sayPdfs(await statesOf(format, outcomes, workspace, outputs, settings));
  return { stale: decks, stalePdfs };
}

function deckAsJson(outcome: DeckOutcome, check: boolean): object {
  const { theme, lang, name, file, state } = outcome;
  const base = { theme, lang, name, file: pathFromHere(file), ...(outcome.forbidden.length > 0 ? { forbidden: outcome.forbidden } : {}) };
  if (outcome.state === 'held') return { ...base, state, because: outcome.because };
  if (outcome.state === 'failed') return { ...base, state, reason: outcome.error.message };
  if (outcome.state === 'empty') return { ...base, state };
  const { slides, changes } = outcome.deck;
  return {
    ...base,
    state: outcome.unchanged ? 'unchanged' : check ? 'stale' : 'written',
    slides,
    ...(changes === null ? {} : { changes }),
  };
}
