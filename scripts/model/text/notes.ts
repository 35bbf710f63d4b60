/** What a presenter says, as plain text: each item, row and broken line stands on a line of its own, as its author has set it. */
import { isolate } from './bidi.ts';
import type { Block, Inline } from './text.ts';

/** A text for each block, with line feeds between its lines. Items have their number or a dash, what stands in them is indented by no-break spaces. */
export function noteParagraphs(blocks: readonly Block[]): string[] {
  return blocks.map((block) => linesOf(block).join('\n'));
}

const INDENT = '\u00a0\u00a0\u00a0';

function linesOf(block: Block): string[] {
  switch (block.type) {
    case 'paragraph':
      return inlineLines(block.children);
    case 'list':
      return block.items.flatMap((item, index) => {
        const number = block.resumes === true && index === 0 ? '' : block.ordered ? `${block.start + index}. ` : '– ';
        const [first = '', ...rest] = item.flatMap(linesOf);
        return [`${number}${first}`, ...rest.map((line) => `${INDENT}${line}`)];
      });
    case 'quote':
      return block.children.flatMap(linesOf);
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map((cell) => cellText(inlineLines(cell).join(' '))).join(' | '));
    case 'code':
      return block.value
        .split(/\r\n?|\n/)
        .map((line) => line.replace(/^[ \t]+/, (space) => space.replaceAll('\t', '    ').replaceAll(' ', '\u00a0')));
    case 'image':
      return [block.alt];
  }
}

/** A cell whose marks of direction end with it. One without any is left alone: a row of Hebrew cells is read from right to left. */
function cellText(text: string): string {
  return MARKS.test(text) ? isolate(text) : text;
}

const MARKS = /[\u202a-\u202e\u2066-\u2069]/;

/** A line feed in a text is a space; only a break begins a line. */
function inlineLines(nodes: readonly Inline[]): string[] {
  return textOf(nodes).split(BREAK);
}

/** Stands in no text: content drops control characters (render/escape.ts). */
const BREAK = '\u0000';

function textOf(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      switch (node.type) {
        case 'text':
        case 'code':
          return node.value.replace(/[ \t]*\n[ \t\n]*/g, ' ').replaceAll(BREAK, '');
        case 'break':
          return BREAK;
        default:
          return textOf(node.children);
      }
    })
    .join('');
}
