/** The question of an exchange: in the words of who asks, as long as a headline may be. */
import { linesOf, sentencesOf, shorten, widthOf } from '../plain-text.ts';
import { QUESTION_MARK } from './people.ts';

export interface Question {
  text: string;
  /** Whether it is all that was asked: then the transcript need not hold it again. */
  whole: boolean;
}

/** In letters; an ideograph takes two. Longer ones fill a slide by themselves. */
const HEADLINE = 170;

/**
 * Of what was asked all, where that is short; else its last questions. What was said before the question, and a question of many sentences, stand in the
 * transcript whole.
 */
export function questionOf(asked: readonly string[]): Question {
  const lines = linesOf(asked);
  const all = lines.join(' ');
  if (widthOf(all) <= HEADLINE) return { text: all, whole: true };
  const sentences = lines.flatMap(sentencesOf).map((sentence) => sentence.trim());
  const last = sentences.findLastIndex((sentence) => QUESTION_MARK.test(sentence));
  return { text: last === -1 ? leading(sentences) : questionsUpTo(sentences, last), whole: false };
}

/** What stands for a question where nobody asked one: the first sentence of what is said. */
export function leadingSentence(paragraphs: readonly string[]): string {
  return leading(linesOf(paragraphs).flatMap(sentencesOf).slice(0, 1));
}

function questionsUpTo(sentences: readonly string[], last: number): string {
  let first = last;
  const text = () => sentences.slice(first, last + 1).join(' ');
  while (first > 0 && QUESTION_MARK.test(sentences[first - 1] ?? '') && widthOf(`${sentences[first - 1]} ${text()}`) <= HEADLINE)
    first -= 1;
  return shorten(text(), HEADLINE);
}

function leading(sentences: readonly string[]): string {
  let text = sentences[0]?.trim() ?? '';
  for (const sentence of sentences.slice(1)) {
    if (widthOf(`${text} ${sentence}`) > HEADLINE) break;
    text = `${text} ${sentence}`;
  }
  return shorten(text, HEADLINE);
}
