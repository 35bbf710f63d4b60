import type { Token } from './quote-tokens.ts';
import { placeInSource, type QuoteSource } from './quote-tokens.ts';
import type { QuotedTranscript, TranscriptWord } from './transcript-lines.ts';

/** The passage of a transcript that is closest to a quote, and its first line in the file. */
export interface Nearest {
  text: string;
  line: number;
}

/** The number of words shown on either side of the matching ones, and the limits on the whole. */
const AROUND = 3;
const MOST_WORDS = 40;
const MOST_CHARACTERS = 240;

/**
 * Returns the part of a transcript that shares most words with a quote. Rare words count more; the first of equal parts wins. Null when
 * it shares less than a third. Time is linear in the transcript. `source` is the text that contains the transcript.
 */
export function nearestPassage(quote: readonly Token[], transcript: QuotedTranscript, source: QuoteSource | null): Nearest | null {
  const { words } = transcript;
  const window = bestWindow(quote.slice(0, MOST_WORDS), words);
  if (window === null) return null;
  const passage = words[window.from]?.passage ?? 0;
  let [from, to] = [window.from, window.to];
  while (from > window.from - AROUND && words[from - 1]?.passage === passage) from -= 1;
  while (to < window.to + AROUND && words[to]?.passage === words[window.to - 1]?.passage && to < words.length) to += 1;
  const line = transcript.passages[passage]?.line ?? 1;
  const begin = words.slice(window.from, window.to).filter((word) => word.passage === passage);
  return { text: textBetween(transcript, from, to), line: placeInSource(begin, { line, column: 1 }, source).line };
}

/** Returns the best window with as many words as the quote, cut to the first and last matching word. */
function bestWindow(quote: readonly Token[], words: readonly TranscriptWord[]): { from: number; to: number } | null {
  const frequency = new Map<string, number>();
  for (const { key } of words) frequency.set(key, (frequency.get(key) ?? 0) + 1);
  // The worth falls by one with every doubling of the frequency. Whole numbers keep the sums exact.
  const worth = (key: string) => Math.max(1, Math.clz32(frequency.get(key) ?? 0) - 16);
  const wanted = new Map<string, number>();
  for (const { key } of quote) wanted.set(key, (wanted.get(key) ?? 0) + 1);

  const inside = new Map<string, number>();
  let score = 0;
  let best = { score: 0, end: 0 };
  words.forEach(({ key }, index) => {
    const added = (inside.get(key) ?? 0) + 1;
    inside.set(key, added);
    if (added <= (wanted.get(key) ?? 0)) score += worth(key);
    const leaving = words[index - quote.length]?.key;
    if (leaving !== undefined) {
      const left = inside.get(leaving) ?? 0;
      if (left <= (wanted.get(leaving) ?? 0)) score -= worth(leaving);
      inside.set(leaving, left - 1);
    }
    if (score > best.score) best = { score, end: index + 1 };
  });
  const total = quote.reduce((sum, { key }) => sum + worth(key), 0);
  if (best.score * 3 < total) return null;
  let from = Math.max(0, best.end - quote.length);
  while (from < best.end && !wanted.has(words[from]?.key ?? '')) from += 1;
  return { from, to: best.end };
}

/** Returns the text from one word to another, with an ellipsis where a passage is cut. */
function textBetween({ words, passages }: QuotedTranscript, from: number, to: number): string {
  const parts: string[] = [];
  for (let at = from; at < to; ) {
    const passage = words[at]?.passage ?? 0;
    let last = at;
    while (last + 1 < to && words[last + 1]?.passage === passage) last += 1;
    const text = passages[passage]?.text ?? '';
    const opens = words[at - 1]?.passage !== passage;
    const closes = words[last + 1]?.passage !== passage;
    const start = words[at]?.from ?? 0;
    parts.push(`${opens ? '' : '… '}${text.slice(start, closes ? text.length : words[last]?.to)}${closes ? '' : ' …'}`);
    at = last + 1;
  }
  return shorten(parts.join(' ').replace(/\s+/g, ' ').trim());
}

function shorten(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS).replace(/[\ud800-\udbff]$/, '')}…`;
}
