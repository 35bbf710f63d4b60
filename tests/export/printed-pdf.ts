/** Small PDFs as Chromium prints them: boxes as tags, glyphs placed one by one, backgrounds and text marked alike. */
import { PDFDocument, PDFHexString, PDFName, type PDFObject, PDFRef, PDFString } from '@cantoo/pdf-lib';

/** A structure element: its type, then entries of its own, then kids; a number is marked content of the page, a reference an annotation. */
export type Tag = [type: string, entries: Record<string, string>, ...kids: (Tag | number | PDFRef)[]];

export interface PrintedPage {
  content: string;
  tags: Tag[];
}

/** Glyphs of the font F1 by their codes; 9 is drawn for two characters. Each is 500 wide. */
const GLYPHS = { 1: ' ', 2: 'a', 3: 'b', 4: 'c', 5: '-', 6: '模', 7: '型', 9: '\u02bc' };

export async function printedPdf(pages: readonly PrintedPage[], build: (pdf: PDFDocument) => void = () => {}): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const { context } = pdf;
  const font = context.register(context.obj({ Type: 'Font', Subtype: 'Type0', BaseFont: 'Own', Encoding: 'Identity-H' }));
  const cid = {
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont: 'Own',
    DW: 500,
    FontDescriptor: { Type: 'FontDescriptor', FontFile2: context.register(context.stream('')) },
  };
  const map = Object.entries(GLYPHS).map(([code, text]) => `<${hex(Number(code))}> <${hex(text.charCodeAt(0))}>`);
  const dict = context.lookup(font);
  if (dict === undefined || !('set' in dict) || typeof dict.set !== 'function') throw new Error('no font');
  dict.set(PDFName.of('DescendantFonts'), context.obj([context.register(context.obj(cid))]));
  dict.set(
    PDFName.of('ToUnicode'),
    context.register(context.flateStream(`begincmap\n${map.length} beginbfchar\n${map.join('\n')}\nendbfchar\nendcmap`)),
  );
  const document = context.obj({ Type: 'StructElem', S: 'Document' });
  const root = context.register(context.obj({ Type: 'StructTreeRoot', K: context.register(document) }));
  const kids: PDFObject[] = [];
  for (const { content, tags } of pages) {
    const page = pdf.addPage([980, 552]);
    page.node.set(PDFName.of('Contents'), context.register(context.flateStream(content)));
    page.node.set(PDFName.of('Resources'), context.obj({ Font: { F1: font } }));
    kids.push(...tags.map((tag) => element(pdf, tag, page.ref)));
  }
  document.set(PDFName.of('K'), context.obj(kids));
  pdf.catalog.set(PDFName.of('StructTreeRoot'), root);
  pdf.catalog.set(PDFName.of('MarkInfo'), context.obj({ Marked: true }));
  build(pdf);
  return pdf.save({ useObjectStreams: false });
}

function element(pdf: PDFDocument, [type, entries, ...kids]: Tag, page: PDFRef): PDFRef {
  const { context } = pdf;
  const made = kids.map((kid): PDFObject | number => {
    if (typeof kid === 'number') return kid;
    return kid instanceof PDFRef ? context.obj({ Type: 'OBJR', Obj: kid }) : element(pdf, kid, page);
  });
  const dict = context.obj({ Type: 'StructElem', S: type, Pg: page, K: made });
  for (const [key, value] of Object.entries(entries)) {
    dict.set(PDFName.of(key), key === 'Headers' ? context.obj([]) : PDFHexString.fromText(value));
    if (key !== 'Headers') continue;
    dict.delete(PDFName.of('Headers'));
    dict.set(
      PDFName.of('A'),
      context.obj([
        { O: 'Table', Headers: [PDFString.of(value)] },
        { O: 'Table', RowSpan: 1 },
      ]),
    );
  }
  return context.register(dict);
}

/** A text object with each of its glyphs at a place of its own, as Chromium writes them: `advance` apart. */
export function placed(codes: readonly number[], { x = 60, y = 100, size = 20, advance = 10.5 } = {}): string {
  const glyphs = codes.map((code, index) => `${index === 0 ? '' : `${advance} 0 Td `}<${hex(code)}> Tj`);
  return `BT\n/F1 ${size} Tf\n1 0 0 -1 ${x} ${y} Tm\n${glyphs.join('\n')}\nET\n`;
}

export const marked = (mcid: number, content: string, tag = 'NonStruct') => `/${tag} <</MCID ${mcid} >>BDC\n${content}EMC\n`;

const hex = (code: number) => code.toString(16).toUpperCase().padStart(4, '0');
