/** A document to print. Everything is in memory, so that exactly what was hashed is printed. */
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
  /** The name of the PDF without extension. */
  name: string;
  paper: Paper;
  size: PaperSize;
  images: ReadonlyMap<string, Uint8Array>;
  /** BCP 47. */
  languageTag: string;
  /** SHA-256 of everything from which it is made, by name: page, styles, images, packages. */
  inputs: Record<string, string>;
  date: Date;
  metadata: PdfMetadata;
  /** Text that must be in the PDF, each in one piece. */
  passages: readonly Passage[];
  /** The origin of each exchange, by the id of its headline. */
  exchanges: readonly PaperExchange[];
  /** Content files, relative to the content folder. */
  sources: readonly string[];
  /** Characters that the theme's fonts lack, with the content file if it is known. */
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

/** Returns the bytes of a page's images by address. Throws ExpectedError when one is missing, or outside the content folder. */
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
