/** Reads the text of pages that were not written by Chromium, or whose text only a complete PDF reader can put in order. */
import type { TextItem } from '../page-text.ts';
import { loadPdfReader } from '../pdf-reader.ts';

/** Returns the text of every page, read by pdf.js. Throws its error for a file that it cannot read. */
export async function readForeignText(pdf: Uint8Array): Promise<TextItem[][]> {
  const { getDocument, VerbosityLevel } = await loadPdfReader();
  // A copy, because pdf.js takes over the bytes that it is given; a Uint8Array, because it does not accept a Buffer.
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: VerbosityLevel.ERRORS, isEvalSupported: false, useSystemFonts: false });
  try {
    const document = await task.promise;
    const pages: TextItem[][] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      pages.push((await page.getTextContent()).items.flatMap((item) => ('str' in item ? [item] : [])));
    }
    return pages;
  } finally {
    await task.destroy();
  }
}
