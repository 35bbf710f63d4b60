/** Characters that no font of the theme has. They show as a box, unless the theme lacks that too. */
import type { DeckFile } from '../../model/outputs/deck-file.ts';

export interface UnsureCharacter {
  character: string;
  /** Of the slide, counted from 1. */
  page: number;
}

/** Characters in words, with the slides and files in which they stand. */
export function describeCharacters(unsure: readonly UnsureCharacter[], { slides }: DeckFile): string {
  return [...new Set(unsure.map(({ page }) => page))]
    .map((page) => {
      const characters = unsure.filter((each) => each.page === page);
      const names = characters.slice(0, 5).map(({ character }) => `"${character}" (U+${codeOf(character)})`);
      const { id, source } = slides[page - 1] ?? { id: null, source: null };
      return `${names.join(', ')} on slide ${page} (${[id, source].filter((name) => name !== null).join(', ')})`;
    })
    .slice(0, 5)
    .join('; ');
}

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
