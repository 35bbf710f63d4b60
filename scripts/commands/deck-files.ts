/** Generated decks as Slidev's parser read them before: reading one takes it 30 ms, and a run with nothing to export reads them all. */
import path from 'node:path';
import { parseDeckFile, readDeckFile } from '../export/read-deck.ts';
import type { DeckFile } from '../model/deck-file.ts';
import { readIfThere } from '../shared/files.ts';
import { sha256 } from '../shared/hashes.ts';
import { Records } from '../shared/records.ts';

interface ReadDeck {
  /** SHA-256 of the deck's Markdown. */
  hash: string;
  deck: DeckFile;
}

const GROUP = 'decks';
/** So many decks in a folder are all remembered, also by a run that asks for some of them. */
const MANY = 2000;

/** By slides folder: opened once in a process. */
const opened = new Map<string, Promise<Records<ReadDeck>>>();

/** The deck in a file, or in the text that it would have. Null for a file of somebody else's. Throws ExpectedError as readDeckFile does. */
export async function recallDeckFile(file: string, given: string | null): Promise<DeckFile | null> {
  const records = await recordsFor(path.dirname(file));
  const text = given ?? (await readIfThere(file).catch(() => null));
  // It says best itself why a file cannot be read.
  if (text === null) return readDeckFile(file);
  const hash = sha256(text);
  const known = records.get(GROUP, file);
  if (known?.hash === hash) return known.deck;
  const deck = parseDeckFile(file, text);
  if (deck !== null) records.set(GROUP, file, { hash, deck });
  return deck;
}

/** Keeps what was read of the decks in a folder for the next run. */
export async function keepDeckFiles(slides: string): Promise<void> {
  const records = await recordsFor(slides);
  if (records.sizeOf(GROUP) <= MANY) records.useAll();
  records.save();
}

function recordsFor(slides: string): Promise<Records<ReadDeck>> {
  const known = opened.get(slides) ?? Records.open<ReadDeck>('deck-files', slides);
  opened.set(slides, known);
  return known;
}
