/** Looks at a finished PDF as a reader would, before it gets its name. */
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { inspectFonts } from './inspect-fonts.ts';
import { loadPdfReader } from './pdf-reader.ts';

export interface PdfExpectation {
  pages: number;
  /** BCP 47. */
  languageTag: string;
  /** Headline of each page, which its text must contain. */
  titles: readonly string[];
  /** Characters that the theme's fonts do not have: whether their text can be read depends on the machine's. */
  unsure?: ReadonlySet<string>;
}

export type PdfFault =
  | { type: 'pages'; expected: number; found: number }
  | { type: 'no-text'; page: number }
  | { type: 'no-title'; page: number; title: string }
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

async function inspectPages(document: PDFDocumentProxy, { titles, unsure = new Set() }: PdfExpectation): Promise<PdfFault[]> {
  const faults: PdfFault[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const text = comparable(items.map((item) => ('str' in item ? item.str : '')).join(''));
    const title = titles[number - 1];
    if (text === '') faults.push({ type: 'no-text', page: number });
    else if (title !== undefined && !shows(text, title, unsure)) faults.push({ type: 'no-title', page: number, title });
    for (const url of linksOf(await page.getAnnotations())) {
      if (/^javascript:/i.test(url)) faults.push({ type: 'script' });
      else if (isLocal(url)) faults.push({ type: 'link', page: number, url });
    }
  }
  return faults;
}

/** Text from right to left comes out of a PDF in the order in which it stands on the page: then only its characters are counted. */
function shows(text: string, title: string, unsure: ReadonlySet<string>): boolean {
  const sure = [...title.normalize()].filter((character) => !unsure.has(character)).join('');
  if (!RIGHT_TO_LEFT.test(title))
    return unsure.size === 0 ? text.includes(comparable(title)) : sure.split(/\s+/).every((word) => text.includes(comparable(word)));
  return countOf(comparable(sure)).every(([character, count]) => text.split(character).length > count);
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

function countOf(text: string): [character: string, count: number][] {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts];
}

/**
 * How lines were broken and which form of a character the font has must not matter. Fonts have one glyph for the apostrophe and for the letter that looks
 * like it; Chromium says in /ActualText which it is, but pdf.js does not read that.
 */
function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll('\u02bc', '’')
    .replace(/[\s\p{Default_Ignorable_Code_Point}\p{Cc}]/gu, '');
}

function linksOf(annotations: { url?: unknown; unsafeUrl?: unknown }[]): string[] {
  return annotations.flatMap(({ url, unsafeUrl }) => [unsafeUrl, url].filter((value) => typeof value === 'string').slice(0, 1));
}

function isLocal(url: string): boolean {
  return /^(?:file:|https?:\/\/(?:127\.|localhost|\[::1\]|0\.0\.0\.0))/i.test(url);
}
