import type { DeckFile } from '../../model/outputs/deck-file.ts';
import type { PdfExpectation } from '../../pdf/inspect/inspect-pdf.ts';
import { passagesOfSlide } from '../../pdf/inspect/lost-words.ts';
import { outlineOf } from '../../pdf/write/pdf-outline.ts';
import type { UnsureCharacter } from './missing-glyphs.ts';

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
