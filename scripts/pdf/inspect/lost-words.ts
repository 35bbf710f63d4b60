/** What an output was to say and does not: the one comparison, whatever kind of output it is. */
import { isOnPages, type PageText } from '../page-text.ts';

/** A text that an output is to have in one piece, and the slide or exchange with its content file that it comes from. */
export interface Passage {
  text: string;
  of: string | null;
}

/** A passage that is not there whole. */
export interface LostPassage extends Passage {
  /** Those of its words that are nowhere on the page; none where they are there in another order or with something between them. */
  words: string[];
}

/** The passages that one page does not have, each as often as it is to be there. */
export function lostOnPage(passages: readonly Passage[], page: PageText): LostPassage[] {
  const times = new Map<string, number>();
  return passages.flatMap((passage) => {
    const { text } = passage;
    times.set(text, (times.get(text) ?? 0) + 1);
    return page.holds(text, times.get(text)) || page.holdsWords(text) ? [] : [lost(passage, [page])];
  });
}

/** The passages that a document does not have, wherever its pages end. */
export function lostInDocument(passages: readonly Passage[], pages: readonly PageText[]): LostPassage[] {
  // They stand in its order, so that the next one is mostly on the page of the last.
  let at = 0;
  return passages.flatMap((passage) => {
    const next = pages.slice(at, at + 2).findIndex((page) => page.holds(passage.text));
    if (next !== -1) at += next;
    else if (!isOnPages(passage.text, pages)) return [lost(passage, pages)];
    return [];
  });
}

function lost(passage: Passage, pages: readonly PageText[]): LostPassage {
  const words = new Set(passage.text.split(/\s+/).filter((word) => word !== ''));
  return { ...passage, words: [...words].filter((word) => !pages.some((page) => page.holds(word) || page.holdsWords(word))) };
}

/** In words, behind what says which output or page it is: `does not show "flows" of "The river flows down" (start, interviews/...)`. */
export function describeLost({ text, of, words }: LostPassage): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const whole = `"${line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line}"`;
  const missing = words.slice(0, 3).map((word) => `"${word.slice(0, MOST_SHOWN)}"`);
  const named = missing.length === 0 || line === words[0] ? `all of ${whole}` : `${missing.join(', ')} of ${whole}`;
  return `does not show ${named}${of === null ? '' : ` (${of})`}`;
}

const MOST_SHOWN = 60;
