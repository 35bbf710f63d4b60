/** Extracts the words of a generated deck without marks, references or escapes between them. */

/** Returns all text of a deck: front matter, slides and notes. For searching, not for reading. */
export function deckText(markdown: string): string {
  return (
    markdown
      .replace(/<\/?(?:span|strong|em|code|a|b|i|br|tspan)\b[^>]*>/g, '')
      // Escaped line breaks in notes.
      .replace(/\\\n/g, '\n')
      .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
      .replace(/\\x([0-9a-f]{2})|\\u([0-9a-f]{4})/gi, (_, byte?: string, unit?: string) =>
        String.fromCharCode(Number.parseInt(byte ?? unit ?? '', 16)),
      )
      .replace(/\\n/g, ' ')
  );
}
