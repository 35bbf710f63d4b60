import { PDFArray, PDFDict, type PDFDocument, PDFHexString, PDFName, type PDFObject, PDFRef, PDFString } from '@cantoo/pdf-lib';
import type { OutlineEntry } from '../write/pdf-outline.ts';
import type { PdfFault } from './inspect-faults.ts';

/** Whether there is an outline, and where it is known what it is to be, the first entry that is not: by title, depth and page. */
export function inspectOutline(pdf: PDFDocument, expected: readonly OutlineEntry[] | undefined): PdfFault[] {
  const there = linesFound(pdf);
  if (there.length === 0) return [{ type: 'no-outline' }];
  if (expected === undefined) return [];
  const wanted = linesWanted(expected, 0);
  const place = Array.from({ length: Math.max(wanted.length, there.length) }, (_, index) => index).find(
    (index) => wanted[index] !== there[index],
  );
  if (place === undefined) return [];
  return [{ type: 'outline', place: place + 1, expected: wanted[place] ?? null, found: there[place] ?? null }];
}

const line = (title: string, depth: number, page: number) => `${'- '.repeat(depth)}${title}, page ${page}`;

function linesWanted(entries: readonly OutlineEntry[], depth: number): string[] {
  return entries.flatMap(({ title, page, entries: inner }) => [line(title, depth, page), ...linesWanted(inner, depth + 1)]);
}

function linesFound(pdf: PDFDocument): string[] {
  const pages = new Map<PDFObject | undefined, number>(pdf.getPages().map(({ ref }, index) => [ref, index + 1]));
  const lines: string[] = [];
  // An outline that leads back to itself would have no end.
  const seen = new Set<PDFRef>();
  const visit = (first: PDFObject | undefined, depth: number) => {
    for (let next = first; next instanceof PDFRef && !seen.has(next); ) {
      seen.add(next);
      const entry = pdf.context.lookup(next);
      if (!(entry instanceof PDFDict)) return;
      const title = entry.lookup(PDFName.of('Title'));
      const text = title instanceof PDFString || title instanceof PDFHexString ? title.decodeText() : '';
      lines.push(line(text, depth, pages.get(targetOf(pdf, entry)) ?? 0));
      visit(entry.get(PDFName.of('First')), depth + 1);
      next = entry.get(PDFName.of('Next'));
    }
  };
  const outline = pdf.catalog.lookup(PDFName.of('Outlines'));
  if (outline instanceof PDFDict) visit(outline.get(PDFName.of('First')), 0);
  return lines;
}

/** The page that an entry leads to, directly or by a name (ISO 32000-1, 12.3.2). */
function targetOf(pdf: PDFDocument, entry: PDFDict): PDFObject | undefined {
  const action = entry.lookup(PDFName.of('A'));
  const place = action instanceof PDFDict ? action.lookup(PDFName.of('D')) : entry.lookup(PDFName.of('Dest'));
  const named = place instanceof PDFName ? pdf.catalog.lookupMaybe(PDFName.of('Dests'), PDFDict)?.lookup(place) : place;
  return named instanceof PDFArray ? named.get(0) : undefined;
}
