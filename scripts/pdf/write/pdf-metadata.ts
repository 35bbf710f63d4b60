import { createHash } from 'node:crypto';
import {
  ParseSpeeds,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHeader,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRef,
  PDFStream,
  PDFStreamWriter,
  PDFString,
} from '@cantoo/pdf-lib';
import { ExpectedError } from '../../shared/errors.ts';
import { contentOf, elementsOf, isElement, readStructure, type StructureElement, textString, writeStructure } from '../pdf-structure.ts';
import { type ContentFindings, rewritePages } from './pdf-content.ts';
import { mendTitles, type OutlineEntry, writeOutline } from './pdf-outline.ts';
import { blocksOf, prune, sectionPages, unwrapBoxes } from './pdf-tags.ts';

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
  /** The creation and modification date. A fixed date, so that the same content gives the same bytes on any day. */
  date: Date;
  /** The origin of the server from which the PDF was printed. */
  origin: string;
  /** Without it, the outline consists of the headlines. */
  outline?: readonly OutlineEntry[];
  /**
   * What becomes a section: each page of slides, titled as in the outline, or what the tags say. Defaults to pages when there is an
   * outline.
   */
  sections?: 'pages' | 'tags';
}

const PRODUCER = 'Briefdeck';

/**
 * Finishes a printed PDF for distribution: tags without boxes, decoration marked as such, an outline, working links with descriptions,
 * metadata and dates. The same input gives the same bytes. Throws ExpectedError for dead links.
 */
export async function finishPdf(
  printed: Uint8Array,
  { metadata, languageTag, date, origin, outline, sections = 'pages' }: PdfFinish,
): Promise<Uint8Array> {
  // Parses without pauses, which are only useful in a user interface.
  const pdf = await PDFDocument.load(printed, { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest });
  // The version that has the tags, object streams and tab order used here. Chromium says 1.4.
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

/** Leaves a PDF without tags unchanged. The inspection rejects it. */
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
  // Maps Chromium's element types from PDF 2.0 to types that readers of earlier versions know.
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
  // A single text, so that the XMP can be identical.
  pdf.setKeywords(keywords.length === 0 ? [] : [keywords.join(', ')]);
  pdf.setCreator(PRODUCER);
  pdf.setProducer(PRODUCER);
  pdf.setCreationDate(date);
  pdf.setModificationDate(date);
  writeXmp(pdf, { title, author, subject, keywords, languageTag, date, producer: PRODUCER });
  pdf.catalog.getOrCreateViewerPreferences().setDisplayDocTitle(true);
  pdf.catalog.set(PDFName.of('Lang'), PDFString.of(languageTag));
}

/** The number of objects packed together. More objects compress better, but a reader has to unpack all of them to read one. */
const TOGETHER = 200;

/**
 * Returns a PDF as bytes, with small objects packed together and unreachable objects removed. The same PDF gives the same bytes: its id,
 * which must differ from that of other files, is computed from its content.
 */
async function savePdf(pdf: PDFDocument): Promise<Uint8Array> {
  const { context } = pdf;
  removeUnreachable(pdf);
  const id = PDFHexString.of(PLACE);
  context.trailerInfo.ID = context.obj([id, id]);
  const bytes = await PDFStreamWriter.forContext(context, Number.POSITIVE_INFINITY, true, TOGETHER).serializeToBuffer();
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const content = createHash('sha256').update(buffer).digest('hex').slice(0, PLACE.length);
  // Written into the bytes, because saving again would double the time.
  const end = buffer.lastIndexOf(`<${PLACE}>`);
  const start = buffer.lastIndexOf(`<${PLACE}>`, end - 1);
  if (start === -1) throw new Error('there is no place for the id of the PDF');
  for (const at of [start, end]) buffer.write(content, at + 1, 'latin1');
  return bytes;
}

/** Placeholder for the id until the content is known. */
const PLACE = '0123456789abcdef'.repeat(2);

