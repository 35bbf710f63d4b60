/** The fonts of a printed PDF, as needed to read and set text. */
import { inflateSync } from 'node:zlib';
import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFNumber, type PDFObject, PDFRawStream, PDFRef } from '@cantoo/pdf-lib';
import { readUnicodeMap, type UnicodeMap, writeUnicodeMap } from './pdf-text.ts';

/** A composite font with codes of two bytes, which are glyph numbers. Chromium writes no other kind. */
export interface PrintedFont {
  /** Returns the width of a code, in thousandths of the font size. */
  widthOf(code: number): number;
  unicode: UnicodeMap;
}

/** Reads fonts, each only once. */
export interface FontReader {
  /** Returns a page's font by its name there, including the slash. Null for other kinds of fonts, which are not changed. */
  fontOf(page: PDFDict | undefined, name: string): PrintedFont | null;
  /** Writes the changed Unicode maps of fonts. */
  writeUnicode(changed: ReadonlySet<PrintedFont>): void;
}

export function fontReader(pdf: PDFDocument): FontReader {
  const known = new Map<PDFObject, PrintedFont | null>();
  const places = new Map<PrintedFont, PDFDict>();
  return {
    fontOf(resources, name) {
      const reference = resources?.lookupMaybe(PDFName.of('Font'), PDFDict)?.get(PDFName.of(name.slice(1)));
      if (reference === undefined) return null;
      const earlier = known.get(reference);
      if (earlier !== undefined) return earlier;
      const dict = pdf.context.lookup(reference);
      const font = dict instanceof PDFDict ? readFont(dict) : null;
      known.set(reference, font);
      if (font !== null && dict instanceof PDFDict) places.set(font, dict);
      return font;
    },
    writeUnicode(changed) {
      for (const font of changed) {
        const reference = places.get(font)?.get(PDFName.of('ToUnicode'));
        if (reference instanceof PDFRef) pdf.context.assign(reference, pdf.context.flateStream(writeUnicodeMap(font.unicode)));
      }
    },
  };
}

/** Returns the bytes of a stream. Throws Error for a filter other than Flate, the only one that Chromium uses for text. */
export function streamBytes(stream: PDFRawStream): Uint8Array {
  const filter = stream.dict.lookup(PDFName.of('Filter'));
  if (filter === undefined) return stream.getContents();
  if (filter !== PDFName.of('FlateDecode')) throw new Error(`a stream is packed with ${filter}`);
  // Several times as fast as pdf-lib's own.
  return inflateSync(stream.getContents());
}

function readFont(dict: PDFDict): PrintedFont | null {
  const descendant = dict.lookupMaybe(PDFName.of('DescendantFonts'), PDFArray)?.lookup(0);
  const map = dict.lookup(PDFName.of('ToUnicode'));
  const isWide = dict.lookup(PDFName.of('Encoding')) === PDFName.of('Identity-H');
  if (!isWide || !(descendant instanceof PDFDict) || !(map instanceof PDFRawStream)) return null;
  const widths = readWidths(descendant.lookupMaybe(PDFName.of('W'), PDFArray));
  // ISO 32000-1, table 117: the default is 1000.
  const rest = descendant.lookupMaybe(PDFName.of('DW'), PDFNumber)?.asNumber() ?? 1000;
  return { widthOf: (code) => widths.get(code) ?? rest, unicode: readUnicodeMap(Buffer.from(streamBytes(map)).toString('latin1')) };
}

/** ISO 32000-1, 9.7.4.3: `c [w ...]` for codes from c on, or `first last w` for a range. */
function readWidths(list: PDFArray | undefined): Map<number, number> {
  const widths = new Map<number, number>();
  for (let at = 0; list !== undefined && at < list.size(); ) {
    const first = list.lookup(at, PDFNumber).asNumber();
    const next = list.lookup(at + 1);
    if (next instanceof PDFArray) {
      for (const [index, width] of next.asArray().entries()) if (width instanceof PDFNumber) widths.set(first + index, width.asNumber());
      at += 2;
    } else {
      const width = list.lookup(at + 2, PDFNumber).asNumber();
      for (let code = first; code <= list.lookup(at + 1, PDFNumber).asNumber(); code += 1) widths.set(code, width);
      at += 3;
    }
  }
  return widths;
}
