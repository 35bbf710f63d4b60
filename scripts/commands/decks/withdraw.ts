/** Removes decks and outputs with content that may no longer be published, whether or not new ones can be made. */
import path from 'node:path';
import { readManifest } from '../../export/run/manifest.ts';
import { findForbidden, namesSomebody, type WithdrawnOutput, withdrawOutputs } from '../../export/run/output-place.ts';
import { Consent } from '../../model/consent.ts';
import { deckName } from '../../plan/context.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { namesIn, removeFile } from '../../shared/disk/files.ts';
import { pathFromHere } from '../../shared/paths.ts';
import { whileLocked } from '../folder-lock.ts';
import { fileOf, filesOf, loadFormats } from '../outputs/output-formats.ts';
import type { Settings } from '../settings.ts';
import type { Workspace } from '../workspace.ts';
import { type DeckOutcome, type DeckVerdict, mustGo } from './deck-outcome.ts';

/** Removes decks that must go, and outputs with content that may no longer be published. Returns what was done to outputs. */
export async function withdraw(decks: readonly DeckVerdict[], workspace: Workspace, settings: Settings): Promise<WithdrawnOutput[]> {
  for (const deck of decks) if (mustGo(deck)) await removeFile(deck.file);
  const { out } = settings.folders;
  const names = await forbiddenOutputs(decks, workspace, settings);
  return names.length === 0 ? [] : whileLocked(out, settings, () => withdrawOutputs(out, names));
}

/**
 * Returns the names of the outputs in the out folder with content that may no longer be published, of any theme and language. Checks the
 * content against the manifest, which says what outputs were made from: a deck may have been generated again since.
 */
export async function forbiddenOutputs(
  decks: readonly (DeckVerdict | DeckOutcome)[],
  { corpus }: Workspace,
  { now, folders }: Settings,
): Promise<string[]> {
  const today = now.toISOString().slice(0, 10);
  const consent = Consent.of(corpus);
  const formats = await loadFormats();
  const byFile = new Map(decks.flatMap((deck) => filesOf(deck.name, formats).map((name) => [name, deck] as const)));
  const isGone = ({ state, forbidden }: DeckVerdict | DeckOutcome) => state === 'empty' || forbidden.length > 0;
  return findForbidden(folders.out, (name, entry) => {
    const sources = new Set(entry.generatedFrom);
    const hashes = entry.named === undefined ? null : new Set(entry.named);
    const mayReveal = consent.mayReveal(sources, hashes === null ? null : (person) => hashes.has(sha256(person)));
    if (mayReveal || consent.forbidden(sources, today).length > 0) return true;
    const deck = byFile.get(name);
    // A book belongs to all themes from which it was made.
    return deck === undefined ? decks.some((each) => sources.has(`themes/${each.theme}.md`) && isGone(each)) : isGone(deck);
  });
}

/**
 * Returns files in the out folder that contain a withheld name and are not in the manifest; their owner must remove them. A folder of
 * pictures cannot be searched for names, so it counts when it has the name of a deck.
 */
export async function strangersThatName({ corpus, languages }: Workspace, settings: Settings): Promise<string[]> {
  const finder = Consent.of(corpus).finderIn(null);
  if (finder === null) return [];
  const { out } = settings.folders;
  const known = await readManifest(out);
  const formats = await loadFormats();
  const decks = corpus.themes.flatMap(({ id }) => languages.map((lang) => deckName(id, lang, corpus.baseLanguage)));
  const folders = new Map(
    formats.flatMap((format) => decks.flatMap((deck) => (format.files ? [[fileOf(format, deck), format.files]] : []))),
  );
  const endings = formats.map(({ ending }) => ending).filter((ending) => ending !== '');
  const found: string[] = [];
  for (const name of await namesIn(out)) {
    if (Object.hasOwn(known, name)) continue;
    const file = path.join(out, name);
    const files = folders.get(name);
    const isOutput = endings.some((ending) => name.toLowerCase().endsWith(ending));
    if (files ? (await namesIn(file)).some((each) => files.test(each)) : isOutput && (await namesSomebody(file, finder))) found.push(file);
  }
  return found;
}

/** Returns one line for people. */
export function describeStranger(file: string): string {
  return `✗ ${pathFromHere(file)} may name somebody who must not be named, and manifest.json does not know it: remove it yourself`;
}

/** Returns one line for people. An output that was changed by hand is left for its owner to remove. */
export function describeWithdrawn({ file, state }: WithdrawnOutput): string {
  const what = `${pathFromHere(file)} shows what may not be published any more`;
  return state === 'removed' ? `- ${what}: removed` : `✗ ${what}, but somebody has changed it: remove it yourself`;
}
