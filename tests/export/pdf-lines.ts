/** The lines of a PDF as pdf.js reads them: what stands on one height of a page. */
import { readFile } from 'node:fs/promises';
import { loadPdfReader } from '../../scripts/pdf/pdf-reader.ts';

export async function linesOfPdf(file: string): Promise<string[]> {
  const { getDocument } = await loadPdfReader();
  const task = getDocument({ data: new Uint8Array(await readFile(file)), isEvalSupported: false });
  try {
    const document = await task.promise;
    const lines: string[] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const { items } = await (await document.getPage(number)).getTextContent();
      let line = '';
      for (const item of items) {
        if (!('str' in item)) continue;
        line += item.str;
        if (!item.hasEOL) continue;
        lines.push(line.trim());
        line = '';
      }
      lines.push(line.trim());
    }
    return lines;
  } finally {
    await task.destroy();
  }
}
