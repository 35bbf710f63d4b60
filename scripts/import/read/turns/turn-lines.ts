/** The lines of a text, told apart by what their writing alone says. What a line means is decided with all of them in view. */
import { plainMarkdown } from './plain-markdown.ts';

export interface TextLine {
  /** Without Markdown's marks where the file is Markdown, without white space at its ends. */
  text: string;
  /** As the file has it, for labels: their stars and brackets tell them from other words. */
  raw: string;
  isMarkdown: boolean;
  type: 'words' | 'blank' | 'rule' | 'heading';
  /** Of a heading: 1 is the title's. */
  level: number;
  /** In characters of the text, end exclusive. */
  from: number;
  to: number;
  /** Its index among the lines of the text. */
  at: number;
  /** What places name: counts from 1; several lines may have the same where the format has no lines. */
  line: number;
}

/** Splits a text with plain line ends. */
export function toLines(text: string): TextLine[] {
  const isMarkdown = looksMarkdown(text);
  const lines: TextLine[] = [];
  let from = 0;
  for (const [index, raw] of text.split('\n').entries()) {
    lines.push(toLine(raw, isMarkdown, from, index));
    from += raw.length + 1;
  }
  return isMarkdown ? underlined(lines) : lines;
}

/** A line of words or a blank one, for formats that have paragraphs of their own; `level` of a heading, else 0. */
export function lineOf(text: string, at: number, line: number, level: number): TextLine {
  const words = text.trim();
  const type = words === '' ? 'blank' : level > 0 ? 'heading' : 'words';
  return { text: words, raw: words, isMarkdown: false, type, level, from: 0, to: 0, at, line };
}

function toLine(raw: string, isMarkdown: boolean, from: number, at: number): TextLine {
  const place = { from, to: from + raw.length, at, line: at + 1, level: 0, raw: raw.trim(), isMarkdown };
  const text = raw.trim();
  if (text === '') return { ...place, text, type: 'blank' };
  if (/^[-*_=~—–]{3,}$/.test(text.length > 120 ? '' : text.replace(/\s/g, ''))) return { ...place, text, type: 'rule' };
  if (!isMarkdown) return { ...place, text, type: 'words' };
  const heading = /^ {0,3}(#{1,6})\s+(\S.*)$/.exec(raw);
  if (heading === null) return { ...place, text: plainMarkdown(text), type: 'words' };
  const title = plainMarkdown((heading[2] ?? '').replace(/\s#+\s*$/, '')).trim();
  return { ...place, text: title, type: title === '' ? 'rule' : 'heading', level: heading[1]?.length ?? 1 };
}

/** Signs of Markdown that plain text has none of: headings, bold labels, links, escaped brackets. */
function looksMarkdown(text: string): boolean {
  return /^ {0,3}#{1,6} \S|^\s{0,3}(?:\*\*|__)\S|\]\(https?:|\\[[\]()_*#.-]|^---\n/m.test(text);
}

/** A title with a line of `=` under it. */
function underlined(lines: TextLine[]): TextLine[] {
  for (const [index, { type, raw }] of lines.entries()) {
    const above = lines[index - 1];
    if (type === 'rule' && /^={3,}$/.test(raw) && above?.type === 'words') lines[index - 1] = { ...above, type: 'heading', level: 1 };
  }
  return lines;
}
