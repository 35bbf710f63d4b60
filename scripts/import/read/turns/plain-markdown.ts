/** Markdown's inline marks taken away: words are what an import keeps. Line by line and tolerant, for transcripts are half Markdown at best. */

/** The words of a line of Markdown. A link keeps its address where that is not its text. */
export function plainMarkdown(line: string): string {
  // Most lines have none of its signs.
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

// No star or bracket matches across another one, and each stops after so many characters: every line costs time in proportion to its length.
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
