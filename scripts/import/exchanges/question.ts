/** The question of an exchange, in the asker's own words, cut to the length of a headline. */
import { linesOf, sentencesOf, shortenLine, widthOf } from '../plain-text.ts';
import { QUESTION_MARK } from './people.ts';

export interface Question {
  text: string;
  /** Whether this is everything that was asked. Then the transcript does not repeat it. */
  whole: boolean;
}

/** In letters; an ideograph counts as two. A longer headline fills a slide on its own. */
const HEADLINE = 170;

/**
 * Returns everything that was asked when it is short enough, else its last questions. Words before the question, and questions of many
 * sentences, stay in the transcript.
 */
export function questionOf(asked: readonly string[]): Question {
  const lines = linesOf(asked);
  const all = lines.join(' ');
  if (widthOf(all) <= HEADLINE) return { text: all, whole: true };
  const sentences = lines.flatMap(sentencesOf).map((sentence) => sentence.trim());
  const last = sentences.findLastIndex((sentence) => QUESTION_MARK.test(sentence));
  return { text: last === -1 ? leading(sentences) : questionsUpTo(sentences, last), whole: false };
}

/** Returns a headline for an exchange without a question: the first sentence of what is said. */
export function leadingSentence(paragraphs: readonly string[]): string {
  return leading(linesOf(paragraphs).flatMap(sentencesOf).slice(0, 1));
}

function questionsUpTo(sentences: readonly string[], last: number): string {
  let first = last;
  const text = () => sentences.slice(first, last + 1).join(' ');
  while (first > 0 && QUESTION_MARK.test(sentences[first - 1] ?? '') && widthOf(`${sentences[first - 1]} ${text()}`) <= HEADLINE)
    first -= 1;
  return shortenLine(text(), HEADLINE);
}

function leading(sentences: readonly string[]): string {
  let text = sentences[0]?.trim() ?? '';
  for (const sentence of sentences.slice(1)) {
    if (widthOf(`${text} ${sentence}`) > HEADLINE) break;
    text = `${text} ${sentence}`;
  }
  return shortenLine(text, HEADLINE);
}
