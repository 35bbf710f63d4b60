/** Words of a transcript as Markdown that reads back as the same words, whatever they look like. */
import type { Paragraph } from 'mdast';
// mdast-util-to-markdown: the counterpart of the parser that reads content; it knows where each mark of Markdown would count.
import { toMarkdown } from 'mdast-util-to-markdown';
import type { Spoken } from './tags/spoken.ts';

/** A line of text as a paragraph. */
export function paragraphOf(line: string): string {
  return isPlain(line) ? line : markdownOf([{ type: 'text', value: line }]);
}

/** What was said, a paragraph for each; with `Name:` before each turn where more than one speaks, as quotes are checked by it. */
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

/** Most lines of speech have no mark at all: they need not be looked at as closely, which takes the most time of an import. */
function isPlain(line: string): boolean {
  return /^["“‘「『]?\p{L}/u.test(line) && !/[\\`*_[\]<>&|~$^{}]|[^\S ]/.test(line);
}

function markdownOf(children: Paragraph['children']): string {
  return toMarkdown({ type: 'paragraph', children }).trimEnd();
}
