/** What a generated deck says of itself. */
import { parseDocument } from 'yaml';

/** The content files that a generated deck says it was made from. */
export function readSources(markdown: string): Set<string> {
  const sources = new Set<string>();
  for (const [, value = ''] of markdown.matchAll(/^source: (".*")$/gm)) {
    const source = readString(value);
    if (source !== null) sources.add(source);
  }
  return sources;
}

/** Theme and language in the head of a generated deck; null for every other file: only generated decks may be replaced and removed. */
export function readDeckHead(markdown: string): { theme: string; lang: string } | null {
  const [, source] = /^\ufeff?---[ \t]*\r?\n(.*?\n)---[ \t]*(?:\r?\n|$)/s.exec(markdown) ?? [];
  if (source === undefined) return null;
  const document = parseDocument(source, { logLevel: 'silent' });
  if (document.errors.length > 0) return null;
  // Not toJS(): what somebody else's file holds besides, aliases for instance, is not resolved.
  const theme = document.getIn(['briefdeck', 'theme']);
  const lang = document.getIn(['briefdeck', 'lang']);
  return typeof theme === 'string' && typeof lang === 'string' ? { theme, lang } : null;
}

/** Front matter strings are JSON but for an escape that JSON does not know. Null for what somebody has changed by hand. */
function readString(value: string): string | null {
  try {
    return String(JSON.parse(value.replace(/\\(.)/g, (found, sign) => (sign === 'x' ? '\\u00' : found))));
  } catch {
    return null;
  }
}
