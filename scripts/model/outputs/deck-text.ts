/** The words of a generated deck as a reader or a program may find them in it: no mark, reference or escape between them. */

/** All of a deck's text: its front matter, its slides, its notes. For searching, not for reading. */
export function deckText(markdown: string): string {
  return (
    markdown
      .replace(/<\/?(?:span|strong|em|code|a|b|i|br|tspan)\b[^>]*>/g, '')
      // Lines of notes.
      .replace(/\\\n/g, '\n')
      .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
      .replace(/\\x([0-9a-f]{2})|\\u([0-9a-f]{4})/gi, (_, byte?: string, unit?: string) =>
        String.fromCharCode(Number.parseInt(byte ?? unit ?? '', 16)),
      )
      .replace(/\\n/g, ' ')
  );
}
