/** Breaks text into lines as a browser does: each line takes as many words as fit. Pure; the widths are passed in. */
import { type Face, faceIn, type TextWidth } from '../outputs/metrics.ts';
import type { Inline } from './text.ts';
import { type Keeping, type Piece, type TextRun, toPieces, widthBetween } from './text-pieces.ts';

/** `tail`: the theme keeps the end of a Chinese paragraph together, as in paragraphs, list items and quotes. */
export interface TextColumn extends Keeping {
  /** Font size in CSS pixels; `column` is the width of the column in CSS pixels. */
  size: number;
  column: number;
  /** Whether every space is shown, as in code. By default runs of spaces become one. */
  spaces?: 'kept';
}

/** Returns the lines of text in one face, without spaces at their ends. */
export function breakLines(text: string, { face, ...column }: TextColumn & { face: Face }, width: TextWidth): string[] {
  return breakRuns([{ text, face }], column, width);
}

/** Returns the lines of text in several faces. */
export function breakRuns(runs: readonly TextRun[], column: TextColumn, width: TextWidth): string[] {
  return splitParagraphs(runs).flatMap((paragraph) =>
    breakParagraph(column.spaces === 'kept' ? paragraph : collapseSpaces(paragraph), column, width),
  );
}

/** The words of a text are only looked for when it needs more than one line, because that loads a dictionary. */
function breakParagraph(runs: readonly TextRun[], column: TextColumn, width: TextWidth): string[] {
  const lines = fillLines(runs, { ...column, words: null }, width);
  const hasWords = column.words != null && lines.length > 1 && runs.some(({ text }) => /\p{Script=Han}{2}/u.test(text));
  return hasWords ? fillLines(runs, column, width) : lines;
}

/** Fills lines with pieces. A piece wider than the column is broken between letters. */
function fillLines(runs: readonly TextRun[], { size, column, ...keeping }: TextColumn, width: TextWidth): string[] {
  const text = runs.map((run) => run.text).join('');
  // All widths are in ems here, so that one measurement serves every size that the planner tries.
  const room = (column + SLACK) / size;
  const lines: string[] = [];
  let [start, used] = [0, 0];
  for (const piece of rememberPieces(runs, keeping, width)) {
    const { from, end, to, word, advance, joint, whole } = piece;
    if (from > start && used + joint + word > room) {
      lines.push(text.slice(start, from).trimEnd());
      [start, used] = [from, 0];
    }
    if (from > start || word <= room || whole) used += (from > start ? joint : 0) + advance;
    else {
      for (const cut of cutWord(text.slice(from, end), (a, b) => widthBetween(runs, from + a, from + b, 1, width) <= room)) {
        lines.push(text.slice(start, from + cut));
        start = from + cut;
      }
      used = widthBetween(runs, start, to, 1, width);
    }
  }
  return [...lines, text.slice(start).trimEnd()];
}

/** Chromium measures in 64ths of a pixel, which leaves a line this much room. */
const SLACK = 1 / 64;

/**
 * Breaks a word that is wider than the column (`overflow-wrap: anywhere`). Returns the offsets at which its lines end, except the last.
 */
function cutWord(word: string, fits: (from: number, to: number) => boolean): number[] {
  const cuts: number[] = [];
  let start = 0;
  for (const { segment, index } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(word)) {
    if (index > start && !fits(start, index + segment.length)) {
      cuts.push(index);
      start = index;
    }
  }
  return cuts;
}

/** Cache. The planner sets the same paragraph in several columns and sizes, and again for every slide it tries. */
const remembered = new WeakMap<TextWidth, WeakMap<object, Map<string, Piece[]>>>();
const MOST_REMEMBERED = 10_000;

/** Returns the pieces of a paragraph with widths in ems. */
function rememberPieces(runs: readonly TextRun[], { tail = false, words = null }: Keeping, width: TextWidth): Piece[] {
  const byWords = remembered.get(width) ?? new WeakMap<object, Map<string, Piece[]>>();
  remembered.set(width, byWords);
  const known = byWords.get(words ?? width) ?? new Map<string, Piece[]>();
  byWords.set(words ?? width, known);
  if (known.size > MOST_REMEMBERED) known.clear();
  const key = [tail, ...runs.map(({ text, face, scale = '', padding = '' }) => `${face} ${scale} ${padding}\n${text}`)].join('\n');
  const pieces = known.get(key) ?? toPieces(runs, 1, { tail, words }, width);
  known.set(key, pieces);
  return pieces;
}

/** Splits runs at line feeds. */
function splitParagraphs(runs: readonly TextRun[]): TextRun[][] {
  const paragraphs: TextRun[][] = [[]];
  for (const run of runs) {
    run.text.split('\n').forEach((text, index) => {
      if (index > 0) paragraphs.push([]);
      paragraphs.at(-1)?.push({ ...run, text });
    });
  }
  return paragraphs;
}

/** Collapses white space as HTML does: one space for any number, none at the ends of the paragraph. */
function collapseSpaces(runs: readonly TextRun[]): TextRun[] {
  let open = true;
  const collapsed = runs.map((run) => {
    const text = run.text.replace(/[ \t\r\f]+/g, ' ').replace(/^ /, open ? '' : ' ');
    if (text !== '') open = text.endsWith(' ');
    return { ...run, text };
  });
  for (const run of collapsed.toReversed()) {
    run.text = run.text.replace(/ $/, '');
    if (run.text !== '') break;
  }
  return collapsed;
}

// Runs of inline text

/** Inline code is slightly smaller and padded at both ends: `code` in the theme's styles/text.css. */
const CODE = { scale: 0.9, padding: 0.3 } as const;

/**
 * Returns the runs of inline text, with bold and italic words in their own faces. Line feeds in a text are spaces; a break starts a new
 * line.
 */
export function inlineRuns(nodes: readonly Inline[], face: Face = 'sans'): TextRun[] {
  return nodes.flatMap((node): TextRun[] => {
    switch (node.type) {
      case 'text':
        return [{ text: asOneLine(node.value), face }];
      case 'code':
        return [{ text: asOneLine(node.value), face: faceIn(face, 'mono'), ...CODE }];
      case 'strong':
        return inlineRuns(node.children, faceIn(face, 'bold'));
      case 'emphasis':
        return inlineRuns(node.children, faceIn(face, 'italic'));
      case 'break':
        return [{ text: '\n', face }];
      default:
        return inlineRuns(node.children, face);
    }
  });
}

function asOneLine(text: string): string {
  return text.replace(/(?<!\s)\s*\n\s*/g, ' ');
}
