/** Whether a reader of a PDF gets from every claim to where it comes from: planned slides beside the links of their pages. */
import { readFile } from 'node:fs/promises';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import type { Deck, Slide } from '../../scripts/model/outputs/deck.ts';
import { readPage } from '../../scripts/pdf/page-text.ts';
import { loadPdfReader } from '../../scripts/pdf/pdf-reader.ts';

/** What is missing, and how many claims were looked at. */
export async function followLocators(deck: Deck, file: string): Promise<{ missing: string[]; claims: number }> {
  const { getDocument } = await loadPdfReader();
  const document = await getDocument({ data: new Uint8Array(await readFile(file)), verbosity: 0 }).promise;
  const pageOf = (id: string) => deck.slides.findIndex((slide) => slide.id === id) + 1;
  const missing: string[] = [];
  let claims = 0;
  for (const [index, slide] of deck.slides.entries()) {
    const { urls, pages, holds } = await linksOf(document, index + 1);
    const { addresses, slides, texts } = claimsOf(slide);
    claims += addresses.length + slides.length + texts.length;
    const lost = [
      ...addresses.filter((address) => !urls.has(address)),
      ...slides.filter((id) => !pages.has(pageOf(id))),
      ...texts.filter((text) => !holds(text)),
    ];
    missing.push(...lost.map((what) => `${deck.name} page ${index + 1} (${slide.id}): ${what}`));
  }
  await document.destroy();
  return { missing, claims };
}

/** What each slide must lead to: addresses, slides of the deck, and what it must say where there is nothing to follow. */
function claimsOf(slide: Slide): { addresses: string[]; slides: string[]; texts: string[] } {
  switch (slide.kind) {
    case 'exchange':
    case 'figure':
    case 'number':
    case 'quote': {
      // A claim of the short deck leads to its evidence, which leads to its source.
      if (slide.part === 'short') return { addresses: [], slides: slide.elsewhere, texts: [] };
      const { href, speaker, start, section, whichInterview } = slide.locator;
      const said = [speaker, start ?? section, whichInterview].filter((part) => part !== null);
      return { addresses: href === null ? [] : [href], slides: slide.elsewhere, texts: said };
    }
    case 'summary':
      return { addresses: [], slides: slide.rows.map((each) => each.slide), texts: [] };
    case 'map':
      return { addresses: [], slides: slide.supports.map((each) => each.slide), texts: [] };
    case 'certainty':
      return {
        addresses: [],
        slides: slide.columns.flatMap(({ statements }) => statements.flatMap((each) => each.slide ?? [])),
        texts: [],
      };
    case 'related':
      return { addresses: [], slides: slide.themes.flatMap(({ shared }) => shared.map((each) => each.slide)), texts: [] };
    case 'sources': {
      const entries = slide.columns.flat();
      return {
        addresses: slide.interviews.flatMap(({ source }) => source?.url ?? []),
        slides: entries.map((each) => each.slide),
        texts: slide.interviews.map(({ title }) => title),
      };
    }
    default:
      return { addresses: [], slides: [], texts: [] };
  }
}

async function linksOf(document: PDFDocumentProxy, number: number) {
  const page = await document.getPage(number);
  const annotations: { unsafeUrl?: string; dest?: unknown }[] = await page.getAnnotations();
  const pages = new Set<number>();
  for (const { dest } of annotations) {
    const explicit: unknown = typeof dest === 'string' ? await document.getDestination(dest) : dest;
    if (Array.isArray(explicit)) pages.add((await document.getPageIndex(explicit[0])) + 1);
  }
  const { items } = await page.getTextContent();
  const { holds } = readPage(items.flatMap((item) => ('str' in item ? [item] : [])));
  return { urls: new Set(annotations.flatMap(({ unsafeUrl }) => unsafeUrl ?? [])), pages, holds };
}
