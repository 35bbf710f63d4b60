import type { DeckFile } from '../../model/outputs/deck-file.ts';
import type { PdfExpectation } from '../../pdf/inspect/inspect-pdf.ts';
import { type Passage, passagesOfSlide } from '../../pdf/inspect/lost-words.ts';
import { charactersIn } from '../../pdf/page-characters.ts';
import { type OutlineEntry, outlineOf } from '../../pdf/write/pdf-outline.ts';
import type { UnsureCharacter } from './missing-glyphs.ts';

export interface HandoutFindings {
  /** Where each slide stands: page, counted from 1, and distance from its lower edge in points, where that is known. */
  places: readonly { page: number; y?: number }[];
  pages: number;
  /** What is said to the slides, paragraph by paragraph. */
  passages: readonly Passage[];
  unsure?: readonly UnsureCharacter[] | undefined;
}

/** What the PDF of a handout is to be: everything that can be inspected. */
export function handoutExpectation(
  { slides, languageTag }: DeckFile,
  { places, pages, passages, unsure = [] }: HandoutFindings,
): Required<Pick<PdfExpectation, 'pages' | 'languageTag' | 'words' | 'passages' | 'outline' | 'characters' | 'unsure'>> {
  const onPage = (page: number) => slides.filter((_, index) => places[index]?.page === page);
  return {
    pages,
    languageTag,
    words: Array.from({ length: pages }, (_, index) => onPage(index + 1).flatMap(passagesOfSlide)),
    passages,
    outline: placed(outlineOf(slides), places),
    characters: new Set([...slides.flatMap(({ characters }) => characters), ...charactersIn(passages.map(({ text }) => text).join(' '))]),
    unsure: new Set(unsure.map(({ character }) => character)),
  };
}

/** An outline of slides with the places that they have on paper. */
function placed(outline: readonly OutlineEntry[], places: HandoutFindings['places']): OutlineEntry[] {
  return outline.map((entry) => ({ ...entry, ...places[entry.page - 1], entries: placed(entry.entries, places) }));
}
