/** The cells of tables and their headers (ISO 32000-1, 14.8.5.7). */
import { PDFArray, PDFDict, type PDFDocument, PDFHexString, PDFName, PDFNumber, type PDFObject, PDFString } from '@cantoo/pdf-lib';
import type { StructureElement } from '../pdf-structure.ts';

/**
 * Gives elements their ids anew, in reading order, and says so where cells name their headers: Chromium's are numbers that it counts up as it happens, and
 * the same page printed again has others. Attributes that say what is so anyway are taken away. To be called when all elements are in the file.
 */
export function renameCells(pdf: PDFDocument, elements: Iterable<StructureElement>): void {
  const all = [...elements];
  const named = all.flatMap((element) => {
    const id = element.dict.lookup(PDFName.of('ID'));
    return id === undefined ? [] : [{ element, before: textOf(id) }];
  });
  const width = String(named.length).length;
  const names = new Map(named.map(({ before }, index) => [before, `cell-${String(index + 1).padStart(width, '0')}`]));
  const nameOf = (before: string) => PDFString.of(names.get(before) ?? before);
  for (const { element, before } of named) element.dict.set(PDFName.of('ID'), nameOf(before));
  for (const { dict } of all) tidyAttributes(pdf, dict, nameOf);
  const root = pdf.catalog.lookup(PDFName.of('StructTreeRoot'), PDFDict);
  // A name tree of one node, sorted by name as the numbers are.
  const entries = named.flatMap(({ element, before }): PDFObject[] =>
    element.reference === null ? [] : [nameOf(before), element.reference],
  );
  if (entries.length === 0) root.delete(PDFName.of('IDTree'));
  else root.set(PDFName.of('IDTree'), pdf.context.register(pdf.context.obj({ Names: entries })));
}

function tidyAttributes(pdf: PDFDocument, dict: PDFDict, nameOf: (before: string) => PDFString): void {
  const attributes = dict.lookup(PDFName.of('A'));
  const list = attributes instanceof PDFArray ? attributes.asArray() : attributes instanceof PDFDict ? [attributes] : [];
  if (list.length === 0) return;
  const kept = list.filter((each) => {
    const attribute = pdf.context.lookup(each);
    if (!(attribute instanceof PDFDict)) return true;
    for (const key of ['RowSpan', 'ColSpan']) {
      const span = attribute.lookup(PDFName.of(key));
      if (span instanceof PDFNumber && span.asNumber() === 1) attribute.delete(PDFName.of(key));
    }
    const headers = attribute.lookup(PDFName.of('Headers'));
    if (headers instanceof PDFArray) {
      if (headers.size() === 0) attribute.delete(PDFName.of('Headers'));
      else attribute.set(PDFName.of('Headers'), pdf.context.obj(headers.asArray().map((id) => nameOf(textOf(pdf.context.lookup(id))))));
    }
    // Its owner alone says nothing.
    return attribute.keys().length > 1;
  });
  if (kept.length === 0) dict.delete(PDFName.of('A'));
  else dict.set(PDFName.of('A'), pdf.context.obj(kept));
}

function textOf(id: PDFObject | undefined): string {
  return id instanceof PDFString || id instanceof PDFHexString ? id.decodeText() : '';
}
