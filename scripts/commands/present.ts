import path from 'node:path';
import type { ExitCode } from '../shared/errors.ts';
import { findDecks } from './export.ts';
import { announce, type LiveOptions, openLiveRoom, untilEnd } from './live-room.ts';
import type { Settings } from './settings.ts';

/** Shows the decks in the slides folder until it is interrupted: a theme's deck, or the start page when no theme is named. */
export async function present(theme: string | null, options: LiveOptions, settings: Settings): Promise<ExitCode> {
  const files = await findDecks(theme === null ? [] : [theme], settings);
  const room = await openLiveRoom(options, settings);
  try {
    const deck = theme === null ? null : firstDeck(files, settings.languages ?? []);
    // Made ready already now: what is wrong with it is said here, and the first page comes sooner.
    if (deck !== null) await room.open(deck);
    await announce(room, deck, options, settings);
    return await untilEnd(settings.signal);
  } finally {
    await room.close();
  }
}

/** The name of the deck in the language that was named first, else of the one without a language in its name. */
export function firstDeck(files: readonly string[], languages: readonly string[]): string | null {
  const names = files.map((file) => path.basename(file, '.md'));
  const rank = (name: string) => {
    const found = languages.findIndex((lang) => name.endsWith(`.${lang}`));
    return found === -1 ? languages.length : found;
  };
  const [first] = [...names].sort((a, b) => rank(a) - rank(b) || a.length - b.length);
  return first ?? null;
}
