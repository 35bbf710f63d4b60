import type { Inline } from '../model/text.ts';
import type { Part } from './markdown.ts';
import { trim, unwrap } from './markdown-inline.ts';

/**
 * Reads Markdown that is nothing but paragraphs, flat `- ` lists, `## headings` and `**strong**`, as most of content is, some twenty
 * times faster than a whole Markdown parser does. Returns null as soon as anything else could be meant. Law (tested): what it returns is
 * what the parser returns.
 */
export function readPlainMarkdown(source: string, line: number): Part[] | null {
  const groups = UNUSUAL.test(source) ? null : group(source.split('\n'), line);
  const parts: Part[] = [];
  for (const lines of groups ?? []) {
    const part = partOf(lines);
    if (part === null) return null;
    parts.push(part);
  }
  return groups === null ? null : parts;
}

/** The lines of one block. */
interface Group {
  kind: 'item' | 'heading' | 'text';
  line: number;
  lines: string[];
  /** A blank line came after it. */
  ended: boolean;
}

/** Marks of other constructs, white space other than plain spaces and line ends, spaces at either end of a line. */
const UNUSUAL = /[\\`_[\]<&|~]|[^\S\n ]|^ | $|\*\*\*|(?<!\*)\*(?!\*)/m;
/** What a text may not begin with: another block would begin there. */
const BLOCK_START = /^(?:[-+=#>]|:-|\*\*(?:$|[^\p{L}\p{N}])|\d+[.)])/u;

function kindOf(text: string): 'blank' | Group['kind'] | null {
  if (text === '') return 'blank';
  if (/^#{1,6} [^\s#][^#]*$/.test(text)) return BLOCK_START.test(text.replace(/^#+ /, '')) ? null : 'heading';
  if (/^- \S/.test(text)) return BLOCK_START.test(text.slice(2)) ? null : 'item';
  return BLOCK_START.test(text) ? null : 'text';
}

function group(lines: readonly string[], start: number): Group[] | null {
  const groups: Group[] = [];
  for (const [index, text] of lines.entries()) {
    const kind = kindOf(text);
    const last = groups.at(-1);
    // A line below an item belongs to it, whatever it looks like.
    if (kind === null || (kind === 'text' && last?.kind === 'item' && !last.ended)) return null;
    if (kind === 'blank') {
      if (last !== undefined) last.ended = true;
    } else if (last?.kind === kind && (kind === 'item' || (kind === 'text' && !last.ended))) {
      last.lines.push(text);
      last.ended = false;
    } else groups.push({ kind, line: start + index, lines: [text], ended: false });
  }
  return groups;
}

/** Null when the strong marks do not pair up beyond doubt. */
function partOf({ kind, line, lines }: Group): Part | null {
  const place = { line, column: 1 };
  if (kind === 'item') {
    const items = lines.map((item) => inlines(item.slice(2)));
    if (items.includes(null)) return null;
    const blocks = items.map((children) => [{ type: 'paragraph' as const, children: trim(children ?? []) }]);
    return { ...place, type: 'block', block: { type: 'list', ordered: false, start: 1, items: blocks } };
  }
  const [first = ''] = lines;
  const children = inlines(kind === 'heading' ? first.replace(/^#+ /, '') : lines.join('\n'));
  if (children === null) return null;
  if (kind === 'heading') return { ...place, type: 'heading', depth: first.indexOf(' '), children };
  return { ...place, type: 'block', block: { type: 'paragraph', children: trim(children) } };
}

/** `**` opens before a letter or digit and closes after one; anything else is left to the parser. */
function inlines(text: string): Inline[] | null {
  const pieces = text.split('**');
  if (pieces.length % 2 === 0) return null;
  const found: Inline[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (index % 2 === 0) {
      if (piece !== '') found.push({ type: 'text', value: unwrap(piece) });
      continue;
    }
    if (!/^[\p{L}\p{N}]/u.test(piece) || !/[\p{L}\p{N}]$/u.test(piece)) return null;
    found.push({ type: 'strong', children: [{ type: 'text', value: unwrap(piece) }] });
  }
  return found;
}
