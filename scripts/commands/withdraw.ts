/** Decks and outputs that show what may not be published any more are taken back, whether or not new ones can be made. */
import { findForbidden, type WithdrawnOutput, withdrawOutputs } from '../export/withdraw-outputs.ts';
import { bookName } from '../plan/context.ts';
import { forbiddenSources, withheldIn } from '../plan/withdrawal.ts';
import { removeFile } from '../shared/files.ts';
import { pathFromHere } from '../shared/paths.ts';
import type { DeckOutcome, DeckVerdict } from './deck-outcome.ts';
import { whileLocked } from './folder-lock.ts';
import { fileOf, filesOf } from './formats.ts';
import type { Settings } from './settings.ts';
import type { Workspace } from './workspace.ts';

/** Whether the deck that stands there now has to go and nothing takes its place. */
export function mustGo({ state, current, forbidden }: DeckOutcome | DeckVerdict): boolean {
  return current !== null && state !== 'ready' && state !== 'wanted' && (state === 'empty' || forbidden.length > 0);
}

/** Removes decks that must go, and outputs: of those decks, of decks that showed what is forbidden, and all that are made from it. Returns what was done to outputs. */
export async function withdraw(
  outcomes: readonly DeckVerdict[],
  { corpus, languages }: Workspace,
  settings: Settings,
): Promise<WithdrawnOutput[]> {
  for (const outcome of outcomes) if (mustGo(outcome)) await removeFile(outcome.file);
  const today = settings.now.toISOString().slice(0, 10);
  const byFile = new Map(outcomes.flatMap((outcome) => filesOf(outcome.name).map((name): [string, DeckVerdict] => [name, outcome])));
  const { out } = settings.folders;
  const isBook = (name: string) => languages.some((lang) => name === `${bookName(lang, corpus.baseLanguage)}.pdf`);
  const isForbiddenBook = (sources: ReadonlySet<string>) => {
    // Only a deck tells whom it names.
    const names = withheldIn(sources, corpus).length > 0;
    const chapters = outcomes.filter(({ theme }) => sources.has(`themes/${theme}.md`));
    const mayGo = chapters.some(
      ({ state, forbidden, current }) => state === 'empty' || forbidden.length > 0 || (names && current === null),
    );
    return mayGo || forbiddenSources(sources, corpus, today).length > 0;
  };
  const names = await findForbidden(out, (name, sources) => {
    const outcome = byFile.get(name);
    if (outcome === undefined) return isBook(name) && isForbiddenBook(sources);
    // A briefing can be made without its deck, which would tell whom it names.
    if (name === fileOf('briefing', outcome.name) && outcome.current === null && withheldIn(sources, corpus).length > 0) return true;
    return outcome.state === 'empty' || outcome.forbidden.length > 0 || forbiddenSources(sources, corpus, today).length > 0;
  });
  return names.length === 0 ? [] : whileLocked(out, settings, () => withdrawOutputs(out, names));
}

/** One line for people; an output that somebody has changed is theirs to remove. */
export function describeWithdrawn({ file, state }: WithdrawnOutput): string {
  const what = `${pathFromHere(file)} shows what may not be published any more`;
  return state === 'removed' ? `- ${what}: removed` : `✗ ${what}, but somebody has changed it: remove it yourself`;
}
