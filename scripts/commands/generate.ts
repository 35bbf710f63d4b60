import { EXIT, type ExitCode } from '../shared/errors.ts';
import { removeFile, writeAtomic } from '../shared/files.ts';
import { pathFromHere } from '../shared/paths.ts';
import { type DeckOutcome, makeDecks, orphanedDecks } from './decks.ts';
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
  const generated = await generateDecks(themes, { write: !check }, settings);
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

/** Reads, plans, renders and, unless told otherwise, writes what has changed. Says problems and one line for each deck. */
export async function generateDecks(themes: string[], { write }: { write: boolean }, settings: Settings): Promise<Generated> {
  const { report } = settings;
  const workspace = await loadWorkspace(settings);
  sayProblems(workspace.problems, settings);
  const outcomes = await makeDecks(workspace, themes, settings);
  const orphans = themes.length === 0 ? await orphanedDecks(workspace, settings) : [];
  for (const outcome of outcomes) {
    if (write && outcome.state === 'ready' && outcome.markdown !== outcome.current) await writeAtomic(outcome.file, outcome.markdown);
    const line = describeOutcome(outcome, write);
    if (outcome.state === 'ready') report.say(line);
    else report.warn(line);
  }
  for (const file of write ? orphans : []) {
    await removeFile(file);
    report.say(`- ${pathFromHere(file)} removed: its theme is gone`);
  }
  const failed = countProblems(workspace.problems).errors > 0 || outcomes.some(({ state }) => state !== 'ready');
  return { workspace, outcomes, orphans, failed };
}

function describeOutcome(outcome: DeckOutcome, write: boolean): string {
  const file = pathFromHere(outcome.file);
  switch (outcome.state) {
    case 'held':
      return `✗ ${file} not generated: ${outcome.because.join(', ')} ${outcome.because.length === 1 ? 'has' : 'have'} errors; ${outcome.current === null ? 'there is no earlier version' : 'the last good version stays'}`;
    case 'failed':
      return `✗ ${file} not generated: ${outcome.error.message}${outcome.error.hint === null ? '' : `; ${outcome.error.hint}`}`;
    case 'ready': {
      const change = outcome.current === null ? 'new' : outcome.current === outcome.markdown ? 'unchanged' : write ? 'changed' : 'stale';
      return `✓ ${file} ${outcome.deck.slides.length} slides, ${change}`;
    }
  }
}

function sayStale({ outcomes, orphans }: Generated, { report }: Settings): string[] {
  const stale = outcomes.flatMap((outcome) => (outcome.state === 'ready' && outcome.markdown !== outcome.current ? [outcome] : []));
  for (const { file, current } of stale) {
    report.warn(
      `${pathFromHere(file)} ${current === null ? 'is missing' : 'no longer matches the content'}; run: npm run briefdeck -- generate`,
    );
  }
  for (const file of orphans) report.warn(`${pathFromHere(file)} has no theme any more; run: npm run briefdeck -- generate`);
  return [...stale.map(({ file }) => file), ...orphans].map(pathFromHere);
}

function deckAsJson(outcome: DeckOutcome, check: boolean): object {
  const { theme, lang, name, file, state } = outcome;
  const base = { theme, lang, name, file: pathFromHere(file) };
  if (outcome.state === 'held') return { ...base, state, because: outcome.because };
  if (outcome.state === 'failed') return { ...base, state, reason: outcome.error.message };
  const fresh = outcome.current === outcome.markdown;
  return { ...base, state: fresh ? 'unchanged' : check ? 'stale' : 'written', slides: outcome.deck.slides.length };
}
