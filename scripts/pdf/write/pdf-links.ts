/** The links of a PDF: where they lead, and what is said of them to those who cannot see them. */
import { PDFArray, PDFDict, type PDFDocument, PDFHexString, PDFName, type PDFObject, PDFRef, PDFString } from '@cantoo/pdf-lib';
import { ExpectedError } from '../../shared/errors.ts';
import { textString } from '../pdf-strings.ts';

/**
 * In the page, a link to another deck's PDF points at the export's own server; in the PDF it opens the file beside it. Links inside of the
 * PDF jump to their place, whatever names it has there. All get a description: their text, which `textOf` gives for an annotation where there is one, and
 * where they lead out of the PDF. Throws ExpectedError for a link that leads nowhere.
 */
export function rewriteLinks(pdf: PDFDocument, origin: string, textOf: (annotation: PDFRef) => string): void {
  const named = pdf.catalog.lookupMaybe(PDFName.of('Dests'), PDFDict);
  for (const page of pdf.getPages()) {
    const annotations = page.node.Annots()?.asArray() ?? [];
    // Order of the structure, for those who go from link to link.
    if (annotations.length > 0) page.node.set(PDFName.of('Tabs'), PDFName.of('S'));
    for (const reference of annotations) {
      const annotation = pdf.context.lookup(reference);
      if (!(annotation instanceof PDFDict) || annotation.lookup(PDFName.of('Subtype')) !== PDFName.of('Link')) continue;
      const text = reference instanceof PDFRef ? textOf(reference) : '';
      rewriteLink({ pdf, named, origin }, annotation, text);
    }
  }
}

interface Surroundings {
  pdf: PDFDocument;
  /** Places by name. */
  named: PDFDict | undefined;
  origin: string;
}

function rewriteLink({ pdf, named, origin }: Surroundings, annotation: PDFDict, text: string): void {
  const describe = (where: string) => {
    const words = [text, where].filter((part, index, all) => part !== '' && all.indexOf(part) === index);
    annotation.set(PDFName.of('Contents'), textString(words.length === 2 ? `${text} (${where})` : (words[0] ?? '')));
  };
  const destination = annotation.lookup(PDFName.of('Dest'));
  if (destination !== undefined) {
    const place = destination instanceof PDFName ? placeOf(named?.lookup(destination)) : placeOf(destination);
    if (place === null) throw new ExpectedError(`a link to ${destination} leads nowhere`, { hint: LEADS });
    annotation.delete(PDFName.of('Dest'));
    annotation.set(PDFName.of('A'), pdf.context.obj({ S: 'GoTo', D: place }));
    describe(text === '' ? `page ${pageNumber(pdf, place)}` : '');
    return;
  }
  const action = annotation.lookup(PDFName.of('A'));
  const uri = action instanceof PDFDict ? action.lookup(PDFName.of('URI')) : undefined;
  if (!(uri instanceof PDFString || uri instanceof PDFHexString)) return;
  const target = uri.decodeText();
  if (!target.startsWith(`${origin}/`)) {
    describe(target.replace(/^mailto:/, ''));
    return;
  }
  const file = fileOf(target);
  const fit = pdf.context.obj([0, 'Fit']);
  annotation.set(PDFName.of('A'), pdf.context.obj({ S: 'GoToR', F: PDFString.of(file), D: fit }));
  describe(file);
}

function placeOf(value: PDFObject | undefined): PDFArray | null {
  return value instanceof PDFArray && value.get(0) instanceof PDFRef ? value : null;
}

function pageNumber(pdf: PDFDocument, place: PDFArray): number {
  return pdf.getPages().findIndex(({ ref }) => ref === place.get(0)) + 1;
}

function fileOf(target: string): string {
  const { pathname, hash } = new URL(target);
  const name = /\/([a-z0-9][\w.-]*\.pdf)$/i.exec(pathname)?.[1];
  if (name !== undefined) return name;
  const what = hash === '' ? pathname : hash;
  throw new ExpectedError(`a link to "${what}" leads nowhere`, { hint: LEADS });
}

const LEADS = 'links lead to the id of a slide of the same deck (#id), to another deck (name.pdf) or to the web';
