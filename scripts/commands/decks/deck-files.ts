/**
 * Remembers what earlier runs have read from generated decks. Slidev's parser takes 30 ms per deck, and a run with nothing to export reads
 * them all.
 */
import path from 'node:path';
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

const GROUP = 'decks';
/** Up to this number, all decks of a folder are remembered, even by a run that reads only some of them. */
const MANY = 2000;

/** By slides folder. Opened once per process. */
const opened = new Map<string, Promise<Records<ReadDeck>>>();

/**
 * Reads the deck in a file, or in the given text. Returns null for a file that Briefdeck has not generated. Throws ExpectedError as
 * readDeckFile does.
 */
export async function recallDeckFile(file: string, given: string | null): Promise<DeckFile | null> {
  const decks = await recordsFor(path.dirname(file));
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

/** Saves what was read from the decks in a folder for the next run. */
export async function keepDeckFiles(slides: string): Promise<void> {
  const decks = await recordsFor(slides);
  if (decks.sizeOf(GROUP) <= MANY) decks.useAll();
  decks.save();
}

function recordsFor(slides: string): Promise<Records<ReadDeck>> {
  const known = opened.get(slides) ?? Records.open<ReadDeck>('deck-files', slides);
  opened.set(slides, known);
  return known;
}
