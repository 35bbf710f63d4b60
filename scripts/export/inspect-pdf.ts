/** Looks at a finished PDF as a reader would, before it gets its name. */
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { inspectFonts } from './inspect-fonts.ts';
import { isOnPages, type PageText, readPage } from './page-text.ts';
import { loadPdfReader } from './pdf-reader.ts';

export interface PdfExpectation {
  pages: number;
  /** BCP 47. */
  languageTag: string;
  /** Headline of each page, which its text must contain. */
  titles: readonly string[];
  /** The quotes of each page, which its text must contain whole. */
  quotes: readonly (readonly string[])[];
  /** What must be found somewhere: on a page whole, or at the end of one and the beginning of the next. */
  passages?: readonly string[];
  /** Characters that the theme's fonts do not have: whether their text can be read depends on the machine's. */
  unsure?: ReadonlySet<string>;
}

export type PdfFault =
  | { type: 'pages'; expected: number; found: number }
  | { type: 'no-text'; page: number }
  | { type: 'no-title'; page: number; title: string }
  | { type: 'no-quote'; page: number; quote: string }
  | { type: 'no-passage'; passage: string }
  | { type: 'not-tagged' }
  | { type: 'no-outline' }
  | { type: 'language'; expected: string; found: string | null }
  | { type: 'font'; name: string; reason: 'type3' | 'not-embedded' }
  | { type: 'link'; page: number; url: string }
  | { type: 'script' };

/** Every way in which a PDF is not what was planned; none for a good one. Throws what pdf.js throws when it cannot be read. */
export async function inspectPdf(pdf: Uint8Array, expected: PdfExpectation): Promise<PdfFault[]> {
  const { getDocument, VerbosityLevel } = await loadPdfReader();
  // A copy, for pdf.js takes the bytes away from whoever gave them; and of this type, for it refuses Node's own.
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: VerbosityLevel.ERRORS, isEvalSupported: false, useSystemFonts: false });
  try {
    const document = await task.promise;
    return [...(await inspectDocument(document, expected)), ...(await inspectPages(document, expected)), ...(await inspectFonts(pdf))];
  } finally {
    await task.destroy();
  }
}

/** What is wrong, in words. */
export function describeFault(fault: PdfFault): string {
  switch (fault.type) {
    case 'pages':
      return `${fault.found} pages instead of ${fault.expected}`;
    case 'no-text':
      return `page ${fault.page} has no text`;
    case 'no-title':
      return `page ${fault.page} lacks its headline "${fault.title}"`;
    case 'no-quote':
      return `page ${fault.page} does not show all of the quote "${fault.quote}"`;
    case 'no-passage':
      return `it does not show all of "${fault.passage}"`;
    case 'not-tagged':
      return 'it is not tagged';
    case 'no-outline':
      return 'it has no outline';
    case 'language':
      return `its language is ${fault.found ?? 'not given'} instead of ${fault.expected}`;
    case 'font':
      return `the font ${fault.name} is ${fault.reason === 'type3' ? 'of Type 3' : 'not embedded'}`;
    case 'link':
      return `a link on page ${fault.page} leads to ${fault.url}`;
    case 'script':
      return 'it contains JavaScript';
  }
}

async function inspectDocument(document: PDFDocumentProxy, { pages, languageTag }: PdfExpectation): Promise<PdfFault[]> {
  const faults: PdfFault[] = [];
  if (document.numPages !== pages) faults.push({ type: 'pages', expected: pages, found: document.numPages });
  const marks: { Marked?: boolean } | null = await document.getMarkInfo();
  const structure: unknown = await (await document.getPage(1)).getStructTree();
  if (marks?.Marked !== true || structure === null) faults.push({ type: 'not-tagged' });
  const outline: unknown[] | null = await document.getOutline();
  if (outline === null || outline.length === 0) faults.push({ type: 'no-outline' });
  const { info } = await document.getMetadata();
  const found = 'Language' in info && typeof info.Language === 'string' ? info.Language : null;
  if (found !== languageTag) faults.push({ type: 'language', expected: languageTag, found });
  if ((await document.getJSActions()) !== null) faults.push({ type: 'script' });
  return faults;
}

async function inspectPages(
  document: PDFDocumentProxy,
  { titles, quotes, passages = [], unsure = new Set() }: PdfExpectation,
): Promise<PdfFault[]> {
  const faults: PdfFault[] = [];
  const pages: PageText[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const text = readPage(
      items.flatMap((item) => ('str' in item ? [item] : [])),
      unsure,
    );
    pages.push(text);
    const title = titles[number - 1];
    if (text.isEmpty) faults.push({ type: 'no-text', page: number });
    else if (title !== undefined && !text.holds(title) && !text.holdsLetters(title)) faults.push({ type: 'no-title', page: number, title });
    for (const quote of quotes[number - 1] ?? []) {
      if (!text.holds(quote)) faults.push({ type: 'no-quote', page: number, quote });
    }
    faults.push(...faultsOfLinks(linksOf(await page.getAnnotations()), number));
  }
  for (const passage of passages) if (!isOnPages(passage, pages)) faults.push({ type: 'no-passage', passage });
  return faults;
}

function faultsOfLinks(urls: readonly string[], page: number): PdfFault[] {
  return urls.flatMap((url): PdfFault[] => {
    if (/^javascript:/i.test(url)) return [{ type: 'script' }];
    return isLocal(url) ? [{ type: 'link', page, url }] : [];
  });
}

function linksOf(annotations: { url?: unknown; unsafeUrl?: unknown }[]): string[] {
  return annotations.flatMap(({ url, unsafeUrl }) => [unsafeUrl, url].filter((value) => typeof value === 'string').slice(0, 1));
}

function isLocal(url: string): boolean {
  return /^(?:file:|https?:\/\/(?:127\.|localhost|\[::1\]|0\.0\.0\.0))/i.test(url);
}
