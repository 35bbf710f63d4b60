import { createRequire } from 'node:module';

/**
 * pdf.js for reading, not drawing. It needs a canvas package only to draw, which is built for most systems and not all;
 * but without that package's DOMMatrix it cannot even be imported.
 */
export async function loadPdfReader(): Promise<typeof import('pdfjs-dist/legacy/build/pdf.mjs')> {
  if (!('DOMMatrix' in globalThis) && !canDraw()) Object.assign(globalThis, { DOMMatrix: class {} });
  const reader = await import('pdfjs-dist/legacy/build/pdf.mjs');
  // It would be loaded with the first PDF otherwise, when somebody waits for it.
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
    // Whatever keeps it from loading keeps pdf.js from loading it.
    return false;
  }
}
