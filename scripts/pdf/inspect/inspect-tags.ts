/** Tags and metadata of a finished PDF: what a screen reader and an archive go by. */
import { PDFDict, type PDFDocument, PDFHexString, PDFName, type PDFRef, PDFStream, PDFString } from '@cantoo/pdf-lib';
import { contentOf, elementsOf, isElement, readStructure, type StructureElement } from '../pdf-structure.ts';
import type { PdfFault } from './inspect-faults.ts';

/** Whether it is tagged, and its figures can be read aloud. */
export function inspectTags(pdf: PDFDocument): PdfFault[] {
  const marks = pdf.catalog.lookup(PDFName.of('MarkInfo'));
  const isMarked = marks instanceof PDFDict && String(marks.lookup(PDFName.of('Marked'))) === 'true';
  const elements = [...elementsOf(readStructure(pdf) ?? [])];
  if (!isMarked || elements.every(({ kids }) => kids.every(isElement))) return [{ type: 'not-tagged' }];
  const numbers = new Map<PDFRef, number>(pdf.getPages().map(({ ref }, index) => [ref, index + 1]));
  const pageOf = (element: StructureElement) => {
    const content = contentOf(element)[0];
    return content === undefined ? null : (numbers.get(content.page) ?? null);
  };
  const silent = elements.filter(({ type, dict }) => ['Figure', 'Formula'].includes(type) && !saysSomething(dict));
  return silent.map((element) => ({ type: 'no-alt', page: pageOf(element) }));
}

/** Title, its display, and XMP. */
export function inspectMetadata(pdf: PDFDocument): PdfFault[] {
  const faults: PdfFault[] = [];
  if ((pdf.getTitle() ?? '').trim() === '') faults.push({ type: 'metadata', what: 'title' });
  if (pdf.catalog.getViewerPreferences()?.getDisplayDocTitle() !== true) faults.push({ type: 'metadata', what: 'shown-title' });
  if (!(pdf.catalog.lookup(PDFName.of('Metadata')) instanceof PDFStream)) faults.push({ type: 'metadata', what: 'xmp' });
  return faults;
}

function saysSomething(dict: PDFDict): boolean {
  return ['Alt', 'ActualText'].some((key) => {
    const value = dict.lookup(PDFName.of(key));
    return (value instanceof PDFString || value instanceof PDFHexString) && value.decodeText().trim() !== '';
  });
}
