import { createRequire } from 'node:module';

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
