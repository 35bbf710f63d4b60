import type { Block } from '../../model/text/text.ts';
import { headingAsParagraph, type MarkdownText } from './markdown.ts';

/** A body that is one text: its headings structure nothing, they are lines in bold. */
export function wholeText({ parts }: MarkdownText): Block[] {
  return parts.map((part) => (part.type === 'block' ? part.block : headingAsParagraph(part.children)));
}
