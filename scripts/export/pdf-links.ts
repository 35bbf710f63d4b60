import { PDFArray, PDFDict, type PDFDocument, PDFHexString, PDFName, PDFNumber, PDFString } from '@cantoo/pdf-lib';
import { ExpectedError } from '../shared/errors.ts';

/**
 * In the page, a link to another deck's PDF points at the export's own server; in the PDF it opens the file beside it.
 * Links get their target as description for screen readers. Throws ExpectedError for a link that leads nowhere.
 */
export function rewriteLinks(pdf: PDFDocument, origin: string): void {
  for (const page of pdf.getPages()) {
    const annotations = page.node.Annots()?.asArray() ?? [];
    for (const reference of annotations) {
      const annotation = pdf.context.lookup(reference);
      if (annotation instanceof PDFDict) rewriteLink(pdf, annotation, origin);
    }
  }
}

function rewriteLink(pdf: PDFDocument, annotation: PDFDict, origin: string): void {
  const action = annotation.lookup(PDFName.of('A'));
  const uri = action instanceof PDFDict ? action.lookup(PDFName.of('URI')) : undefined;
  if (!(uri instanceof PDFString || uri instanceof PDFHexString)) return;
  const target = uri.decodeText();
  annotation.set(PDFName.of('Contents'), PDFHexString.fromText(target));
  if (!target.startsWith(`${origin}/`)) return;
  const file = fileOf(target);
  const fit = PDFArray.withContext(pdf.context);
  fit.push(PDFNumber.of(0));
  fit.push(PDFName.of('Fit'));
  annotation.set(PDFName.of('A'), pdf.context.obj({ S: 'GoToR', F: PDFString.of(file), D: fit }));
  annotation.set(PDFName.of('Contents'), PDFHexString.fromText(file));
}

function fileOf(target: string): string {
  const { pathname, hash } = new URL(target);
  const name = /\/([a-z0-9][\w.-]*\.pdf)$/i.exec(pathname)?.[1];
  if (name !== undefined) return name;
  const what = hash === '' ? pathname : hash;
  throw new ExpectedError(`a link to "${what}" leads nowhere`, {
    hint: 'links lead to the id of a slide of the same deck (#id), to another deck (name.pdf) or to the web',
  });
}
