/** The command lines that a Markdown document prints, for those who type them. */
// The parser of the content itself, with its tables.
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';

/** What a command line begins with; other inline code is options, files and keys. */
const COMMAND = /^(?:npm|npx|node|git|docker|mkdir|cd|curl|briefdeck|tsx|\.ci\/run)(?: |$)/;

const SHELLS = ['sh', 'bash', 'shell', 'console'];

/** Every line of the blocks in a shell's language, and inline code that is a command, in text and tables; each once, in order. */
export function commandLines(markdown: string): string[] {
  const lines: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'code') lines.push(...linesOfBlock(node.value ?? '', node.lang ?? null));
    if (node.type === 'inlineCode' && COMMAND.test(node.value ?? '')) lines.push((node.value ?? '').replace(/\s+/g, ' '));
    for (const child of node.children ?? []) visit(child);
  };
  visit(fromMarkdown(markdown, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] }));
  return [...new Set(lines)];
}

interface Node {
  type: string;
  value?: string;
  lang?: string | null | undefined;
  children?: Node[];
}

/** In a block without a language, only what begins as a command does. */
function linesOfBlock(text: string, language: string | null): string[] {
  const lines = text
    .replaceAll(/\s*\\\n\s*/g, ' ')
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/^\$ /, '')
        .replace(/\s+#\s[^'"]*$/, ''),
    )
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (language !== null && SHELLS.includes(language)) return lines;
  return language === null ? lines.filter((line) => COMMAND.test(line)) : [];
}
