/** Where a deck's file is, and what stands there now. */
import path from 'node:path';
import type { Corpus } from '../../model/corpus.ts';
import { NameFinder } from '../../model/names/name-finder.ts';
import { deckText } from '../../model/outputs/deck-text.ts';
import { forbiddenSources, withheldIn } from '../../plan/withdrawal.ts';
import { readDeckHead, readSources } from '../../render/read-sources.ts';
import { hashIfThere, sha256 } from '../../shared/cache/hashes.ts';
import { kindOf, readIfThere } from '../../shared/disk/files.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { pathFromHere } from '../../shared/paths.ts';
import type { Warm } from '../live/warm.ts';
import type { Settings } from '../settings.ts';
import type { DeckRecord } from './deck-records.ts';

export interface DeckPlace {
  theme: string;
  lang: string;
  name: string;
  /** Absolute path of the deck in the slides folder. */
  file: string;
  /** The generated deck that stands there now; null when none does. */
  current: CurrentDeck | null;
  /** Why that deck may not stay there, whatever becomes of a new one: content files, or that it names somebody. */
  forbidden: string[];
}

/** A deck's file by its hash: all decks of a large content together are too much to hold. */
export interface CurrentDeck {
  hash: string;
  /** The content files that it says it was made from. */
  sources: ReadonlySet<string>;
  markdown: () => Promise<string>;
}

/** The generated deck at a place, or why nothing may be written there: what stands there is somebody else's. */
export async function readPlace(
  file: string,
  record: DeckRecord | null = null,
  warm: Warm | null = null,
): Promise<{ current: CurrentDeck | null; obstacle: ExpectedError | null }> {
  const kind = await kindOf(file);
  if (kind === 'nothing') return { current: null, obstacle: null };
  const hash = kind === 'file' ? await (warm?.hashes.hashOf(file) ?? hashIfThere(file)) : null;
  const markdown = async () => (await readIfThere(file)) ?? '';
  if (record !== null && record.hash === hash) return { current: { hash, sources: new Set(record.sources), markdown }, obstacle: null };
  const text = hash === null ? null : await readIfThere(file);
  if (text !== null && readDeckHead(text) !== null)
    return { current: { hash: sha256(text), sources: readSources(text), markdown }, obstacle: null };
  const what =
    kind === 'link'
      ? 'a link stands in its place'
      : kind === 'file'
        ? 'a file that was not generated stands in its place'
        : 'it is not a file';
  const obstacle = new ExpectedError(`${what}, which is left alone`, {
    hint: `move or remove ${pathFromHere(file)}, or choose another folder with --slides DIR`,
  });
  return { current: null, obstacle };
}

/**
 * An output whose name is that of a deck in the slides folder would take the place of that deck's PDF.
 * `check` refuses such ids of themes, but the deck may be there from before. Throws ExpectedError where it is.
 */
export async function refuseNameOfDeck(name: string, { folders }: Settings): Promise<void> {
  const file = path.join(folders.slides, `${name}.md`);
  if ((await kindOf(file)) === 'nothing') return;
  throw new ExpectedError(`the deck ${pathFromHere(file)} has its PDF under the same name`, {
    hint: 'give the theme of that deck another id, and remove the deck',
  });
}

/** What of a generated deck may not be published any more. */
export async function forbiddenIn({ sources, markdown }: CurrentDeck, corpus: Corpus, today: string): Promise<string[]> {
  const name = await nameIn(markdown, sources, corpus);
  return [...forbiddenSources(sources, corpus, today), ...(name === null ? [] : [`the name "${name}"`])];
}

/** The name of somebody who must not be named in a deck; null when there is none. */
export async function nameIn(markdown: () => Promise<string>, sources: ReadonlySet<string>, corpus: Corpus): Promise<string | null> {
  const withheld = withheldIn(sources, corpus);
  return withheld.length === 0 ? null : (new NameFinder(withheld).find(deckText(await markdown()))?.text ?? null);
}
