/** Rich text as HTML, every word escaped. One line without blank lines: in a deck it stands inside one HTML block. */
import { directionOf } from '../model/text/bidi.ts';
import { splitAtRanges } from '../model/text/ranges.ts';
import { cutTail } from '../model/text/tail.ts';
import { type Block, blocksToPlain, type Inline, listDigits } from '../model/text/text.ts';
import { escapeAttribute, escapeCode, escapeHtml } from './escape.ts';

/**
 * Blocks as HTML. Each is closed to Vue by `v-pre`, except around images: those Vue must see, for their addresses are resolved from the
 * deck. `image` turns a path in the content folder into the address from the deck.
 */
export function blocksToHtml(blocks: readonly Block[], image: (src: string) => string, closed: Closed = ' v-pre'): string {
  return blocks.map((block) => (holdsImage(block) ? openToHtml(block, image, closed) : closedToHtml(block, closed))).join('\n');
}

/** The attribute that closes text to Vue; a page that Vue never sees needs none. */
export type Closed = ' v-pre' | '';

/** Blocks as HTML of which every item of an outermost list comes with a step of its own: Slidev's `v-click`, which `v-pre` would switch off. */
export function steppedToHtml(blocks: readonly Block[], image: (src: string) => string): string {
  return blocks.map((block) => (block.type === 'list' ? steppedList(block, image) : blocksToHtml([block], image))).join('\n');
}

function steppedList(list: Extract<Block, { type: 'list' }>, image: (src: string) => string): string {
  const [tag, attributes] = listTag(list);
  const items = list.items.map((item) => {
    const [first, ...rest] = item;
    if (first?.type !== 'paragraph') return `<li v-click class="bare">\n${blocksToHtml(item, image)}\n</li>`;
    return `<li v-click><span v-pre>${paragraphToHtml(first.children)}</span>\n${blocksToHtml(rest, image)}</li>`;
  });
  return `<${tag}${attributes}>\n${items.join('\n')}\n</${tag}>`;
}

/** Inline text as HTML. Links leave the deck, so they say so and open beside it. */
export function inlineToHtml(nodes: readonly Inline[]): string {
  return nodes
    .map((node): string => {
      switch (node.type) {
        case 'text':
          return textToHtml(node.value);
        case 'strong':
          return `<strong>${inlineToHtml(node.children)}</strong>`;
        case 'emphasis':
          return `<em>${inlineToHtml(node.children)}</em>`;
        case 'code':
          return `<code>${escapeHtml(node.value)}</code>`;
        case 'link':
          return `<a href="${escapeAttribute(node.href)}" target="_blank" rel="noopener noreferrer">${inlineToHtml(node.children)}</a>`;
        default:
          return '<br>';
      }
    })
    .join('');
}

/** Text, in which a range of numbers stays on one line. */
export function textToHtml(text: string): string {
  return splitAtRanges(text)
    .map((part) => (part.range ? `<span class="range">${escapeHtml(part.text)}</span>` : escapeHtml(part.text)))
    .join('');
}

/** Inline text whose last line is not left with a lonely Chinese character. */
function paragraphToHtml(children: readonly Inline[]): string {
  const [head, tail] = cutTail(children);
  return tail.length === 0 ? inlineToHtml(head) : `${inlineToHtml(head)}<span class="tail">${inlineToHtml(tail)}</span>`;
}

/** A block without images. Only the outermost element carries `closed`. */
function closedToHtml(block: Exclude<Block, { type: 'image' }>, closed: string): string {
  switch (block.type) {
    case 'paragraph':
      return `<p${closed}>${paragraphToHtml(block.children)}</p>`;
    case 'list': {
      const [tag, start] = listTag(block);
      return `<${tag}${start}${closed}>\n${block.items.map((item) => `<li${item[0]?.type === 'paragraph' ? '' : ' class="bare"'}>${itemToHtml(item)}</li>`).join('\n')}\n</${tag}>`;
    }
    case 'quote':
      return `<blockquote${turned(block)}${closed}>\n${block.children.map(inner).join('\n')}\n</blockquote>`;
    case 'table':
      return tableToHtml(block, closed);
    case 'code':
      return `<pre${closed}><code>${escapeCode(block.value)}</code></pre>`;
  }
}

function inner(block: Block): string {
  if (block.type === 'image') throw new TypeError('a block with an image is not closed');
  return closedToHtml(block, '');
}

/** A block that is an image or holds one: its text is closed piece by piece. */
function openToHtml(block: Block, image: (src: string) => string, closed: Closed): string {
  switch (block.type) {
    case 'image':
      return `<img src="${escapeAttribute(image(block.src))}" alt="${escapeAttribute(block.alt)}">`;
    case 'list': {
      const [tag, start] = listTag(block);
      return `<${tag}${start}>\n${block.items.map((item) => `<li class="bare">\n${blocksToHtml(item, image, closed)}\n</li>`).join('\n')}\n</${tag}>`;
    }
    case 'quote':
      return `<blockquote${turned(block)}>\n${blocksToHtml(block.children, image, closed)}\n</blockquote>`;
    default:
      return closedToHtml(block, closed);
  }
}

function holdsImage(block: Block): block is Extract<Block, { type: 'image' | 'list' | 'quote' }> {
  if (block.type === 'list') return block.items.some((item) => item.some(holdsImage));
  return block.type === 'image' || (block.type === 'quote' && block.children.some(holdsImage));
}

function listTag(list: Extract<Block, { type: 'list' }>): [string, string] {
  const attributes = turned(list) + (list.resumes === true ? ' class="resumes"' : '');
  if (!list.ordered) return ['ul', attributes];
  const digits = listDigits(list);
  return ['ol', `${list.start === 1 ? '' : ` start="${list.start}"`}${digits === 1 ? '' : ` style="--digits: ${digits}"`}${attributes}`];
}

/** Text finds its direction by itself (styles/lines.css); the marks of a list, the bar of a quote and the columns of a table are to stand on its side. */
function turned(block: Block): string {
  return directionOf(blocksToPlain([block])) === 'rtl' ? ' dir="rtl"' : '';
}

/** A single paragraph in an item stands without its own tag, as authors mean it. */
function itemToHtml(item: readonly Block[]): string {
  const [first, ...rest] = item;
  if (first?.type !== 'paragraph') return item.map(inner).join('\n');
  return [paragraphToHtml(first.children), ...rest.map(inner)].join('\n');
}

function tableToHtml(table: Extract<Block, { type: 'table' }>, closed: string): string {
  const row = (cells: Inline[][], tag: 'th' | 'td') =>
    `<tr>${cells
      .map((cell, index) => {
        const align = table.align[index];
        const scope = tag === 'th' ? ' scope="col"' : '';
        return `<${tag}${scope}${align ? ` class="align-${align}"` : ''}>${inlineToHtml(cell)}</${tag}>`;
      })
      .join('')}</tr>`;
  const columns = (table.shares ?? []).map((share) => `<col style="width: ${share}%">`).join('');
  const wide = table.excess === undefined ? '' : `; width: calc(100% + ${table.excess}px)`;
  const small = table.scale === undefined ? '' : ` style="--scale: ${table.scale}${wide}"`;
  return `<table${turned(table)}${small}${closed}>\n<colgroup>${columns}</colgroup>\n<thead>${row(table.head, 'th')}</thead>\n<tbody>\n${table.rows.map((cells) => row(cells, 'td')).join('\n')}\n</tbody>\n</table>`;
}