function removeUnreachable({ context }: PDFDocument): void {
  const { Root, Info } = context.trailerInfo;
  const reached = new Set<PDFRef>();
  const left: (PDFObject | undefined)[] = [Root, Info];
  while (left.length > 0) {
    const object = left.pop();
    if (object instanceof PDFRef) {
      if (reached.has(object)) continue;
      reached.add(object);
      left.push(context.lookup(object));
    } else if (object instanceof PDFDict) left.push(...object.values());
    else if (object instanceof PDFArray) left.push(...object.asArray());
    else if (object instanceof PDFStream) left.push(...object.dict.values());
  }
  for (const [reference] of context.enumerateIndirectObjects()) if (!reached.has(reference)) context.delete(reference);
}

// Table cells and their headers (ISO 32000-1, 14.8.5.7).

/**
 * Gives elements new ids in reading order, and updates the cells that refer to their headers: Chromium's ids come from a counter, and
 * differ each time a page is printed. Removes attributes with default values. Call it when all elements are in the file.
 */
function renameCells(pdf: PDFDocument, elements: Iterable<StructureElement>): void {
  const all = [...elements];
  const named = all.flatMap((element) => {
    const id = element.dict.lookup(PDFName.of('ID'));
    return id === undefined ? [] : [{ element, before: textOf(id) }];
  });
  const width = String(named.length).length;
  const names = new Map(named.map(({ before }, index) => [before, `cell-${String(index + 1).padStart(width, '0')}`]));
  const nameOf = (before: string) => PDFString.of(names.get(before) ?? before);
  for (const { element, before } of named) element.dict.set(PDFName.of('ID'), nameOf(before));
  for (const { dict } of all) tidyAttributes(pdf, dict, nameOf);
  const root = pdf.catalog.lookup(PDFName.of('StructTreeRoot'), PDFDict);
  // A name tree with one node, sorted by name as the numbers are.
  const entries = named.flatMap(({ element, before }): PDFObject[] =>
    element.reference === null ? [] : [nameOf(before), element.reference],
  );
  if (entries.length === 0) root.delete(PDFName.of('IDTree'));
  else root.set(PDFName.of('IDTree'), pdf.context.register(pdf.context.obj({ Names: entries })));
}

function tidyAttributes(pdf: PDFDocument, dict: PDFDict, nameOf: (before: string) => PDFString): void {
  const attributes = dict.lookup(PDFName.of('A'));
  const list = attributes instanceof PDFArray ? attributes.asArray() : attributes instanceof PDFDict ? [attributes] : [];
  if (list.length === 0) return;
  const kept = list.filter((each) => {
    const attribute = pdf.context.lookup(each);
    if (!(attribute instanceof PDFDict)) return true;
    for (const key of ['RowSpan', 'ColSpan']) {
      const span = attribute.lookup(PDFName.of(key));
      if (span instanceof PDFNumber && span.asNumber() === 1) attribute.delete(PDFName.of(key));
    }
    const headers = attribute.lookup(PDFName.of('Headers'));
    if (headers instanceof PDFArray) {
      if (headers.size() === 0) attribute.delete(PDFName.of('Headers'));
      else attribute.set(PDFName.of('Headers'), pdf.context.obj(headers.asArray().map((id) => nameOf(textOf(pdf.context.lookup(id))))));
    }
    // An attribute object with only an owner has no meaning.
    return attribute.keys().length > 1;
  });
  if (kept.length === 0) dict.delete(PDFName.of('A'));
  else dict.set(PDFName.of('A'), pdf.context.obj(kept));
}

function textOf(id: PDFObject | undefined): string {
  return id instanceof PDFString || id instanceof PDFHexString ? id.decodeText() : '';
}

// XMP metadata (ISO 16684-1) for archives and file managers, with the same values as the document information.

interface XmpProperties {
  title: string;
  author: string;
  subject: string;
  keywords: readonly string[];
  /** BCP 47. */
  languageTag: string;
  date: Date;
  producer: string;
}

/**
 * Writes the packet into the PDF uncompressed, so that it can be found without parsing the PDF. It does not claim to conform to a standard
 * (PDF/UA, PDF/A), because conformance is not tested.
 */
