/** Rich text as HTML, every word escaped. One line without blank lines: it stands inside one HTML block of the deck. */
import type { Block, Inline } from '../model/text.ts';
import { escapeAttribute, escapeCode, escapeHtml } from './escape.ts';

/** Blocks as HTML. `image` turns a path in the content folder into the address the deck uses. */
export function blocksToHtml(blocks: readonly Block[], image: (src: string) => string): string {
  return blocks.map((block) => blockToHtml(block, image)).join('\n');
}

/** Inline text as HTML. Links leave the deck, so they say so and open beside it. */
export function inlineToHtml(nodes: readonly Inline[]): string {
  return nodes
    .map((node): string => {
      switch (node.type) {
        case 'text':
          return escapeHtml(node.value);
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

function blockToHtml(block: Block, image: (src: string) => string): string {
  switch (block.type) {
    case 'paragraph':
      return `<p>${inlineToHtml(block.children)}</p>`;
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul';
      const start = block.ordered && block.start !== 1 ? ` start="${block.start}"` : '';
      return `<${tag}${start}>\n${block.items.map((item) => `<li>${itemToHtml(item, image)}</li>`).join('\n')}\n</${tag}>`;
    }
    case 'quote':
      return `<blockquote>\n${blocksToHtml(block.children, image)}\n</blockquote>`;
    case 'table':
      return tableToHtml(block);
    case 'code':
      return `<pre><code>${escapeCode(block.value)}</code></pre>`;
    case 'image':
      return `<img src="${escapeAttribute(image(block.src))}" alt="${escapeAttribute(block.alt)}">`;
  }
}

/** A single paragraph in an item stands without its own tag, as authors mean it. */
function itemToHtml(item: readonly Block[], image: (src: string) => string): string {
  const [first, ...rest] = item;
  if (first?.type !== 'paragraph') return blocksToHtml(item, image);
  return [inlineToHtml(first.children), ...(rest.length > 0 ? [blocksToHtml(rest, image)] : [])].join('\n');
}

function tableToHtml(table: Extract<Block, { type: 'table' }>): string {
  const row = (cells: Inline[][], tag: 'th' | 'td') =>
    `<tr>${cells
      .map((cell, index) => {
        const align = table.align[index];
        const scope = tag === 'th' ? ' scope="col"' : '';
        return `<${tag}${scope}${align ? ` class="align-${align}"` : ''}>${inlineToHtml(cell)}</${tag}>`;
      })
      .join('')}</tr>`;
  return `<table>\n<thead>${row(table.head, 'th')}</thead>\n<tbody>\n${table.rows.map((cells) => row(cells, 'td')).join('\n')}\n</tbody>\n</table>`;
}
