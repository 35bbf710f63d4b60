/** Metadata as XMP (ISO 16684-1), which archives and file managers read: the same that the document information says. */
import { type PDFDocument, PDFName } from '@cantoo/pdf-lib';

export interface XmpProperties {
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
 * Writes the packet into the PDF, unpacked, so that it is found without reading the PDF. It claims no standard (PDF/UA, PDF/A): nobody has
 * tested for one.
 */
export function writeXmp(pdf: PDFDocument, properties: XmpProperties): void {
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

/** Text between tags; what XML 1.0 cannot hold is left out. */
function escapeXml(text: string): string {
  return text.replace(NOT_IN_XML, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
