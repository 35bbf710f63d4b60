/** Reads the pages of a PDF as the operations that draw them. */
import { decodePDFRawStream, PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFRawStream } from '@cantoo/pdf-lib';
import { streamBytes } from './pdf-fonts.ts';
import { type Operation, readOperations } from './pdf-operators.ts';

export interface PageOperations {
  resources: PDFDict | undefined;
  /** Or the reason why the content cannot be parsed. */
  operations: Operation[] | { reason: string };
}

/** Returns the operations of every page, in page order. Does not read content that is referred to (`Do`). */
export function readPages(pdf: PDFDocument): PageOperations[] {
  return pdf.getPages().map(({ node }) => {
    const resources = node.Resources();
    try {
      return { resources, operations: readOperations(contentOf(node.lookup(PDFName.of('Contents')))) };
    } catch (error) {
      // Any error of the parser means that the file is faulty.
      return { resources, operations: { reason: error instanceof Error ? error.message : String(error) } };
    }
  });
}

/** Returns the form that a page refers to by name (`Do`), with its own content and resources. Null for pictures. */
export function formOf(name: string, resources: PDFDict | undefined): { operations: Operation[]; resources: PDFDict | undefined } | null {
  const stream = resources?.lookupMaybe(PDFName.of('XObject'), PDFDict)?.lookup(PDFName.of(name.slice(1)));
  if (!(stream instanceof PDFRawStream) || stream.dict.lookup(PDFName.of('Subtype')) !== PDFName.of('Form')) return null;
  return {
    operations: readOperations(contentOf(stream)),
    resources: stream.dict.lookupMaybe(PDFName.of('Resources'), PDFDict) ?? resources,
  };
}

/**
 * Returns content with one character per byte. Several streams of a page are joined with line ends (ISO 32000-1, 7.8.2). Throws Error when
 * a stream cannot be decoded.
 */
function contentOf(contents: PDFObject | undefined): string {
  if (contents instanceof PDFArray) {
    return Array.from({ length: contents.size() }, (_, index) => contentOf(contents.lookup(index))).join('\n');
  }
  if (!(contents instanceof PDFRawStream)) return '';
  const filter = contents.dict.lookup(PDFName.of('Filter'));
  const isPlain = (filter === undefined || filter === PDFName.of('FlateDecode')) && !contents.dict.has(PDFName.of('DecodeParms'));
  return Buffer.from(isPlain ? streamBytes(contents) : decodePDFRawStream(contents).decode()).toString('latin1');
}
