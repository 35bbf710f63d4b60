import { ParseSpeeds, PDFDict, PDFDocument, PDFHeader, PDFName, PDFString } from '@cantoo/pdf-lib';
import { contentOf, elementsOf, isElement, readStructure, type StructureElement, writeStructure } from '../pdf-structure.ts';
import { renameCells } from './pdf-cells.ts';
import { type ContentFindings, rewritePages } from './pdf-content.ts';
import { rewriteLinks } from './pdf-links.ts';
import { mendTitles, type OutlineEntry, writeOutline } from './pdf-outline.ts';
import { savePdf } from './pdf-save.ts';
import { blocksOf, prune, sectionPages, unwrapBoxes } from './pdf-tags.ts';
import { writeXmp } from './pdf-xmp.ts';

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
  /** Without it the outline stays that of the headlines. */
  outline?: readonly OutlineEntry[];
  /** What is a section of its own: each page of slides, with the title of its entry in the outline, or what the tags say. Pages when there is an outline. */
  sections?: 'pages' | 'tags';
}

const PRODUCER = 'Briefdeck';

/**
 * Makes of a printed PDF one to give away: tags without boxes, decoration marked as such, an outline, working links with descriptions, metadata and dates.
 * The same input gives the same bytes. Throws ExpectedError for dead links.
 */
export async function finishPdf(
  printed: Uint8Array,
  { metadata, languageTag, date, origin, outline, sections = 'pages' }: PdfFinish,
): Promise<Uint8Array> {
  // Without pauses, which are for pages that people look at.
  const pdf = await PDFDocument.load(printed, { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest });
  // Of the version whose tags, object streams and tab order are used here; Chromium says 1.4.
  pdf.context.header = PDFHeader.forVersion(1, 7);
  const structure = finishStructure(pdf, sections === 'pages' ? outline : undefined);
  rewriteLinks(pdf, origin, linkTexts(structure));
  if (outline === undefined) mendTitles(pdf, headlinesOf(structure));
  else writeOutline(pdf, outline);
  describe(pdf, metadata, languageTag, date);
  return savePdf(pdf);
}

interface Structure {
  tree: StructureElement[];
  content: ContentFindings;
}

/** Of a PDF without tags nothing is changed; inspection refuses it. */
function finishStructure(pdf: PDFDocument, outline: PdfFinish['outline']): Structure {
  const printed = readStructure(pdf);
  if (printed === null) return { tree: [], content: { isDecoration: () => false, textOf: () => '' } };
  const unwrapped = unwrapBoxes(printed, pdf);
  const content = rewritePages(pdf, blocksOf(unwrapped));
  const pruned = prune(unwrapped, ({ page, mcid }) => content.isDecoration(page, mcid));
  const tree = outline === undefined ? pruned : sectionPages(pruned, titlesOf(pdf, outline), pdf);
  writeStructure(pdf, tree);
  renameCells(pdf, elementsOf(tree));
  const root = pdf.catalog.lookup(PDFName.of('StructTreeRoot'), PDFDict);
  // Chromium's names of PDF 2.0, which readers of earlier versions do not know.
  root.set(PDFName.of('RoleMap'), pdf.context.obj({ Strong: 'Span', Em: 'Span' }));
  return { tree, content };
}

function titlesOf(pdf: PDFDocument, outline: readonly OutlineEntry[]) {
  const pages = pdf.getPages();
  const flat = (entries: readonly OutlineEntry[]): OutlineEntry[] => entries.flatMap((entry) => [entry, ...flat(entry.entries)]);
  return new Map(flat(outline).flatMap(({ title, page }) => pages.slice(page - 1, page).map(({ ref }) => [ref, title] as const)));
}

const wordsOf = (element: StructureElement, { textOf }: ContentFindings) =>
  contentOf(element)
    .map(({ page, mcid }) => textOf(page, mcid))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

function linkTexts({ tree, content }: Structure) {
  const texts = new Map<unknown, string>();
  for (const element of elementsOf(tree)) {
    if (element.type !== 'Link') continue;
    const text = wordsOf(element, content);
    for (const kid of element.kids) if (!isElement(kid) && 'annotation' in kid) texts.set(kid.annotation, text);
  }
  return (annotation: unknown) => texts.get(annotation) ?? '';
}

function headlinesOf({ tree, content }: Structure): string[] {
  return [...elementsOf(tree)].filter(({ type }) => /^H[1-6]?$/.test(type)).map((element) => wordsOf(element, content));
}

function describe(pdf: PDFDocument, { title, author, subject, keywords }: PdfMetadata, languageTag: string, date: Date): void {
  pdf.setTitle(title);
  pdf.setAuthor(author);
  pdf.setSubject(subject);
  // One text, so that the XMP can say the same.
  pdf.setKeywords(keywords.length === 0 ? [] : [keywords.join(', ')]);
  pdf.setCreator(PRODUCER);
  pdf.setProducer(PRODUCER);
  pdf.setCreationDate(date);
  pdf.setModificationDate(date);
  writeXmp(pdf, { title, author, subject, keywords, languageTag, date, producer: PRODUCER });
  pdf.catalog.getOrCreateViewerPreferences().setDisplayDocTitle(true);
  pdf.catalog.set(PDFName.of('Lang'), PDFString.of(languageTag));
}
