/** What pages paint: all of it is to be either content with a tag or marked as decoration. */
import { decodePDFRawStream, PDFArray, type PDFDocument, PDFName, type PDFObject, PDFRawStream } from '@cantoo/pdf-lib';
import type { PdfFault } from './inspect-faults.ts';
import { streamBytes } from './pdf-fonts.ts';
import { readOperations } from './pdf-operators.ts';

/** Pages that paint something outside of all marks, which a screen reader may read at any place, or leave out. */
export function inspectContent(pdf: PDFDocument): PdfFault[] {
  return pdf.getPages().flatMap(({ node }, index): PdfFault[] => {
    const page = index + 1;
    try {
      return paintsUnmarked(contentOf(node.lookup(PDFName.of('Contents')))) ? [{ type: 'unmarked', page }] : [];
    } catch (error) {
      // Of whatever takes the content apart: the file is at fault.
      return [{ type: 'unreadable', reason: `page ${page}: ${error instanceof Error ? error.message : String(error)}` }];
    }
  });
}

/** What shows something; content that stands elsewhere (`Do`) has marks of its own. */
const PAINTS = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'S', 's', 'sh', 'BI', 'Tj', 'TJ', "'", '"']);

function paintsUnmarked(content: string): boolean {
  let depth = 0;
  for (const { operator } of readOperations(content)) {
    if (operator === 'BDC' || operator === 'BMC') depth += 1;
    else if (operator === 'EMC') depth -= 1;
    else if (depth === 0 && PAINTS.has(operator)) return true;
  }
  return false;
}

function contentOf(contents: PDFObject | undefined): string {
  if (contents instanceof PDFArray) {
    return Array.from({ length: contents.size() }, (_, index) => contentOf(contents.lookup(index))).join('\n');
  }
  if (!(contents instanceof PDFRawStream)) return '';
  const isFlate = contents.dict.lookup(PDFName.of('Filter')) === PDFName.of('FlateDecode') && !contents.dict.has(PDFName.of('DecodeParms'));
  return Buffer.from(isFlate ? streamBytes(contents) : decodePDFRawStream(contents).decode()).toString('latin1');
}
