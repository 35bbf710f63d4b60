/** Reads PDFs with pdf.js: what was not written by Chromium, and text that only a complete reader can put in order. */
import { createRequire } from 'node:module';
import type { TextItem } from './page-text.ts';

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
      page.cleanup();
    }
    return pages;
  } finally {
    await task.destroy();
  }
}

/**
 * Loads pdf.js for reading only. pdf.js needs a canvas package for drawing, which is not built for all systems. Without that package's
 * DOMMatrix, pdf.js cannot even be imported.
 */
export async function loadPdfReader(): Promise<typeof import('pdfjs-dist/legacy/build/pdf.mjs')> {
  if (!('DOMMatrix' in globalThis) && !canDraw()) Object.assign(globalThis, { DOMMatrix: class {} });
  const reader = await import('pdfjs-dist/legacy/build/pdf.mjs');
  // Otherwise it would be loaded with the first PDF, when a result is awaited.
  // @ts-expect-error It has no types.
  const worker: unknown = await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  Object.assign(globalThis, { pdfjsWorker: worker });
  return reader;
}

function canDraw(): boolean {
  try {
    const require = createRequire(import.meta.url);
    createRequire(require.resolve('pdfjs-dist/legacy/build/pdf.mjs'))('@napi-rs/canvas');
    return true;
  } catch {
    // An error that prevents loading here also prevents pdf.js from loading it.
    return false;
  }
}
