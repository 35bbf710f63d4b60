/**
 * Remembers what earlier runs have read from generated decks. Slidev's parser takes 30 ms per deck, and a run with nothing to export reads
 * them all. Opening the fonts to look up characters takes 150 ms.
 */
import path from 'node:path';
import { parseDeckFile, readDeckFile } from '../../export/outputs/read-deck.ts';
import type { UnsureCharacter } from '../../export/run/export-job.ts';
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
  /** Hash of the deck, its theme and the installed packages, including fonts. */
  key: string;
  unsure: UnsureCharacter[];
}

const GROUP = 'decks';
const UNSURE = 'unsure';
/** Up to this number, all decks of a folder are remembered, even by a run that reads only some of them. */
const MANY = 2000;

/** By slides folder. Opened once per process. */
const opened = new Map<string, Promise<DeckFiles>>();

interface DeckFiles {
  decks: Records<ReadDeck>;
  unsure: Records<Unsure>;
}

/**
 * Reads the deck in a file, or in the given text. Returns null for a file that Briefdeck has not generated. Throws ExpectedError as
 * readDeckFile does.
 */
export async function recallDeckFile(file: string, given: string | null): Promise<DeckFile | null> {
  const { decks } = await recordsFor(path.dirname(file));
  const text = given ?? (await readIfThere(file).catch(() => null));
  // readDeckFile reports why a file cannot be read.
  if (text === null) return readDeckFile(file);
  const hash = sha256(text);
  const known = decks.get(GROUP, file);
  if (known?.hash === hash) return known.deck;
  const deck = parseDeckFile(file, text);
  if (deck !== null) decks.set(GROUP, file, { hash, deck });
  return deck;
}

/** Returns the characters of a deck that the fonts lack. Uses the remembered result for the same `inputs` of the deck, else calls `find`. */
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

/** Saves what was read from the decks in a folder for the next run. */
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
