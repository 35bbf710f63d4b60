/** A document to be printed: everything in memory, so that what was hashed is what is printed. */
import type { Paper, PaperSize } from '../../model/outputs/paper.ts';
import type { PdfExpectation } from '../../pdf/inspect/inspect-pdf.ts';
import type { Passage } from '../../pdf/inspect/lost-words.ts';
import { charactersIn } from '../../pdf/page-characters.ts';
import type { PdfMetadata } from '../../pdf/write/pdf-metadata.ts';

export interface PaperJob {
  format: 'briefing' | 'book';
  /** Of the PDF, without extension. */
  name: string;
  paper: Paper;
  size: PaperSize;
  images: ReadonlyMap<string, Uint8Array>;
  /** BCP 47. */
  languageTag: string;
  /** SHA-256 by name of everything it is made from: page, styles, images, packages. */
  inputs: Record<string, string>;
  date: Date;
  metadata: PdfMetadata;
  /** What must be found in the PDF, each in one piece. */
  passages: readonly Passage[];
  /** Where each exchange comes from, by the id of its headline. */
  exchanges: readonly PaperExchange[];
  /** Content files, relative to the content folder. */
  sources: readonly string[];
  /** Characters that the fonts of the theme do not have, with the content file that has them where it is known. */
  unsure: readonly { character: string; file: string | null }[];
}

export interface PaperExchange {
  id: string;
  /** `<interview>/<exchange>`. */
  exchange: string;
  file: string;
  /** SHA-256 of what the document shows of it. */
  hash: string;
}

/** What the PDF of a document is to be: everything that can be inspected. */
export function paperExpectation(
  { languageTag, passages, paper, unsure }: PaperJob,
  pages: number,
): Pick<Required<PdfExpectation>, 'pages' | 'languageTag' | 'passages' | 'characters' | 'unsure'> {
  return {
    pages,
    languageTag,
    passages,
    // Only ASCII is written as references there.
    characters: new Set(charactersIn(paper.html)),
    unsure: new Set(unsure.map(({ character }) => character)),
  };
}
