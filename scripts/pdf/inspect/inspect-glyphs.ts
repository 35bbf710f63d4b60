/** Characters for which a font had no glyph: the page shows the font's own box or nothing, whatever the text says. */
import type { PDFDict, PDFDocument } from '@cantoo/pdf-lib';
import { formOf, type PageOperations } from '../page-operations.ts';
import { type FontReader, fontReader, type PrintedFont } from '../pdf-fonts.ts';
import type { Operation } from '../pdf-operators.ts';
import { actualText, codesIn } from '../pdf-text.ts';
import type { PdfFault } from './inspect-faults.ts';

/** Returns a fault for each page that shows such a character, margins included. Fonts whose codes are not glyphs are left out. */
export function inspectGlyphs(pdf: PDFDocument, pages: readonly PageOperations[]): PdfFault[] {
  const fonts = fontReader(pdf);
  return pages.flatMap(({ operations, resources }, index): PdfFault[] => {
    if ('reason' in operations) return [];
    const missing = [...missingIn(operations, resources, fonts, 0)];
    if (missing.length === 0) return [];
    return [{ type: 'no-glyph', page: index + 1, text: missing.join('') || null }];
  });
}

/** TrueType and OpenType: glyph 0 is `.notdef`, shown for what the font does not have. */
const NOT_DEFINED = 0;
const DEEPEST = 20;

/** What the missing glyphs were to say, as far as the page tells; empty texts where it does not. */
function* missingIn(operations: readonly Operation[], resources: PDFDict | undefined, fonts: FontReader, depth: number): Generator<string> {
  let font: PrintedFont | null = null;
  const marks: (string | null)[] = [];
  for (const { operator, operands } of operations) {
    const [first = ''] = operands;
    if (operator === 'Tf') font = fonts.fontOf(resources, first);
    else if (operator === 'BDC' || operator === 'BMC') marks.push(actualText(operands));
    else if (operator === 'EMC') marks.pop();
    else if (operator === 'Tj' || operator === 'TJ') {
      if (font !== null && codesIn(first).includes(NOT_DEFINED)) yield marks.findLast((said) => said !== null) ?? '';
    } else if (operator === 'Do' && depth < DEEPEST) {
      const form = formOf(first, resources);
      if (form !== null) yield* missingIn(form.operations, form.resources, fonts, depth + 1);
    }
  }
}
