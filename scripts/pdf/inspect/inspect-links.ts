/** The links of a finished PDF: where they lead, and whether everybody can follow them. */
import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  type PDFPage,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib';
import type { PdfFault } from './inspect-faults.ts';

/**
 * Links that lead nowhere, to the machine that made the PDF, or anywhere but to the web, a mail address or a PDF beside this one; links that are not
 * described, not tagged, or out of order; and scripts.
 */
export function inspectLinks(pdf: PDFDocument): PdfFault[] {
  const pages = new Set<PDFObject>(pdf.getPages().map(({ ref }) => ref));
  return pdf.getPages().flatMap((page, index) => inspectPage(pdf, page, index + 1, pages));
}

function inspectPage(pdf: PDFDocument, { node }: PDFPage, page: number, pages: ReadonlySet<PDFObject>): PdfFault[] {
  const annotations = (node.Annots()?.asArray() ?? []).map((each) => pdf.context.lookup(each)).filter((each) => each instanceof PDFDict);
  const links = annotations.filter((each) => each.lookup(PDFName.of('Subtype')) === PDFName.of('Link'));
  const faults = links.flatMap((link) => inspectLink(pdf, link, page, pages));
  const isOrdered = links.length === 0 || node.lookup(PDFName.of('Tabs')) === PDFName.of('S');
  return isOrdered ? faults : [...faults, { type: 'tab-order', page }];
}

function inspectLink(pdf: PDFDocument, link: PDFDict, page: number, pages: ReadonlySet<PDFObject>): PdfFault[] {
  const description = textIn(link, 'Contents');
  const faults = inspectTarget(pdf, link, { page, pages, text: description });
  if (description === '') faults.push({ type: 'no-description', page });
  if (!link.has(PDFName.of('StructParent'))) faults.push({ type: 'untagged-link', page });
  return faults;
}

interface Place {
  page: number;
  pages: ReadonlySet<PDFObject>;
  text: string;
}

function inspectTarget(pdf: PDFDocument, link: PDFDict, { page, pages, text }: Place): PdfFault[] {
  const leads = (destination: PDFObject | undefined): PdfFault[] =>
    isPlace(pdf, destination, pages) ? [] : [{ type: 'dead-link', page, text }];
  const action = link.lookup(PDFName.of('A'));
  if (!(action instanceof PDFDict)) return leads(link.lookup(PDFName.of('Dest')));
  const kind = action.lookup(PDFName.of('S'));
  const name = kind instanceof PDFName ? kind.decodeText() : 'nothing';
  switch (name) {
    case 'GoTo':
      return leads(action.lookup(PDFName.of('D')));
    case 'GoToR': {
      const file = textIn(action, 'F');
      return /^[^/\\:]+\.pdf$/i.test(file) ? [] : [{ type: 'link', page, url: file }];
    }
    case 'URI': {
      const url = textIn(action, 'URI');
      if (/^javascript:/i.test(url)) return [{ type: 'script' }];
      return isPublic(url) ? [] : [{ type: 'link', page, url }];
    }
    case 'JavaScript':
      return [{ type: 'script' }];
    default:
      return [{ type: 'action', page, action: name }];
  }
}

/** Whether a destination is on a page of the PDF; names are looked up as PDF 1.1 and as Chromium do. */
function isPlace(pdf: PDFDocument, destination: PDFObject | undefined, pages: ReadonlySet<PDFObject>): boolean {
  if (destination instanceof PDFArray) {
    const target = destination.get(0);
    return target instanceof PDFRef && pages.has(target);
  }
  const named = destination instanceof PDFName ? pdf.catalog.lookupMaybe(PDFName.of('Dests'), PDFDict)?.lookup(destination) : undefined;
  return named instanceof PDFArray && isPlace(pdf, named, pages);
}

/** Absolute, and the same for everybody who has the PDF. */
function isPublic(url: string): boolean {
  if (/^mailto:[^\s@]+@/i.test(url)) return true;
  const host = /^https?:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]+)/i.exec(url)?.[1]?.toLowerCase();
  return host !== undefined && !/^(?:localhost|.*\.localhost|127(?:\.\d+){1,3}|0(?:\.0){0,3}|\[(?:::1|::)\])$/.test(host);
}

function textIn(dict: PDFDict, key: string): string {
  const value = dict.lookup(PDFName.of(key));
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : '';
}
