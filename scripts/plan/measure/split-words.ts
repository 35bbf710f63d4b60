/** Splits text of any script into words and sentences. Sentences follow Unicode (UAX 29, through Intl.Segmenter). */
import { type Inline, inlineToPlain, sliceInline } from '../../model/text/text.ts';

/** Splits a paragraph into sentences. Marks and links are kept on both sides of a cut; joined again, the sentences give the paragraph. */
export function splitSentences(children: readonly Inline[], lang: string): Inline[][] {
  const segments = new Intl.Segmenter(lang, { granularity: 'sentence' }).segment(inlineToPlain(children));
  return cutAt(
    children,
    [...segments].map(({ index }) => index),
  );
}

/** Splits a sentence after its commas, colons and dashes. */
export function splitClauses(children: readonly Inline[]): Inline[][] {
  const ends = [...inlineToPlain(children).matchAll(/[,;:–—)]["'”’]?\s+|[，；：、——）][”’]?/gu)];
  return cutAt(children, [0, ...ends.map((match) => match.index + match[0].length)]);
}

/** Splits text between words, a few at a time, and inside very long words. The last resort. */
export function splitWords(children: readonly Inline[], lang: string): Inline[][] {
  const segments = new Intl.Segmenter(lang, { granularity: 'word' }).segment(inlineToPlain(children));
  const starts: number[] = [0];
  for (const { index, segment } of segments) {
    if (index - (starts.at(-1) ?? 0) >= RUN && !/^[\s\p{P}]/u.test(segment)) starts.push(index);
    for (let at = index + LONG_WORD; at < index + segment.length; at += LONG_WORD) starts.push(at);
  }
  return cutAt(children, starts);
}

/** In characters: the length of a run that stays together, and of the longest word that is not cut. */
const RUN = 24;
const LONG_WORD = 120;

/** Splits a paragraph at the given offsets of its plain text. */
function cutAt(children: readonly Inline[], starts: readonly number[]): Inline[][] {
  const length = inlineToPlain(children).length;
  return starts.map((start, index) => sliceInline(children, start, starts[index + 1] ?? length)).filter((part) => part.length > 0);
}
