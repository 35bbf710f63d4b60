import { PDFArray, PDFDict, type PDFDocument, PDFName } from '@cantoo/pdf-lib';
import type { PdfFault } from './inspect-faults.ts';

/** Fonts that another machine would replace (not embedded) or that cannot be searched and copied well (Type 3, or without a map to Unicode). */
export function inspectFonts({ context }: PDFDocument): PdfFault[] {
  const faults = new Map<string, PdfFault>();
  for (const [, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict) || nameIn(object, 'Type') !== 'Font') continue;
    const reason = faultOf(object);
    const name = nameIn(object, 'BaseFont') ?? '(unnamed)';
    if (reason !== null) faults.set(`${name} ${reason}`, { type: 'font', name, reason });
  }
  return [...faults.values()];
}

function faultOf(font: PDFDict): 'type3' | 'not-embedded' | 'no-unicode' | null {
  const kind = nameIn(font, 'Subtype');
  if (kind === 'Type3') return 'type3';
  if (kind !== 'Type0') return hasFile(font) || kind?.startsWith('CIDFont') ? null : 'not-embedded';
  const descendants = font.lookup(PDFName.of('DescendantFonts'));
  const first = descendants instanceof PDFArray ? descendants.lookup(0) : undefined;
  if (!(first instanceof PDFDict) || !hasFile(first)) return 'not-embedded';
  // Its codes are glyphs, and only the map says what they are.
  return nameIn(font, 'Encoding') === 'Identity-H' && !font.has(PDFName.of('ToUnicode')) ? 'no-unicode' : null;
}

function hasFile(font: PDFDict): boolean {
  const descriptor = font.lookup(PDFName.of('FontDescriptor'));
  return descriptor instanceof PDFDict && ['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor.has(PDFName.of(key)));
}

function nameIn(dict: PDFDict, key: string): string | null {
  const value = dict.lookup(PDFName.of(key));
  return value instanceof PDFName ? value.decodeText() : null;
}
