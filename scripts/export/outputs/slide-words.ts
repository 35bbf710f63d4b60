/** What a slide of a generated deck is to say, told from its file: every output of the deck is held against it before it takes its name. */
import { Parser } from 'htmlparser2'; // Small, and reads HTML as browsers do.

/**
 * The texts of a slide, one for each paragraph, item, cell, line of a drawing: first what its front matter hands to the layout, then its content in order. Content is
 * read where it is closed to Vue (`v-pre`), as the templates close all text: what else a template writes is its own.
 */
export function slideWords(frontmatter: Readonly<Record<string, unknown>>, content: string): string[] {
  const { title: _slidevs, source: _file, briefdeck: _deck, ...shown } = frontmatter;
  return [...textsIn(shown), ...textsOf(content)].filter((text) => text.trim() !== '');
}

/** Front matter that layouts show: what people have written, at any depth. */
const SHOWN = new Set(['headline', 'question', 'subtitle', 'by', 'text', 'earlier', 'title', 'affiliation']);

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => (typeof each === 'string' ? (SHOWN.has(key) ? [each] : []) : textsIn(each)));
}

/** Elements that stand by themselves; of the others the text goes on. */
const BLOCKS = new Set(['p', 'li', 'dt', 'dd', 'td', 'th', 'pre', 'blockquote', 'div', 'br', 'text', 'figure', 'ul', 'ol', 'table', 'tr']);

function textsOf(content: string): string[] {
  const texts = [''];
  /** For each open element, whether its text is closed to Vue. */
  const closed: boolean[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      closed.push(closed.at(-1) === true || 'v-pre' in attributes);
      // The value of a number and what it counts.
      if (BLOCKS.has(name) || /^(?:value|label)$/.test(attributes.class ?? '')) texts.push('');
    },
    ontext(text) {
      if (closed.at(-1) === true) texts[texts.length - 1] += text;
    },
    onclosetag(name) {
      closed.pop();
      if (BLOCKS.has(name)) texts.push('');
    },
  });
  parser.end(content);
  return texts;
}
