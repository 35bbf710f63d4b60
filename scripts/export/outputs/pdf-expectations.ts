/** What the PDF of an output must contain. */
import { DECK_PARTS } from '../../model/outputs/deck.ts';
import type { DeckFile, DeckFileSlide } from '../../model/outputs/deck-file.ts';
import type { PdfExpectation } from '../../pdf/inspect/inspect-pdf.ts';
import type { Passage } from '../../pdf/inspect/lost-words.ts';
import { charactersIn } from '../../pdf/page-text.ts';
import { writableText } from '../../pdf/pdf-structure.ts';
import type { OutlineEntry } from '../../pdf/write/pdf-outline.ts';
import type { PaperJob, UnsureCharacter } from '../run/export-job.ts';

/** Returns everything about a deck's PDF that can be inspected. */
export function deckExpectation(
  { slides, parts, languageTag }: DeckFile,
  unsure: readonly UnsureCharacter[] = [],
): Required<Omit<PdfExpectation, 'passages'>> {
  return {
    pages: slides.length,
    languageTag,
    words: slides.map(passagesOfSlide),
    outline: outlineOf({ slides, parts }),
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
  { slides, parts, languageTag }: DeckFile,
  { places, pages, passages, unsure = [] }: HandoutFindings,
): Required<Pick<PdfExpectation, 'pages' | 'languageTag' | 'words' | 'passages' | 'outline' | 'characters' | 'unsure'>> {
  const onPage = (page: number) => slides.filter((_, index) => places[index]?.page === page);
  return {
    pages,
    languageTag,
    words: Array.from({ length: pages }, (_, index) => onPage(index + 1).flatMap(passagesOfSlide)),
    passages,
    outline: placed(outlineOf({ slides, parts }), places),
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

type OutlineSlide = Pick<DeckFileSlide, 'headline' | 'part' | 'continued' | 'section'>;

/** Returns an entry for every slide, below that of its part. Evidence of several sections is below its section. */
export function outlineOf({ slides, parts }: { slides: readonly OutlineSlide[]; parts: DeckFile['parts'] }): OutlineEntry[] {
  const entries = slides.map(({ headline, continued, ...slide }, index) => {
    const title = writableText(continued === null ? headline : `${headline} ${continued}`);
    return { ...slide, entry: { title, page: index + 1, entries: [] } };
  });
  if (parts === null || entries.some(({ part }) => part === null)) return entries.map(({ entry }) => entry);
  return DECK_PARTS.flatMap((name) => {
    const own = entries.filter(({ part }) => part === name);
    const [first] = own;
    if (first === undefined) return [];
    return [{ title: writableText(parts[name]), page: first.entry.page, entries: bySection(own) }];
  });
}

/** Puts entries below their sections, in order. Returns them as they are when there is only one section. */
function bySection(slides: readonly { section: string | null; entry: OutlineEntry }[]): OutlineEntry[] {
  if (new Set(slides.map(({ section }) => section)).size < 2) return slides.map(({ entry }) => entry);
  const sections: { section: string | null; entries: OutlineEntry[] }[] = [];
  for (const { section, entry } of slides) {
    const last = sections.at(-1);
    if (last !== undefined && last.section === section) last.entries.push(entry);
    else sections.push({ section, entries: [entry] });
  }
  return sections.flatMap(({ section, entries }) =>
    section === null ? entries : [{ title: writableText(section), page: entries[0]?.page ?? 1, entries }],
  );
}
