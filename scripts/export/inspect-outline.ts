import type { PDFDocumentProxy } from 'pdfjs-dist';
import type { PdfFault } from './inspect-faults.ts';
import type { OutlineEntry } from './pdf-outline.ts';

type Found = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>;

/** Whether there is an outline, and where it is known what it is to be, the first entry that is not: by title, depth and page. */
export async function inspectOutline(document: PDFDocumentProxy, expected: readonly OutlineEntry[] | undefined): Promise<PdfFault[]> {
  // The types of pdf.js do not say that there may be none.
  const found: Found | null = await document.getOutline();
  if (found === null || found.length === 0) return [{ type: 'no-outline' }];
  if (expected === undefined) return [];
  const wanted = flatWanted(expected, 0);
  const there = await flatFound(found, 0, document);
  const place = Array.from({ length: Math.max(wanted.length, there.length) }, (_, index) => index).find(
    (index) => wanted[index] !== there[index],
  );
  if (place === undefined) return [];
  return [{ type: 'outline', place: place + 1, expected: wanted[place] ?? null, found: there[place] ?? null }];
}

const line = (title: string, depth: number, page: number) => `${'- '.repeat(depth)}${title}, page ${page}`;

function flatWanted(entries: readonly OutlineEntry[], depth: number): string[] {
  return entries.flatMap(({ title, page, entries: inner }) => [line(title, depth, page), ...flatWanted(inner, depth + 1)]);
}

async function flatFound(entries: Found, depth: number, document: PDFDocumentProxy): Promise<string[]> {
  const lines: string[] = [];
  for (const { title, dest, items } of entries) {
    const place: unknown[] | null = typeof dest === 'string' ? await document.getDestination(dest) : dest;
    const index = isReference(place?.[0]) ? await document.getPageIndex(place[0]) : -1;
    lines.push(line(title, depth, index + 1), ...(await flatFound(items, depth + 1, document)));
  }
  return lines;
}

function isReference(value: unknown): value is { num: number; gen: number } {
  return typeof value === 'object' && value !== null && 'num' in value && 'gen' in value;
}
