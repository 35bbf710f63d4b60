/** Finds a deck's file and what it holds now. */
import path from 'node:path';
import { Consent } from '../../model/consent.ts';
import type { Corpus } from '../../model/corpus.ts';
import { deckText } from '../../model/outputs/deck-text.ts';
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
  /** The absolute path of the deck in the slides folder. */
  file: string;
  /** The generated deck that is there now. Null when there is none. */
  current: CurrentDeck | null;
  /** Why the current deck must not stay, even if no new one can be made: content files, or a name in it. */
  forbidden: string[];
}

/** A deck's file, known by its hash: the text of all decks would take too much memory. */
export interface CurrentDeck {
  hash: string;
  /** The content files from which it was made, according to the deck. */
  sources: ReadonlySet<string>;
  markdown: () => Promise<string>;
}

/** Returns the generated deck at a place, or an error when the file there was not generated and must not be replaced. */
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
 * Throws ExpectedError when an output has the name of a deck in the slides folder, because it would replace that deck's PDF. `check`
 * rejects such theme ids, but the deck may be from an earlier time.
 */
export async function refuseNameOfDeck(name: string, { folders }: Settings): Promise<void> {
  const file = path.join(folders.slides, `${name}.md`);
  if ((await kindOf(file)) === 'nothing') return;
  throw new ExpectedError(`the deck ${pathFromHere(file)} has its PDF under the same name`, {
    hint: 'give the theme of that deck another id, and remove the deck',
  });
}

/** Returns what in a generated deck may no longer be published. */
export async function forbiddenIn({ sources, markdown }: CurrentDeck, corpus: Corpus, today: string): Promise<string[]> {
  const consent = Consent.of(corpus);
  const name = consent.finderFor(sources)?.find(deckText(await markdown()))?.text ?? null;
  return [...consent.forbidden(sources, today), ...(name === null ? [] : [`the name "${name}"`])];
}
