/** Characters that only look like the one that was written: a page shows the right picture, and copying and searching find something else. */
import type { TextItem } from './page-text.ts';

export interface KnownCharacters {
  /** All that is written in the PDF and is not ASCII, if that is known. */
  characters: ReadonlySet<string> | undefined;
  /** Those that come from fonts of the machine. */
  unsure: ReadonlySet<string>;
}

/** The characters of a text that are not ASCII, composed as browsers show them: what `characters` is made of. */
export function charactersIn(text: string): string[] {
  return [...new Set(text.normalize().match(/[^\0-\u007f]/gu))];
}

/**
 * The wrong ones on a page, each once. Private use and the replacement character are never meant; radicals (U+2E80 to U+2FDF) and the letter apostrophe
 * (U+02BC) are wrong unless they were written, and the latter only where it is known what was.
 */
export function findWrongCharacters(items: readonly TextItem[], { characters, unsure }: KnownCharacters): string[] {
  const wrong = new Set<string>();
  for (const { str } of items) {
    for (const [character] of str.matchAll(SUSPECTS)) {
      const isMeant = characters?.has(character) === true || unsure.has(character);
      if (!isMeant && (character !== '\u02bc' || characters !== undefined)) wrong.add(character);
    }
  }
  return [...wrong];
}

const SUSPECTS = /[\u02bc\u2e80-\u2fdf\ue000-\uf8ff\ufffd\ufffe\uffff\u{f0000}-\u{10ffff}]/gu;
