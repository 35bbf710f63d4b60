/** Writes the words of a transcript as Markdown that parses back to the same words. */
import type { Paragraph } from 'mdast';
// mdast-util-to-markdown: the counterpart of the parser that reads content. It knows where each Markdown mark needs escaping.
import { toMarkdown } from 'mdast-util-to-markdown';
import type { Spoken } from './tags/spoken.ts';

/** Returns a line of text as a Markdown paragraph. */
export function paragraphOf(line: string): string {
  return isPlain(line) ? line : markdownOf([{ type: 'text', value: line }]);
}

/** Returns turns as Markdown paragraphs. With more than one speaker each turn begins with `Name:`, which the quote check needs. */
export function transcriptOf(said: readonly Spoken[], nameOf: (turn: Spoken) => string, lang: string, isAlone: boolean): string {
  return said
    .flatMap((turn) =>
      turn.paragraphs.map((line, index) => (index > 0 || isAlone ? paragraphOf(line) : labelled(nameOf(turn), line, COLONS[lang] ?? ':'))),
    )
    .join('\n\n');
}

function labelled(name: string, line: string, colon: string): string {
  return isPlain(name) && isPlain(line)
    ? `**${name}${colon}** ${line}`
    : markdownOf([
        { type: 'strong', children: [{ type: 'text', value: `${name}${colon}` }] },
        { type: 'text', value: ` ${line}` },
      ]);
}

const COLONS: Readonly<Record<string, string>> = { zh: '：', ja: '：' };

/** Most spoken lines contain no mark. They skip the Markdown writer, which takes most of the time of an import. */
function isPlain(line: string): boolean {
  return /^["“‘「『]?\p{L}/u.test(line) && !/[\\`*_[\]<>&|~$^{}]|[^\S ]/.test(line);
}

function markdownOf(children: Paragraph['children']): string {
  return toMarkdown({ type: 'paragraph', children }).trimEnd();
}
