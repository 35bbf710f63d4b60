/** Writes the outline of a PDF, which readers show in a side bar (ISO 32000-1, 12.3.3). */
import { PDFDict, type PDFDocument, PDFHexString, PDFName, PDFNumber, PDFRef, PDFString } from '@cantoo/pdf-lib';
import { textString } from '../pdf-structure.ts';

/** An entry for a page. The entries of a section are below it. */
export interface OutlineEntry {
  title: string;
  /** Counted from 1. */
  page: number;
  /** The distance from the lower edge of the page, in points. Defaults to the top of the page. */
  y?: number;
  entries: OutlineEntry[];
}

/** The largest number of entries shown expanded. In a longer outline only the sections are shown. */
const SHOWN = 32;

/** Replaces the outline. Throws Error for a page that the PDF does not have. */
export function writeOutline(pdf: PDFDocument, entries: readonly OutlineEntry[]): void {
  const outline = pdf.context.obj({ Type: 'Outlines' });
  const reference = pdf.context.register(outline);
  writeEntries(pdf, { parent: outline, reference, isOpen: true, opens: countAll(entries) <= SHOWN }, entries);
  pdf.catalog.set(PDFName.of('Outlines'), reference);
}

/**
 * Restores spaces in an outline's titles, because Chromium drops the space where a headline is broken into lines. A title gets the text of
 * a headline, in order, if only spaces differ.
 */
export function mendTitles(pdf: PDFDocument, headlines: readonly string[]): void {
  const bare = (text: string) => text.replace(/\s/g, '');
  const left = [...headlines];
  const visit = (reference: unknown) => {
    for (let next = reference; next instanceof PDFRef; ) {
      const entry = pdf.context.lookup(next);
      if (!(entry instanceof PDFDict)) return;
      const title = entry.lookup(PDFName.of('Title'));
      const text = title instanceof PDFString || title instanceof PDFHexString ? title.decodeText() : '';
      const at = left.findIndex((headline) => bare(headline) === bare(text));
      if (at !== -1) entry.set(PDFName.of('Title'), textString(left.splice(0, at + 1).at(-1) ?? text));
      visit(entry.get(PDFName.of('First')));
      next = entry.get(PDFName.of('Next'));
    }
  };
  visit(pdf.catalog.lookupMaybe(PDFName.of('Outlines'), PDFDict)?.get(PDFName.of('First')));
}

interface Parent {
  parent: PDFDict;
  reference: PDFRef;
  isOpen: boolean;
  /** Whether the entries below show their own entries. */
  opens: boolean;
}

function writeEntries(pdf: PDFDocument, { parent, reference, isOpen, opens }: Parent, entries: readonly OutlineEntry[]): void {
  const references = entries.map(() => pdf.context.nextRef());
  for (const [index, { title, page, y, entries: inner }] of entries.entries()) {
    const own = references[index];
    if (own === undefined) continue;
    const entry = pdf.context.obj({ Title: textString(title), Parent: reference, Dest: destinationOf(pdf, page, y) });
    const [before, after] = [references[index - 1], references[index + 1]];
    if (before !== undefined) entry.set(PDFName.of('Prev'), before);
    if (after !== undefined) entry.set(PDFName.of('Next'), after);
    if (inner.length > 0) writeEntries(pdf, { parent: entry, reference: own, isOpen: opens, opens }, inner);
    pdf.context.assign(own, entry);
  }
  const [first, last] = [references[0], references.at(-1)];
  if (first === undefined || last === undefined) return;
  parent.set(PDFName.of('First'), first);
  parent.set(PDFName.of('Last'), last);
  // The number of entries visible when it is open. Negative when it is closed.
  const count = opens ? countAll(entries) : entries.length;
  parent.set(PDFName.of('Count'), PDFNumber.of(isOpen ? count : -count));
}

/** A zoom of 0 keeps the reader's zoom. */
function destinationOf(pdf: PDFDocument, page: number, y: number | undefined) {
  const { ref, node } = pdf.getPage(page - 1);
  return pdf.context.obj([ref, 'XYZ', 0, y ?? node.MediaBox().lookup(3, PDFNumber).asNumber(), 0]);
}

function countAll(entries: readonly OutlineEntry[]): number {
  return entries.reduce((sum, entry) => sum + 1 + countAll(entry.entries), 0);
}
