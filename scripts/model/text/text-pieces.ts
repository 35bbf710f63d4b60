/** Splits text at the places where a line may end, and measures the pieces, so that a paragraph can be set in any column. */
import type { Face, TextWidth } from '../outputs/metrics.ts';
import { breakOffsets } from './line-breaks.ts';
import { type Inline, inlineToPlain, type Stretch, sliceInline } from './text.ts';

/** A stretch of text in one face. A line feed begins a new line. */
export interface TextRun {
  text: string;
  face: Face;
  /** Share of the paragraph's font size. Default: 1. */
  scale?: number;
  /** Padding at both ends of the run, as a share of its own font size. */
  padding?: number;
}

/** A part of the text that may stand on a line of its own. Widths are in CSS pixels. */
export interface Piece {
  from: number;
  /** The end of the piece, without (`end`) and with (`to`) the space after it. */
  end: number;
  to: number;
  word: number;
  advance: number;
  /** The change in width from kerning when it follows the piece before it. */
  joint: number;
  /** Whether it stays whole even if it is wider than the column. */
  whole: boolean;
}

/** What stays on one line besides ranges of numbers: with `tail` the end of a Chinese paragraph, with `words` Chinese words. */
export interface Keeping {
  tail?: boolean | undefined;
  words?: CutWords | null | undefined;
}

/** Returns the pieces of one paragraph. */
export function toPieces(runs: readonly TextRun[], size: number, { tail = false, words = null }: Keeping, width: TextWidth): Piece[] {
  const text = runs.map((run) => run.text).join('');
  const undivided = words === null ? [] : wordsInRuns(runs, words);
  const kept = (tail ? tailStart(text, [...boxesIn(runs), ...undivided]) : null) ?? text.length;
  const inside = new Set([...dashesInRanges(text), ...undivided.flatMap(offsetsInside)]);
  let from = 0;
  return breakOffsets(text).flatMap((to) => {
    if ((to > kept && to < text.length) || inside.has(to)) return [];
    const end = from + text.slice(from, to).trimEnd().length;
    const [word, joint] = [widthBetween(runs, from, end, size, width), from === 0 ? 0 : jointAt(runs, from, size, width)];
    const piece = {
      from,
      end,
      to,
      word,
      advance: end === to ? word : widthBetween(runs, from, to, size, width),
      joint,
      whole: from === kept,
    };
    from = to;
    return [piece];
  });
}

/** Returns the runs with padding. */
function boxesIn(runs: readonly TextRun[]): Stretch[] {
  let end = 0;
  return runs.flatMap(({ text, padding }): Stretch[] => {
    end += text.length;
    return padding === undefined ? [] : [[end - text.length, end]];
  });
}

/** Returns the width of the text between two offsets, at the given font size. */
export function widthBetween(runs: readonly TextRun[], from: number, to: number, size: number, width: TextWidth): number {
  let [sum, start] = [0, 0];
  for (const { text, face, scale = 1, padding = 0 } of runs) {
    const end = start + text.length;
    if (end > from && start < to) {
      const ends = (start >= from ? 1 : 0) + (end <= to ? 1 : 0);
      sum += width(text.slice(Math.max(0, from - start), to - start), face, size * scale) + ends * padding * size * scale;
    }
    start = end;
  }
  return sum;
}

function jointAt(runs: readonly TextRun[], at: number, size: number, width: TextWidth): number {
  let start = 0;
  for (const { text, face, scale = 1 } of runs) {
    const end = start + text.length;
    if (start < at && at < end) {
      const [last, first] = [text.charAt(at - start - 1), text.charAt(at - start)];
      if (last > LAST_LATIN || first > LAST_LATIN) return 0;
      const of = (part: string) => width(part, face, size * scale);
      return of(last + first) - of(last) - of(first);
    }
    start = end;
  }
  return 0;
}

/** Ideographs have a fixed width. Only Latin letters are kerned across a possible line end. */
const LAST_LATIN = '\u024f';

// The end of a Chinese paragraph stays together, because a single character on the last line looks like a mistake

/** The least number of characters on a last line, not counting punctuation. */
const FEWEST = 4;
/**
 * In characters. A longer tail, such as one with a long Latin word, is not kept together, because it would leave a gap in the line
 * before.
 */
const LONGEST = 14;
const IDEOGRAPH = /\p{Script=Han}/u;

/**
 * Returns where the tail of a paragraph begins, in UTF-16 units. Null when there is no Chinese at its end or nothing before the tail.
 * `undivided`: what it does not divide, such as inline code with its box.
 */
export function tailStart(text: string, undivided: readonly Stretch[] = []): number | null {
  const end = text.trimEnd().length;
  // Only the end of the text can contain the tail.
  const from = Math.max(0, end - 4 * LONGEST);
  const near = text.slice(from, end);
  if (!IDEOGRAPH.test(near)) return null;
  const start = breakOffsets(near)
    .filter((offset) => !undivided.some(([first, last]) => first < from + offset && from + offset < last))
    .filter((offset) => countCharacters(near.slice(offset)) >= FEWEST)
    .at(-1);
  if (start === undefined) return null;
  const tail = near.slice(start).replace(/\s+/g, ' ');
  return IDEOGRAPH.test(tail) && tail.length <= LONGEST ? from + start : null;
}

