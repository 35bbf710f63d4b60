/**
 * What earlier runs have found out about generated decks. Slidev's parser takes 30 ms for one, and a run with nothing to export reads them all; to open
 * the fonts and ask them for characters takes 150 ms.
 */
import path from 'node:path';
import type { UnsureCharacter } from '../../export/outputs/finish-printed.ts';
import { parseDeckFile, readDeckFile } from '../../export/outputs/read-deck.ts';
import type { DeckFile } from '../../model/outputs/deck-file.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { Records } from '../../shared/cache/records.ts';
import { readIfThere } from '../../shared/disk/files.ts';

interface ReadDeck {
  /** SHA-256 of the deck's Markdown. */
  hash: string;
  deck: DeckFile;
}

interface Unsure {
  /** Hash of the deck, its theme and the installed packages, fonts among them. */
  key: string;
  unsure: UnsureCharacter[];
}

const GROUP = 'decks';
const UNSURE = 'unsure';
/** So many decks in a folder are all remembered, also by a run that asks for some of them. */
const MANY = 2000;

/** By slides folder: opened once in a process. */
const opened = new Map<string, Promise<DeckFiles>>();

interface DeckFiles {
  decks: Records<ReadDeck>;
  unsure: Records<Unsure>;
}

/** The deck in a file, or in the text that it would have. Null for a file of somebody else's. Throws ExpectedError as readDeckFile does. */
export async function recallDeckFile(file: string, given: string | null): Promise<DeckFile | null> {
  const { decks } = await recordsFor(path.dirname(file));
  const text = given ?? (await readIfThere(file).catch(() => null));
  // It says best itself why a file cannot be read.
  if (text === null) return readDeckFile(file);
  const hash = sha256(text);
  const known = decks.get(GROUP, file);
  if (known?.hash === hash) return known.deck;
  const deck = parseDeckFile(file, text);
  if (deck !== null) decks.set(GROUP, file, { hash, deck });
  return deck;
}

/** What the fonts lack of a deck's characters: as it was found out for the same `inputs` of the deck, else as `find` says. */
export async function recallUnsure(
  file: string,
  { deck, theme, packages }: Record<string, string>,
  find: () => Promise<UnsureCharacter[]>,
): Promise<UnsureCharacter[]> {
  const { unsure } = await recordsFor(path.dirname(file));
  const key = sha256(JSON.stringify([deck, theme, packages]));
  const known = unsure.get(UNSURE, file);
  if (known?.key === key) return known.unsure;
  const found = await find();
  unsure.set(UNSURE, file, { key, unsure: found });
  return found;
}

/** Keeps what was found out about the decks in a folder for the next run. */
export async function keepDeckFiles(slides: string): Promise<void> {
  const { decks, unsure } = await recordsFor(slides);
  for (const [records, group] of [
    [decks, GROUP],
    [unsure, UNSURE],
  ] as const) {
    if (records.sizeOf(group) <= MANY) records.useAll();
    records.save();
  }
}

function recordsFor(slides: string): Promise<DeckFiles> {
  const known = opened.get(slides) ?? openRecords(slides);
  opened.set(slides, known);
  return known;
}

async function openRecords(slides: string): Promise<DeckFiles> {
  return { decks: await Records.open<ReadDeck>('deck-files', slides), unsure: await Records.open<Unsure>('unsure', slides) };
}
