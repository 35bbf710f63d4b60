/** Code shared by `present` and `watch`: the room with the decks, and messages about it. */
import path from 'node:path';
import { openInBrowser } from '../../live/open-in-browser.ts';
import { openRoom, type Room } from '../../live/room.ts';
import type { DeckFile } from '../../model/outputs/deck-file.ts';
import { loadStartPage } from '../../render/documents/load-start-page.ts';
import { pathFromHere } from '../../shared/paths.ts';
import type { Settings } from '../settings.ts';

export interface LiveOptions {
  /** Null takes the first free port from 3030. */
  port: number | null;
  /** Whether to open the default browser. */
  open: boolean;
}

/** Opens the room for the decks in the slides folder. Throws ExpectedError when the port is not available. */
export async function openLiveRoom({ port }: LiveOptions, settings: Settings): Promise<Room> {
  const { folders, report } = settings;
  const page = (decks: readonly DeckFile[], missing: string | null) =>
    loadStartPage(folders.templates, { decks, missing, lang: settings.languages?.[0] ?? firstLanguage(decks) });
  const said = new Map<string, string>();
  return openRoom({
    slides: folders.slides,
    theme: path.join(folders.templates, 'theme'),
    assets: [folders.content],
    port,
    pages: { start: (decks) => page(decks, null), missing: (name, decks) => page(decks, name) },
    complain: (deck, message, cause) => {
      const line = `${firstLine(message)}${cause === 'deck' ? '; the page shows the last good deck' : ''}`;
      if (said.get(deck) === line) return;
      said.set(deck, line);
      report.warn(`${pathFromHere(path.join(folders.slides, `${deck}.md`))}: ${line}`);
    },
    mended: (deck) => said.delete(deck),
    warn: (message) => report.warn(message),
  });
}

/** Reports the address, and opens it in the browser when asked to. `deck` is null for the start page. */
export async function announce(room: Room, deck: string | null, { open }: LiveOptions, settings: Settings): Promise<void> {
  const { report } = settings;
  const url = deck === null ? room.origin : `${room.origin}${deck}/`;
  report.say(url);
  if (deck !== null) {
    report.say(`  presenter ${url}presenter/1`);
    report.say(`  all decks ${room.origin}`);
  }
  if (open) await openInBrowser(url, (reason) => report.warn(`the browser could not be opened: ${reason}; open ${url} yourself`));
}

/** Waits for the end of the run. Always throws the signal's reason. */
export async function untilEnd(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Returns the language of the decks without a language in their name. */
function firstLanguage(decks: readonly DeckFile[]): string {
  return (decks.find(({ name }) => !name.includes('.')) ?? decks[0])?.lang ?? 'en';
}

function firstLine(message: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Vite colours what it says
  const lines = message.replace(/\u001b\[[\d;]*m/g, '').split('\n');
  return lines.find((line) => line.trim() !== '')?.trim() ?? '';
}
