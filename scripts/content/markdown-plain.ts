import type { Inline } from '../model/text.ts';
import type { Part } from './markdown.ts';
import { trim, unwrap } from './markdown-inline.ts';

/**
 * Reads Markdown that is nothing but paragraphs, flat `- ` lists, `## headings` and `**strong**`, as most of content is, some twenty
 * times faster than a whole Markdown parser does. Returns null as soon as anything else could be meant. Law (tested): what it returns is
 * what the parser returns.
 */
export function readPlainMarkdown(source: string, line: number): Part[] | null {
  if (UNUSUAL.test(source)) return null;
  const parts: Part[] = [];
  let open: Open | null = null;
  for (const [index, text] of source.split('\n').entries()) {
    const kind = kindOf(text);
    if (kind === null) return null;
    if (open !== null && open.kind === 'item' && kind === 'text' && !open.ended) return null;
    const at = line + index;
    if (kind === 'blank') {
      if (open !== null) open.ended = true;
      continue;
    }
    const goesOn: boolean = open !== null && open.kind === kind && (kind === 'item' || !open.ended);
    if (open === null || !goesOn || kind === 'heading') {
      if (open !== null && !close(open, parts)) return null;
      open = { kind, line: at, lines: [], ended: false };
    }
    open.lines.push(kind === 'item' ? text.slice(2) : text);
    open.ended = false;
  }
  if (open !== null && !close(open, parts)) return null;
  return parts;
}

interface Open {
  kind: 'item' | 'heading' | 'text';
  line: number;
  lines: string[];
  /** A blank line came after it. */
  ended: boolean;
}

/** Marks of other constructs, white space other than plain spaces and line ends, spaces at either end of a line. */
const UNUSUAL = /[\\`_[\]<&|~]|[^\S\n ]|^ | $|\*\*\*|(?<!\*)\*(?!\*)/m;
/** What a text may not begin with: another block would begin there. */
const BLOCK_START = /^(?:[-+=#>]|\*\*(?:$|[^\p{L}\p{N}])|\d+[.)])/u;

function kindOf(text: string): 'blank' | Open['kind'] | null {
  if (text === '') return 'blank';
  if (/^#{1,6} [^\s#][^#]*$/.test(text)) return BLOCK_START.test(text.replace(/^#+ /, '')) ? null : 'heading';
  if (/^- \S/.test(text)) return BLOCK_START.test(text.slice(2)) ? null : 'item';
  return BLOCK_START.test(text) ? null : 'text';
}

/** False when the strong marks do not pair up beyond doubt. */
function close(open: Open, parts: Part[]): boolean {
  if (open.kind === 'item') {
    const items = open.lines.map(inlines);
    if (items.includes(null)) return false;
    const blocks = items.map((children) => [{ type: 'paragraph' as const, children: trim(children ?? []) }]);
    parts.push({ type: 'block', line: open.line, column: 1, block: { type: 'list', ordered: false, start: 1, items: blocks } });
    return true;
  }
  const heading = open.kind === 'heading';
  const children = inlines(heading ? (open.lines[0] ?? '').replace(/^#+ /, '') : open.lines.join('\n'));
  if (children === null) return false;
  if (heading) parts.push({ type: 'heading', line: open.line, column: 1, depth: (open.lines[0] ?? '').indexOf(' '), children });
  else parts.push({ type: 'block', line: open.line, column: 1, block: { type: 'paragraph', children: trim(children) } });
  return true;
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