function countCharacters(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

/** Splits inline text before its tail, which does not divide the stretches in `kept`. The second part is empty when there is none. */
export function cutTail(children: readonly Inline[], kept: readonly Stretch[] = []): [head: Inline[], tail: Inline[]] {
  const plain = inlineToPlain(children);
  const line = plain.length - (plainAfterBreak(children) ?? plain).length;
  const start = tailStart(
    plain.slice(line),
    [...codeIn(children), ...kept].map(([from, to]) => [from - line, to - line]),
  );
  if (start === null) return [[...children], []];
  return [sliceInline(children, 0, line + start), sliceInline(children, line + start, plain.length)];
}

function codeIn(children: readonly Inline[]): Stretch[] {
  let offset = 0;
  return children.flatMap((node): Stretch[] => {
    const start = offset;
    offset += inlineToPlain([node]).length;
    if (node.type === 'code') return [[start, offset]];
    return 'children' in node ? codeIn(node.children).map(([from, to]) => [start + from, start + to]) : [];
  });
}

/** Returns the text after the last forced break, or null. A line feed in a text node is not a break. */
function plainAfterBreak(children: readonly Inline[]): string | null {
  let text = '';
  for (const node of [...children].reverse()) {
    if (node.type === 'break') return text;
    const inner = 'children' in node ? plainAfterBreak(node.children) : null;
    if (inner !== null) return inner + text;
    text = inlineToPlain([node]) + text;
  }
  return null;
}

// Chinese words. Browsers break a line between any two ideographs; where words are kept, only between words

/** Returns the words of Chinese text in order. Joined, they are the text. */
export type CutWords = (text: string) => readonly string[];

/** Returns what finds the words of a text. Null for text in another language than Chinese. */
export function wordsOfLanguage(lang: string, cut: CutWords): CutWords | null {
  return /^zh\b/.test(lang) ? cut : null;
}

/** Returns the words of Chinese text that have more than one character. */
export function wordsIn(text: string, cut: CutWords): Stretch[] {
  return [...text.matchAll(IDEOGRAPHS)].flatMap(({ index, 0: ideographs }) => {
    let at = index;
    return cut(ideographs).flatMap((word): Stretch[] => {
      at += word.length;
      const count = [...word].length;
      return count > 1 && count <= LONGEST_WORD ? [[at - word.length, at]] : [];
    });
  });
}

const IDEOGRAPHS = /\p{Script=Han}{2,}/gu;

/** In characters. A longer word, such as the full name of an authority, would leave a gap in the line before. */
const LONGEST_WORD = 7;

/** Returns the words of a paragraph, but for those in runs with padding. A word ends where its run ends, as the theme sets each run for itself. */
function wordsInRuns(runs: readonly TextRun[], cut: CutWords): Stretch[] {
  let start = 0;
  return runs.flatMap(({ text, padding }) => {
    const from = start;
    start += text.length;
    return padding === undefined ? shift(wordsIn(text, cut), from) : [];
  });
}

/** Returns the words of inline text, but for those in code, as stretches of its plain text. */
export function wordsInInline(children: readonly Inline[], cut: CutWords): Stretch[] {
  let start = 0;
  return children.flatMap((node): Stretch[] => {
    const from = start;
    start += inlineToPlain([node]).length;
    if (node.type === 'text') return shift(wordsIn(node.value, cut), from);
    return 'children' in node ? shift(wordsInInline(node.children, cut), from) : [];
  });
}

/** Splits text at stretches: those with an odd index are the stretches, the others stand between them and may be empty. */
export function splitAtStretches(text: string, stretches: readonly Stretch[]): string[] {
  let at = 0;
  const parts = stretches.flatMap(([from, to]) => {
    const pair = [text.slice(at, from), text.slice(from, to)];
    at = to;
    return pair;
  });
  return [...parts, text.slice(at)];
}

/** Returns stretches of a part that begins at an offset as stretches of the whole. */
export function shift(stretches: readonly Stretch[], offset: number): Stretch[] {
  return stretches.map(([from, to]) => [from + offset, to + offset]);
}

function offsetsInside([from, to]: Stretch): number[] {
  return Array.from({ length: to - from - 1 }, (_, index) => from + 1 + index);
}

// Number ranges such as 2–3 or 1,000–10,000 (2～3 and 2014—2017 in Chinese, GB/T 15834) and names with a number such as GPT-4. Browsers may
// break a line at their dash; here it never is

const RANGE = /(?<![\d.,–～—])\d[\d.,]{0,11}[–～—]\d[\d.,]{0,11}(?![\d–～—])|(?<![\w-])[A-Za-z]{1,12}-\d{1,6}(?![\w-])/g;

/** Splits text into parts; those with `range` stay on one line. The theme's SetText.vue splits texts of front matter by the same rule. */
export function splitAtRanges(text: string): { text: string; range: boolean }[] {
  const parts: { text: string; range: boolean }[] = [];
  let at = 0;
  for (const { index, 0: range } of text.matchAll(RANGE)) {
    if (index > at) parts.push({ text: text.slice(at, index), range: false });
    parts.push({ text: range, range: true });
    at = index + range.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), range: false });
  return parts;
}

/** Returns the offsets on both sides of the dashes of ranges, in UTF-16 units. */
function dashesInRanges(text: string): Set<number> {
  const dashes = [...text.matchAll(RANGE)].map(({ index, 0: range }) => index + range.search(/[–～—-]/));
  return new Set(dashes.flatMap((at) => [at, at + 1]));
}