function writeXmp(pdf: PDFDocument, properties: XmpProperties): void {
  const stream = pdf.context.stream(Buffer.from(packetOf(properties)), { Type: 'Metadata', Subtype: 'XML' });
  pdf.catalog.set(PDFName.of('Metadata'), pdf.context.register(stream));
}

function packetOf({ title, author, subject, keywords, languageTag, date, producer }: XmpProperties): string {
  // Without fractions of seconds, as in the document information.
  const when = `${date.toISOString().slice(0, 19)}Z`;
  const translated = (name: string, text: string) =>
    text === '' ? [] : [`<${name}><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(text)}</rdf:li></rdf:Alt></${name}>`];
  const list = (name: string, kind: 'Seq' | 'Bag', items: readonly string[]) =>
    items.length === 0
      ? []
      : [`<${name}><rdf:${kind}>${items.map((item) => `<rdf:li>${escapeXml(item)}</rdf:li>`).join('')}</rdf:${kind}></${name}>`];
  return [
    `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>`,
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">',
    '<dc:format>application/pdf</dc:format>',
    ...translated('dc:title', title),
    ...list('dc:creator', 'Seq', author === '' ? [] : [author]),
    ...translated('dc:description', subject),
    ...list('dc:subject', 'Bag', keywords),
    ...list('dc:language', 'Bag', [languageTag]),
    `<xmp:CreateDate>${when}</xmp:CreateDate>`,
    `<xmp:ModifyDate>${when}</xmp:ModifyDate>`,
    `<xmp:MetadataDate>${when}</xmp:MetadataDate>`,
    `<xmp:CreatorTool>${escapeXml(producer)}</xmp:CreatorTool>`,
    `<pdf:Producer>${escapeXml(producer)}</pdf:Producer>`,
    ...(keywords.length === 0 ? [] : [`<pdf:Keywords>${escapeXml(keywords.join(', '))}</pdf:Keywords>`]),
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
    '<?xpacket end="r"?>',
  ].join('\n');
}

/** Escapes text between tags. Drops characters that XML 1.0 does not allow. */
function escapeXml(text: string): string {
  return text.replace(NOT_IN_XML, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

// Links: their targets, and their descriptions for screen readers.

/**
 * Rewrites links. On the page, a link to another deck's PDF points to the export's own server; in the PDF it opens the file in the same
 * folder. Links inside the PDF go to their place, whatever its name there. All links get a description: their text, which `textOf` returns
 * for an annotation if there is one, and the target if it is outside the PDF. Throws ExpectedError for a link that leads nowhere.
 */
function rewriteLinks(pdf: PDFDocument, origin: string, textOf: (annotation: PDFRef) => string): void {
  const named = pdf.catalog.lookupMaybe(PDFName.of('Dests'), PDFDict);
  for (const page of pdf.getPages()) {
    const annotations = page.node.Annots()?.asArray() ?? [];
    // Tab order follows the structure, for keyboard users.
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
  const { file, number } = fileOf(target);
  const fit = pdf.context.obj([number - 1, 'Fit']);
  annotation.set(PDFName.of('A'), pdf.context.obj({ S: 'GoToR', F: PDFString.of(file), D: fit }));
  describe(number === 1 ? file : `${file}, page ${number}`);
}

function placeOf(value: PDFObject | undefined): PDFArray | null {
  return value instanceof PDFArray && value.get(0) instanceof PDFRef ? value : null;
}

function pageNumber(pdf: PDFDocument, place: PDFArray): number {
  return pdf.getPages().findIndex(({ ref }) => ref === place.get(0)) + 1;
}

/** Returns the PDF that an address names, and the page in it, counted from 1. */
function fileOf(target: string): { file: string; number: number } {
  const { pathname, hash } = new URL(target);
  const file = /\/([a-z0-9][\w.-]*\.pdf)$/i.exec(pathname)?.[1];
  if (file !== undefined) return { file, number: Number(/^#page=([1-9]\d{0,5})$/.exec(hash)?.[1] ?? 1) };
  const what = hash === '' ? pathname : hash;
  throw new ExpectedError(`a link to "${what}" leads nowhere`, { hint: LEADS });
}

const LEADS = 'links lead to the id of a slide of the same deck (#id), to another deck (name.pdf) or to the web';
