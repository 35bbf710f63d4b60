/** Lists the decks in the slides folder. */
import path from 'node:path';
import { readDeckFile } from '../export/outputs/read-deck.ts';
import type { DeckFile } from '../model/outputs/deck-file.ts';
import { kindOf, namesIn } from '../shared/disk/files.ts';
import { ExpectedError } from '../shared/errors.ts';

const DECK_FILE = /^[a-z0-9-]+(?:\.[a-z]{2,3})?\.md$/;

export function isDeckFile(file: string): boolean {
  return DECK_FILE.test(path.basename(file));
}

/** Returns the readable generated decks in a folder, by name. Skips files that Briefdeck has not generated. */
export async function listDecks(slides: string): Promise<DeckFile[]> {
  const files = (await namesIn(slides)).filter((name) => isDeckFile(name)).map((name) => path.join(slides, name));
  const decks = await Promise.all(files.map(readIfDeck));
  return decks.filter((deck) => deck !== null);
}

async function readIfDeck(file: string): Promise<DeckFile | null> {
  if ((await kindOf(file)) !== 'file') return null;
  try {
    return await readDeckFile(file);
  } catch (error) {
    // The file is incomplete or was broken by hand. Its next change is read again.
    if (error instanceof ExpectedError) return null;
    throw error;
  }
}
