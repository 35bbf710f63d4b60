/** What the PDF of an output must contain. */
import type { DeckFile, DeckFileSlide } from '../../model/outputs/deck-file.ts';
import type { PdfExpectation } from '../../pdf/inspect/inspect-pdf.ts';
import type { Passage } from '../../pdf/inspect/lost-words.ts';
import { charactersIn } from '../../pdf/page-text.ts';
import { writableText } from '../../pdf/pdf-structure.ts';
import type { OutlineEntry } from '../../pdf/write/pdf-outline.ts';
import type { PaperJob, UnsureCharacter } from '../run/export-job.ts';

/** Returns everything about a deck's PDF that can be inspected. */
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

interface HandoutFindings {
  /** The page of each slide, counted from 1, and its distance from the lower edge in points, where known. */
  places: readonly { page: number; y?: number }[];
  pages: number;
  /** The notes of the slides, paragraph by paragraph. */
  passages: readonly Passage[];
  unsure?: readonly UnsureCharacter[] | undefined;
}

/** Returns everything about a handout's PDF that can be inspected. */
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

/** Returns everything about a document's PDF that can be inspected. */
export function paperExpectation(
  { languageTag, passages, paper, unsure }: PaperJob,
  pages: number,
): Pick<Required<PdfExpectation>, 'pages' | 'languageTag' | 'passages' | 'characters' | 'unsure'> {
  return {
    pages,
    languageTag,
    passages,
    // The HTML contains references only for ASCII characters.
    characters: new Set(charactersIn(paper.html)),
    unsure: new Set(unsure.map(({ character }) => character)),
  };
}

/** Returns an outline of slides with their places on paper. */
function placed(outline: readonly OutlineEntry[], places: HandoutFindings['places']): OutlineEntry[] {
  return outline.map((entry) => ({ ...entry, ...places[entry.page - 1], entries: placed(entry.entries, places) }));
}

/** Returns the text that a slide must show. */
export function passagesOfSlide({ id, source, words }: DeckFileSlide): Passage[] {
  const of = source === null ? id : `${id}, ${source}`;
  return words.map((text) => ({ text, of }));
}

/** Returns an entry for every slide, below that of its section. Slides of the whole deck are next to the sections. */
export function outlineOf(slides: readonly Pick<DeckFileSlide, 'id' | 'headline' | 'part'>[]): OutlineEntry[] {
  const top: OutlineEntry[] = [];
  let section: OutlineEntry | null = null;
  for (const [index, { id, headline, part }] of slides.entries()) {
    const title = writableText(part === null ? headline : `${headline} ${part}`);
    const entry: OutlineEntry = { title, page: index + 1, entries: [] };
    // Ids of slides without an exchange have these prefixes (scripts/plan/). Names of content files contain no full stop, so they cannot
    // clash.
    const isSection = id.startsWith('section.');
    if (isSection || id.startsWith('deck.')) section = isSection ? entry : null;
    if (section === null || isSection) top.push(entry);
    else section.entries.push(entry);
  }
  return top;
}
