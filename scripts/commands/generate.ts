import type { Deck } from '../model/deck.ts';
import { EXIT, type ExitCode, type ExpectedError } from '../shared/errors.ts';
import { removeFile, writeAtomic } from '../shared/files.ts';
import { pathFromHere } from '../shared/paths.ts';
import { type DeckOutcome, makeDecks, orphanedDecks } from './decks.ts';
import { whileLockedIfOpen } from './folder-lock.ts';
import { countProblems, problemsAsJson, sayProblems } from './problems.ts';
import type { Settings } from './settings.ts';
import { loadWorkspace, type Workspace } from './workspace.ts';

export interface Generated {
  workspace: Workspace;
  outcomes: DeckOutcome[];
  /** Decks in the slides folder whose theme is gone. */
  orphans: string[];
  failed: boolean;
}

/** Content to decks in the slides folder; with `check` nothing is written and a stale deck is a failure. */
export async function generate(themes: string[], { check }: { check: boolean }, settings: Settings): Promise<ExitCode> {
  const generated = check ? await generateDecks(themes, { write: false }, settings) : await writeDecks(themes, settings);
  const stale = check ? sayStale(generated, settings) : [];
  const exitCode = generated.failed || stale.length > 0 ? EXIT.failed : EXIT.done;
  settings.report.summary({
    command: 'generate',
    exitCode,
    decks: generated.outcomes.map((outcome) => deckAsJson(outcome, check)),
    ...(check ? { stale } : {}),
    problems: problemsAsJson(generated.workspace.problems),
  });
  return exitCode;
}

/** Generates while no other run writes to the slides folder; `said` has the report for all but the waiting. */
export async function writeDecks(themes: string[], settings: Settings, said = settings): Promise<Generated> {
  return whileLockedIfOpen(settings.folders.slides, settings, () => generateDecks(themes, { write: true }, said));
}

/** Reads, plans, renders and, unless told otherwise, writes what has changed. Says problems and one line for each deck. */
async function generateDecks(themes: string[], { write }: { write: boolean }, settings: Settings): Promise<Generated> {
  const { report } = settings;
  const workspace = await loadWorkspace(settings);
  sayProblems(workspace.problems, settings);
  const outcomes = await makeDecks(workspace, themes, settings);
  const orphans = themes.length === 0 ? await orphanedDecks(workspace, settings) : [];
  for (const outcome of outcomes) {
    if (write && outcome.state === 'ready' && outcome.markdown !== outcome.current) await writeAtomic(outcome.file, outcome.markdown);
    // Text under embargo or taken back to a draft must not stay in a file that gets committed.
    if (write && outcome.state === 'empty' && outcome.current !== null) await removeFile(outcome.file);
    const line = describeOutcome(outcome, write);
    if (isAmiss(outcome)) report.warn(line);
    else report.say(line);
    if (outcome.state === 'ready') for (const slide of outcome.deck.overfull) report.warn(describeOverfull(slide));
  }
  for (const file of write ? orphans : []) {
    await removeFile(file);
    report.say(`- ${pathFromHere(file)} removed: its theme is gone`);
  }
  const failed = countProblems(workspace.problems).errors > 0 || outcomes.some(isAmiss);
  return { workspace, outcomes, orphans, failed };
}

/** Whether the deck is missing something that the content or a template is to blame for. */
export function isAmiss({ state }: DeckOutcome): boolean {
  return state === 'held' || state === 'failed';
}

/** One line for people. */
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
      const earlier = isFirst ? 'there is no earlier version' : 'the last good version stays';
      return `✗ ${file} not generated: ${outcome.because.join(', ')} ${have} errors; ${earlier}`;
    }
    case 'failed':
      return `✗ ${file} not generated: ${describeError(outcome.error)}`;
    case 'ready':
      return `✓ ${file} ${outcome.deck.slides.length} slides, ${changeOf(outcome.current, outcome.markdown, write)}`;
  }
}

/** Said before the export, which measures in the browser and refuses such a slide. */
function describeOverfull({ slide, file, pixels }: Deck['overfull'][number]): string {
  const where = file === null ? slide : `${slide}, ${file}`;
  return `  slide ${where}: about ${pixels} px too large and cannot be divided; shorten its table, figure or longest word`;
}

function changeOf(current: string | null, markdown: string, write: boolean): string {
  if (current === null) return 'new';
  if (current === markdown) return 'unchanged';
  return write ? 'changed' : 'stale';
}

/** Why there is no deck to be exported; null where there is to be none. */
export function whyNotReady(outcome: DeckOutcome): string | null {
  if (outcome.state === 'failed') return outcome.error.message;
  return outcome.state === 'held' ? `content with errors belongs to it: ${outcome.because.join(', ')}` : null;
}

function describeError({ message, hint }: ExpectedError): string {
  return hint === null ? message : `${message}; ${hint}`;
}

function sayStale({ outcomes, orphans }: Generated, { report }: Settings): string[] {
  const again = 'run: npm run briefdeck -- generate';
  const stale: string[] = [];
  for (const outcome of outcomes) {
    const what = staleness(outcome);
    if (what === null) continue;
    stale.push(outcome.file);
    report.warn(`${pathFromHere(outcome.file)} ${what}; ${again}`);
  }
  for (const file of orphans) report.warn(`${pathFromHere(file)} has no theme any more; ${again}`);
  return [...stale, ...orphans].map(pathFromHere);
}

function staleness(outcome: DeckOutcome): string | null {
  const { state, current } = outcome;
  if (state === 'empty') return current === null ? null : 'may not be published any more';
  if (state !== 'ready' || outcome.markdown === current) return null;
  return current === null ? 'is missing' : 'no longer matches the content';
}

function deckAsJson(outcome: DeckOutcome, check: boolean): object {
  const { theme, lang, name, file, state } = outcome;
  const base = { theme, lang, name, file: pathFromHere(file) };
  if (outcome.state === 'held') return { ...base, state, because: outcome.because };
  if (outcome.state === 'failed') return { ...base, state, reason: outcome.error.message };
  if (outcome.state === 'empty') return { ...base, state };
  const fresh = outcome.current === outcome.markdown;
  return { ...base, state: fresh ? 'unchanged' : check ? 'stale' : 'written', slides: outcome.deck.slides.length };
}
