/** Reads the information that a generated deck holds about itself. */
import { parseDocument } from 'yaml';

/** Returns the content files from which a generated deck was made, according to the deck. */
export function readSources(markdown: string): Set<string> {
  const sources = new Set<string>();
  for (const [, value = ''] of markdown.matchAll(/^source: (".*")$/gm)) {
    const source = readString(value);
    if (source !== null) sources.add(source);
  }
  return sources;
}

/** Returns theme and language from the head of a generated deck. Null for every other file: only generated decks may be replaced or removed. */
export function readDeckHead(markdown: string): { theme: string; lang: string } | null {
  const [, source] = /^\ufeff?---[ \t]*\r?\n(.*?\n)---[ \t]*(?:\r?\n|$)/s.exec(markdown) ?? [];
  if (source === undefined) return null;
  const document = parseDocument(source, { logLevel: 'silent' });
  if (document.errors.length > 0) return null;
  // Not toJS(): the rest of a foreign file, such as aliases, must not be resolved.
  const theme = document.getIn(['briefdeck', 'theme']);
  const lang = document.getIn(['briefdeck', 'lang']);
  return typeof theme === 'string' && typeof lang === 'string' ? { theme, lang } : null;
}

/** Front matter strings are JSON, apart from one escape that JSON does not know. Null for a string that was changed by hand. */
function readString(value: string): string | null {
  try {
    return String(JSON.parse(value.replace(/\\(.)/g, (found, sign) => (sign === 'x' ? '\\u00' : found))));
  } catch {
    return null;
  }
}
