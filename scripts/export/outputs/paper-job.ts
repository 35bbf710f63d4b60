/** A document to be printed: everything in memory, so that what was hashed is what is printed. */
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Paper, PaperSize } from '../../model/outputs/paper.ts';
import type { PdfExpectation } from '../../pdf/inspect/inspect-pdf.ts';
import type { Passage } from '../../pdf/inspect/lost-words.ts';
import { charactersIn } from '../../pdf/page-text.ts';
import type { PdfMetadata } from '../../pdf/write/pdf-metadata.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { isInside } from '../../shared/paths.ts';
import { cleanPicture } from '../picture/clean-picture.ts';

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

/** The bytes of a page's images by their address. Throws ExpectedError for one that is not there, or leads out of the content folder. */
export async function readImages(images: ReadonlyMap<string, string>, content: string): Promise<Map<string, Uint8Array>> {
  const read = [...images].map(async ([address, name]) => [address, await readImage(path.join(content, name), content)] as const);
  return new Map(await Promise.all(read));
}

async function readImage(file: string, content: string): Promise<Uint8Array> {
  try {
    const [root, target] = await Promise.all([realpath(content), realpath(file)]);
    if (!isInside(root, target))
      throw new ExpectedError(`the image ${file} leads out of the content folder`, { hint: 'copy it into the content folder' });
    return cleanPicture(await readFile(target), file);
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError(`the image ${file} cannot be read`, { hint: 'look whether it is there', cause: error });
  }
}
