import type { DeckFile } from '../model/deck-file.ts';
import type { PdfExpectation } from './inspect-pdf.ts';
import { passagesOfSlide } from './lost-words.ts';
import type { UnsureCharacter } from './missing-glyphs.ts';
import { outlineOf } from './pdf-outline.ts';

/** What the PDF of a deck is to be: everything that can be inspected. */
export function deckExpectation(
  { slides, languageTag }: DeckFile,
  unsure: readonly UnsureCharacter[] = [],
): Required<Omit<PdfExpectation, 'passages'>> {
  return {
    pages: slides.length,
    languageTag,
    words: slides.map(passagesOfSlide),
    outline: outlineOf(slides),
    characters: new Set(slides.flatMap(({ characters }) => characters)),
    unsure: new Set(unsure.map(({ character }) => character)),
  };
}
