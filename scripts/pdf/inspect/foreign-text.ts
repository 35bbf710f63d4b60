/** The text of pages that something else than Chromium wrote, or that only a whole reader of PDFs puts in order. */
import type { TextItem } from '../page-text.ts';
import { loadPdfReader } from '../pdf-reader.ts';

/** What every page shows, read by pdf.js. Throws what that throws for a file that it cannot read. */
export async function readForeignText(pdf: Uint8Array): Promise<TextItem[][]> {
  const { getDocument, VerbosityLevel } = await loadPdfReader();
  // A copy, for pdf.js takes the bytes away from whoever gave them; and of this type, for it refuses Node's own.
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
