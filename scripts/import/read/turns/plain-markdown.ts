/** Removes inline Markdown marks. Works line by line and is tolerant, because most transcripts are only partly Markdown. */

/** Returns the words of a line of Markdown. Keeps the address of a link when it differs from the text of the link. */
export function plainMarkdown(line: string): string {
  // Most lines have no marks.
  if (!/[\\*_`[\]<>&]/.test(line)) return line;
  return withoutEscapes(
    line
      .replace(/^(?:>\s?)+/, '')
      .replace(LINK, (_, text: string, angled: string | undefined, plain: string | undefined, title: string | undefined) =>
        linkWords(text, angled ?? plain ?? '', title),
      )
      .replace(STRONG, '$2')
      .replace(EMPHASIS, '$1$2')
      .replace(CODE, '$1'),
  );
}

// No pattern matches across another mark, and all have a maximum length, so every line takes linear time.
const LINK = /!?\[([^[\]\n]{0,400})\]\((?:<([^<>\n]{1,2000})>|([^\s()\n]{1,2000}))(?:\s+"([^"\n]{0,400})")?\)/g;
const STRONG = /(?<!\\)(\*\*\*|\*\*|__)(?=\S)([^*_\n]{1,2000}?)(?<=[^\s\\])\1/g;
const EMPHASIS = /(^|[\s(（「“"'])[*_](?=[^\s*_])([^*_\n]{1,2000}?)(?<=[^\s\\])[*_](?![\p{L}\p{N}])/gu;
const CODE = /`([^`\n]{1,2000})`/g;

function linkWords(text: string, address: string, title: string | undefined): string {
  const behind = title === undefined ? address : `${address}, ${title}`;
  return text === '' || text === address ? behind : `${text} (${behind})`;
}

function withoutEscapes(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
