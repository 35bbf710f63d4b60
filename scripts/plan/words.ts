/** Words and sentences in any script; sentences by Unicode's rules (UAX 29, as Intl.Segmenter has them). */
import { type Inline, inlineToPlain, sliceInline } from '../model/text.ts';

/**
 * Words as a reader counts them. Two ideographs count as one word: a rule that needs no dictionary, so that every version of ICU gives the same slides.
 */
export function countWords(text: string): number {
  const ideographs = text.match(IDEOGRAPH)?.length ?? 0;
  const words = text.replace(IDEOGRAPH, ' ').match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.,\-–]*/gu)?.length ?? 0;
  return words + ideographs / 2;
}

const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;

/** The sentences of a paragraph, marks and links kept on both sides of a cut. Joined again they are the paragraph. */
export function splitSentences(children: readonly Inline[], lang: string): Inline[][] {
  const sentences = new Intl.Segmenter(lang, { granularity: 'sentence' }).segment(inlineToPlain(children));
  return [...sentences]
    .map(({ index, segment }) => sliceInline(children, index, index + segment.length))
    .filter((sentence) => sentence.length > 0);
}
