/** Reads where the anchors of a printed page are in the PDF. */
import { ParseSpeeds, PDFArray, PDFDict, PDFDocument, PDFName, PDFNumber } from '@cantoo/pdf-lib';

export interface Destination {
  /** Counted from 1. */
  page: number;
  /** Distance from the lower edge of the page, in points. */
  y: number;
}

export interface Destinations {
  pages: number;
  /** By the id of the element. Contains only ids that a link refers to. */
  places: ReadonlyMap<string, Destination>;
}

/** Reads the named destinations that Chromium writes for the targets of links inside a page (PDF 1.7, 12.3.2.3: a dictionary /Dests). */
export async function readDestinations(pdf: Uint8Array): Promise<Destinations> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest });
  const numbers = new Map(document.getPages().map(({ ref }, index) => [ref.toString(), index + 1]));
  const found = document.catalog.lookup(PDFName.of('Dests'));
  const entries = found instanceof PDFDict ? found.entries() : [];
  const places = entries.flatMap(([name, value]): [string, Destination][] => {
    const place = document.context.lookup(value);
    if (!(place instanceof PDFArray)) return [];
    const page = numbers.get(String(place.get(0)));
    const y = place.lookup(3);
    return page === undefined ? [] : [[decode(name), { page, y: y instanceof PDFNumber ? y.asNumber() : 0 }]];
  });
  return { pages: document.getPageCount(), places: new Map(places) };
}

/** Chromium uses the link's fragment, as it is written, for the name. */
function decode(name: PDFName): string {
  const text = name.decodeText();
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
