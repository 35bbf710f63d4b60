import { createHash } from 'node:crypto';
import { PDFDict, PDFDocument, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib';
import { rewriteLinks } from './pdf-links.ts';

export interface PdfMetadata {
  title: string;
  author: string;
  subject: string;
  keywords: string[];
}

export interface PdfFinish {
  metadata: PdfMetadata;
  /** BCP 47. */
  languageTag: string;
  /** Stands as creation and modification date: the same content gives the same bytes on any day. */
  date: Date;
  /** Of the server that the PDF was printed from. */
  origin: string;
}

/** Gives a printed PDF its metadata, dates and working links. The same input gives the same bytes. Throws ExpectedError for dead links. */
export async function finishPdf(printed: Uint8Array, { metadata, languageTag, date, origin }: PdfFinish): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(printed, { updateMetadata: false });
  rewriteLinks(pdf, origin);
  pdf.setTitle(metadata.title);
  pdf.setAuthor(metadata.author);
  pdf.setSubject(metadata.subject);
  pdf.setKeywords(metadata.keywords);
  pdf.setCreator('Briefdeck');
  pdf.setProducer('Briefdeck');
  pdf.setCreationDate(date);
  pdf.setModificationDate(date);
  pdf.catalog.getOrCreateViewerPreferences().setDisplayDocTitle(true);
  pdf.catalog.set(PDFName.of('Lang'), PDFString.of(languageTag));
  mapRoles(pdf);
  return saveWithId(pdf);
}

/** Chromium tags with names of PDF 2.0 in a file of version 1.4, where readers do not know them. */
function mapRoles(pdf: PDFDocument): void {
  const tree = pdf.catalog.lookup(PDFName.of('StructTreeRoot'));
  if (tree instanceof PDFDict && !tree.has(PDFName.of('RoleMap')))
    tree.set(PDFName.of('RoleMap'), pdf.context.obj({ Strong: 'Span', Em: 'Span' }));
}

/** A PDF's id must differ from that of other files and not from that of the same one made again: so it is made from the content. */
async function saveWithId(pdf: PDFDocument): Promise<Uint8Array> {
  const save = () => pdf.save({ useObjectStreams: false, updateFieldAppearances: false });
  const { trailerInfo } = pdf.context;
  trailerInfo.ID = pdf.context.obj([]);
  const content = createHash('sha256')
    .update(await save())
    .digest('hex')
    .slice(0, 32);
  trailerInfo.ID = pdf.context.obj([PDFHexString.of(content), PDFHexString.of(content)]);
  return save();
}
