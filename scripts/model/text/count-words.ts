/**
 * Words as a reader counts them. Two ideographs count as one word: a rule that needs no dictionary, so that every version of ICU gives the same slides.
 */
export function countWords(text: string): number {
  const ideographs = text.match(IDEOGRAPH)?.length ?? 0;
  return (text.replace(IDEOGRAPH, ' ').match(WORD)?.length ?? 0) + ideographs / 2;
}

const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.,\-–]*/gu;
