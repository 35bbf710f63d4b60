import path from 'node:path';
import { listDecks } from '../live/deck-list.ts';
import type { DeckFile } from '../model/outputs/deck-file.ts';
import type { ExitCode } from '../shared/errors.ts';
import { findDecks } from './export.ts';
import { announce, type LiveOptions, openLiveRoom, untilEnd } from './live/live-room.ts';
import type { Settings } from './settings.ts';

/** Shows the decks in the slides folder until it is interrupted: a theme's deck, or the start page when no theme is given. */
export async function present(theme: string | null, options: LiveOptions, settings: Settings): Promise<ExitCode> {
  const files = await findDecks(theme === null ? [] : [theme], settings);
  const room = await openLiveRoom(options, settings);
  try {
    const deck = theme === null ? null : firstDeck(await named(files, settings), settings.languages ?? []);
    // Opened in advance: its errors are reported here, and the first page loads faster.
    if (deck !== null) await room.open(deck);
    await announce(room, deck, options, settings);
    return await untilEnd(settings.signal);
  } finally {
    await room.close();
  }
}

type NamedDeck = Pick<DeckFile, 'name' | 'lang'>;

/** Returns the name of the deck in the first given language that exists, else of the one without a language in its name. */
export function firstDeck(decks: readonly NamedDeck[], languages: readonly string[]): string | null {
  const rank = ({ lang }: NamedDeck) => (languages.includes(lang) ? languages.indexOf(lang) : languages.length);
  const [first] = [...decks].sort((a, b) => rank(a) - rank(b) || a.name.length - b.name.length);
  return first?.name ?? null;
}

/** Returns the decks in the given files. Unreadable ones are included: opening them reports what is wrong. */
async function named(files: readonly string[], { folders }: Settings): Promise<NamedDeck[]> {
  const readable = await listDecks(folders.slides);
  return files.map((file) => {
    const name = path.basename(file, '.md');
    return readable.find((deck) => deck.name === name) ?? { name, lang: name.split('.')[1] ?? '' };
  });
}
