/** Splits a text into lines and classifies each by its form alone. Its meaning depends on the other lines. */
import { plainMarkdown } from './plain-markdown.ts';

export interface TextLine {
  /** Trimmed, and without Markdown marks when the file is Markdown. */
  text: string;
  /** As written, for labels, which are recognised by their asterisks and brackets. */
  raw: string;
  isMarkdown: boolean;
  type: 'words' | 'blank' | 'rule' | 'heading';
  /** Of a heading: 1 is the title. */
  level: number;
  /** Range in characters of the text; `to` is exclusive. */
  from: number;
  to: number;
  /** Its index among the lines. */
  at: number;
  /** The line number in places, counted from 1. Several lines may share one when the format has no lines. */
  line: number;
}

/** Splits a text. Its line ends must be plain. */
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

/** Returns a line for formats with paragraphs of their own. `level` is the level of a heading, else 0. */
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

/** Looks for marks that plain text does not have: headings, bold labels, links, escaped brackets. */
function looksMarkdown(text: string): boolean {
  return /^ {0,3}#{1,6} \S|^\s{0,3}(?:\*\*|__)\S|\]\(https?:|\\[[\]()_*#.-]|^---\n/m.test(text);
}

/** Finds titles underlined with `=`. */
function underlined(lines: TextLine[]): TextLine[] {
  for (const [index, { type, raw }] of lines.entries()) {
    const above = lines[index - 1];
    if (type === 'rule' && /^={3,}$/.test(raw) && above?.type === 'words') lines[index - 1] = { ...above, type: 'heading', level: 1 };
  }
  return lines;
}
