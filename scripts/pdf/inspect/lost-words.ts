/** Finds the text that an output should contain but does not. All kinds of outputs use this comparison. */
import { isOnPages, type PageText } from '../page-text.ts';

/** A text that an output must contain in one piece. `of` names the slide or exchange and its content file. */
export interface Passage {
  text: string;
  of: string | null;
}

/** A passage that the output does not contain in one piece. */
export interface LostPassage extends Passage {
  /** The words of the passage that are nowhere on the page. Empty when all are there, but in another order or with other text between them. */
  words: string[];
}

/** Returns the passages that are missing on one page. A passage given several times must be there as often. */
export function lostOnPage(passages: readonly Passage[], page: PageText): LostPassage[] {
  const times = new Map<string, number>();
  return passages.flatMap((passage) => {
    const { text } = passage;
    times.set(text, (times.get(text) ?? 0) + 1);
    return page.holds(text, times.get(text)) || page.holdsWords(text) ? [] : [lost(passage, [page])];
  });
}

/** Returns the passages that are missing in a document. A passage may run over a page's end. */
export function lostInDocument(passages: readonly Passage[], pages: readonly PageText[]): LostPassage[] {
  // Passages are in the document's order, so the next one is usually on the same page as the last.
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

/**
 * Describes a lost passage, to follow the name of the output or page: `does not show "flows" of "The river flows down" (start,
 * interviews/...)`.
 */
export function describeLost({ text, of, words }: LostPassage): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const whole = `"${line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line}"`;
  const missing = words.slice(0, 3).map((word) => `"${word.slice(0, MOST_SHOWN)}"`);
  const named = missing.length === 0 || line === words[0] ? `all of ${whole}` : `${missing.join(', ')} of ${whole}`;
  return `does not show ${named}${of === null ? '' : ` (${of})`}`;
}

const MOST_SHOWN = 60;
