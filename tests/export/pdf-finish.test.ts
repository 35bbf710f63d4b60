/** What is made of a printed PDF: tags, content and glyphs, by PDFs of a few glyphs. */
import { PDFDict, PDFDocument, PDFName, PDFRawStream, PDFString } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { outlineOf } from '../../scripts/export/outputs/pdf-expectations.ts';
import { inspectPdf } from '../../scripts/pdf/inspect/inspect-pdf.ts';
import { streamBytes } from '../../scripts/pdf/pdf-fonts.ts';
import { isElement, isMarked, readStructure, type StructureElement } from '../../scripts/pdf/pdf-structure.ts';
import { readUnicodeMap } from '../../scripts/pdf/pdf-text.ts';
import { finishPdf, type PdfFinish } from '../../scripts/pdf/write/pdf-metadata.ts';
import { marked, type PrintedPage, placed, printedPdf } from './printed-pdf.ts';

const rest: PdfFinish = {
  metadata: { title: 'T', author: 'A', subject: 'S', keywords: [] },
  languageTag: 'en-GB',
  date: new Date('2023-08-21'),
  origin: 'http://127.0.0.1:4321',
};

async function finish(pages: PrintedPage[], more: Partial<PdfFinish> = {}, build?: (pdf: PDFDocument) => void): Promise<PDFDocument> {
  return PDFDocument.load(await finishPdf(await printedPdf(pages, build), { ...rest, ...more }), { updateMetadata: false });
}

function contentOf(pdf: PDFDocument): string {
  const stream = pdf.getPage(0).node.lookup(PDFName.of('Contents'));
  return stream instanceof PDFRawStream ? unpack(stream) : '';
}
const unpack = (stream: PDFRawStream) => Buffer.from(streamBytes(stream)).toString('latin1');

/** `Sect(P(0))`: types, and in parentheses what is in them; a star for an annotation. */
function shapeOf(element: StructureElement): string {
  const kids = element.kids.map((kid) => (isElement(kid) ? shapeOf(kid) : isMarked(kid) ? String(kid.mcid) : '*'));
  return `${element.type}(${kids.join(' ')})`;
}
const shape = (pdf: PDFDocument) => (readStructure(pdf) ?? []).map(shapeOf).join(' ');

function mapIn(pdf: PDFDocument): Map<number, string> {
  const streams = pdf.context.enumerateIndirectObjects().flatMap(([, object]) => (object instanceof PDFRawStream ? [object] : []));
  const map = streams
    .filter(({ dict }) => !dict.has(PDFName.of('Subtype')))
    .map(unpack)
    .find((text) => text.includes('begincmap'));
  return readUnicodeMap(map ?? '');
}

describe('tags', () => {
  it('keep what means something and lose the boxes; loose text becomes a paragraph, and items get a body', async () => {
    const content = [0, 1, 2, 3, 4, 5].map((mcid) => marked(mcid, placed([2, 3]))).join('');
    const pdf = await finish([
      {
        content,
        tags: [
          ['Div', {}, ['NonStruct', {}, ['NonStruct', {}, 0], ['Strong', {}, ['NonStruct', {}, 1]]], ['H1', {}, ['NonStruct', {}, 2]]],
          ['Div', {}, ['L', {}, ['LI', {}, ['NonStruct', {}, 3]]]],
          ['NonStruct', { Lang: 'zh' }, ['P', {}, ['NonStruct', { Lang: 'de' }, 4], ['NonStruct', {}, 5]]],
        ],
      },
    ]);
    expect(shape(pdf)).toBe('Document(P(0 Strong(1)) H1(2) L(LI(LBody(3))) Div(P(Span(4) 5)))');
    expect(String(pdf.catalog.lookup(PDFName.of('StructTreeRoot'), PDFDict).lookup(PDFName.of('RoleMap')))).toContain('/Strong /Span');
  });

  it('lose the figure around figures, not one that says something', async () => {
    const content = [0, 1, 2].map((mcid) => marked(mcid, placed([2]))).join('');
    const figures: PrintedPage = {
      content,
      tags: [
        ['Figure', {}, ['Figure', { Alt: 'one' }, 0]],
        ['Figure', { Alt: 'both' }, ['Figure', { Alt: 'two' }, 1]],
        ['Figure', {}, 2],
      ],
    };
    expect(shape(await finish([figures]))).toBe('Document(Figure(0) Figure(Figure(1)) Figure(2))');
  });

  it('give each slide a section with its title', async () => {
    const page = (mcid: number): PrintedPage => ({
      content: marked(mcid, placed([2])),
      tags: [
        ['H1', {}, mcid],
        ['P', {}],
      ],
    });
    const outline = [{ title: 'First', page: 1, entries: [{ title: 'Zweite (1/2)', page: 2, entries: [] }] }];
    const pdf = await finish([page(0), page(3)], { outline });
    expect(shape(pdf)).toBe('Document(Sect(H1(0)) Sect(H1(3)))');
    const titles = (readStructure(pdf)?.[0]?.kids ?? []).map((kid) => (isElement(kid) ? String(kid.dict.lookup(PDFName.of('T'))) : ''));
    expect(titles).toEqual(['(First)', '(Zweite \\(1/2\\))']);
    expect(pdf.getPages().map(({ node }) => String(node.lookup(PDFName.of('StructParents'))))).toEqual(['0', '1']);
  });

  it('number cells anew, so that the same table gives the same bytes', async () => {
    const table = (first: string, second: string): PrintedPage => ({
      content: [0, 1, 2].map((mcid) => marked(mcid, placed([2]))).join(''),
      tags: [['Table', {}, ['TR', {}, ['TH', { ID: first }, 0], ['TH', { ID: second }, 1]], ['TR', {}, ['TD', { Headers: second }, 2]]]],
    });
    const bytes = async (...ids: [string, string]) => Buffer.from(await finishPdf(await printedPdf([table(...ids)]), rest));
    const one = await bytes('node00000009', 'node00000010');
    expect(one.equals(await bytes('node00000311', 'node00000400'))).toBe(true);
    const pdf = await PDFDocument.load(one, { updateMetadata: false });
    const cell = readStructure(pdf)?.[0]?.kids[0];
    expect(shape(pdf)).toBe('Document(Table(TR(TH(0) TH(1)) TR(TD(2))))');
    const row = cell !== undefined && isElement(cell) ? cell.kids[1] : undefined;
    const data = row !== undefined && isElement(row) ? row.kids[0] : undefined;
    expect(data !== undefined && isElement(data) ? String(data.dict.lookup(PDFName.of('A'))).replace(/\s+/g, ' ') : '').toBe(
      '[ << /O /Table /Headers [ (cell-2) ] >> ]',
    );
  });
});

describe('content', () => {
  it('is decoration where it shows nothing, tagged or not; the lines of a figure are not', async () => {
    const fill = '0 0 980 552 re\nf\n';
    const pdf = await finish([
      {
        content: `${fill}${marked(0, fill)}${marked(1, '1 0 0 rg\n')}${marked(2, fill)}${marked(3, placed([2]))}${placed([3])}0 0 1 1 re\nW* n\n`,
        tags: [
          ['Div', {}, 0, 1],
          ['Figure', { Alt: 'A bar' }, 2],
          ['P', {}, 3],
        ],
      },
    ]);
    const artifact = (content: string) => `/Artifact BMC\n${content}EMC\n`;
    expect(contentOf(pdf)).toBe(
      `${artifact(fill)}${artifact(fill)}1 0 0 rg\n${marked(2, fill).replace('>>BDC', '>> BDC')}/NonStruct <</MCID 3 >> BDC\nBT\n/F1 20 Tf\n1 0 0 -1 60 100 Tm\n<0002> Tj\nET\nEMC\n${artifact('BT\n/F1 20 Tf\n1 0 0 -1 60 100 Tm\n<0003> Tj\nET\n')}0 0 1 1 re\nW*\nn\n`,
    );
    expect(shape(pdf)).toBe('Document(Figure(2) P(3))');
  });

  it('is text also where something else is marked within', async () => {
    const span = `/Span <</Lang (de) >>BDC\n${placed([2])}EMC\n`;
    const pdf = await finish([{ content: marked(0, span), tags: [['P', {}, 0]] }]);
    expect(shape(pdf)).toBe('Document(P(0))');
    expect(contentOf(pdf)).not.toContain('Artifact');
  });

  it('is left alone where it stands in a form, which has marks of its own, or glyphs that nobody has looked at', async () => {
    const actual = 'BT\n/F1 20 Tf\n1 0 0 -1 60 100 Tm\n/Span<</ActualText <feff2019> >> BDC\n<0009> Tj\nEMC\nET\n';
    const pdf = await finish([{ content: `/X1 Do\n/X2 Do\n${marked(0, actual)}`, tags: [['P', {}, 0]] }], {}, (printed) => {
      const { context } = printed;
      const form = context.register(context.flateStream(marked(1, placed([9])), { Type: 'XObject', Subtype: 'Form' }));
      const image = context.register(context.flateStream('', { Type: 'XObject', Subtype: 'Image' }));
      printed
        .getPage(0)
        .node.Resources()
        ?.set(PDFName.of('XObject'), context.obj({ X1: form, X2: image }));
    });
    expect(contentOf(pdf)).toMatch(/^\/X1 Do\n\/Artifact BMC\n\/X2 Do\nEMC\n/);
    expect(contentOf(pdf)).toContain('/ActualText <feff2019>');
  });

  it('has a space where a line was broken at one, and none after a hyphen, in Chinese, or between paragraphs', async () => {
    const line = (codes: number[], y: number) => placed(codes, { y, advance: 10 });
    const content = [
      marked(0, line([2, 3], 100) + line([4], 120)),
      marked(1, line([2, 5], 200)),
      marked(2, line([3], 220)),
      marked(3, line([6], 300) + line([7], 320)),
      marked(4, line([2], 400)),
      marked(5, line([3], 420)),
    ];
    const pdf = await finish([
      {
        content: content.join(''),
        tags: [
          ['P', {}, 0],
          ['P', {}, 1, ['Span', {}, 2]],
          ['P', {}, 3],
          ['P', {}, 4],
          ['P', {}, 5],
        ],
      },
    ]);
    expect([...contentOf(pdf).matchAll(/<(\w+)> Tj/g)].map(([, codes]) => codes)).toEqual([
      '000200030001',
      '0004',
      '00020005',
      '0003',
      '0006',
      '0007',
      '0002',
      '0003',
    ]);
  });

  it('sets glyphs in runs, and kerning between them', async () => {
    const pdf = await finish([{ content: marked(0, placed([2, 3, 4], { size: 20, advance: 10.5 })), tags: [['P', {}, 0]] }]);
    expect(contentOf(pdf)).toContain('[<0002>-25<0003>-25<0004>] TJ');
    const exact = await finish([{ content: marked(0, placed([2, 3, 4], { size: 20, advance: 10 })), tags: [['P', {}, 0]] }]);
    expect(contentOf(exact)).toContain('<000200030004> Tj');
  });
});

describe('glyphs that stand for two characters', () => {
  const said = (code: number, text: string) =>
    `BT\n/F1 20 Tf\n1 0 0 -1 60 100 Tm\n/Span<</ActualText <feff${text}> >> BDC\n<000${code}> Tj\nEMC\nET\n`;

  it('say in the font what they always mean', async () => {
    const pdf = await finish([{ content: marked(0, said(9, '2019') + said(9, '2019')), tags: [['P', {}, 0]] }]);
    expect(mapIn(pdf).get(9)).toBe('’');
    expect(mapIn(pdf).get(2)).toBe('a');
    expect(contentOf(pdf)).not.toContain('ActualText');
  });

  it('are left alone where they mean both', async () => {
    const pdf = await finish([{ content: marked(0, said(9, '2019') + placed([9])), tags: [['P', {}, 0]] }]);
    expect(mapIn(pdf).get(9)).toBe('\u02bc');
    expect(contentOf(pdf)).toContain('/ActualText <feff2019>');
  });

  it('are spaces where they hold words together', async () => {
    const pdf = await finish([{ content: marked(0, said(1, '00a0') + placed([1])), tags: [['P', {}, 0]] }]);
    expect(contentOf(pdf)).not.toContain('ActualText');
  });
});

describe('links and outline', () => {
  it('say what they say and jump where their names lead', async () => {
    const printed = await printedPdf(
      [{ content: marked(0, placed([2, 3])), tags: [['P', {}, ['Link', {}, ['NonStruct', {}, 0]]]] }],
      (pdf) => {
        const { ref } = pdf.getPage(0);
        pdf.catalog.set(PDFName.of('Dests'), pdf.context.obj({ 'slide-x': [ref, 'XYZ', 0, 552, 0] }));
        const annotation = { Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 9, 9], Dest: PDFName.of('slide-x') };
        const tagged = pdf.context.register(pdf.context.obj(annotation));
        pdf.getPage(0).node.set(PDFName.of('Annots'), pdf.context.obj([tagged]));
        const element = [...pdf.context.enumerateIndirectObjects()].find(
          ([, object]) => object instanceof PDFDict && object.lookup(PDFName.of('S')) === PDFName.of('Link'),
        )?.[1];
        if (!(element instanceof PDFDict)) throw new Error('no link');
        element.set(PDFName.of('K'), pdf.context.obj([element.lookup(PDFName.of('K')) ?? null, { Type: 'OBJR', Obj: tagged, Pg: ref }]));
      },
    );
    const pdf = await PDFDocument.load(await finishPdf(printed, rest), { updateMetadata: false });
    const annotation = pdf.getPage(0).node.Annots()?.lookup(0, PDFDict);
    expect(annotation?.lookup(PDFName.of('Contents'))).toEqual(PDFString.of('ab'));
    expect(String(annotation?.lookup(PDFName.of('A'))).replace(/\s+/g, ' ')).toMatch(/^<< \/S \/GoTo \/D \[ \d+ 0 R \/XYZ 0 552 0 \] >>$/);
    expect(annotation?.has(PDFName.of('Dest'))).toBe(false);
    expect(String(annotation?.lookup(PDFName.of('StructParent')))).toBe('1');
    expect(pdf.getPage(0).node.lookup(PDFName.of('Tabs'))).toBe(PDFName.of('S'));
  });

  it('give the spaces back to titles that Chromium has taken from them', async () => {
    const lines = placed([2, 3], { y: 100, advance: 10 }) + placed([4], { y: 120 });
    const pdf = await finish([{ content: marked(0, lines), tags: [['H1', {}, ['NonStruct', {}, 0]]] }], {}, (printed) => {
      const entry = printed.context.register(printed.context.obj({ Title: PDFString.of('abc') }));
      printed.catalog.set(PDFName.of('Outlines'), printed.context.register(printed.context.obj({ First: entry, Last: entry, Count: 1 })));
    });
    const first = pdf.catalog.lookup(PDFName.of('Outlines'), PDFDict).lookup(PDFName.of('First'), PDFDict);
    expect(first.lookup(PDFName.of('Title'))).toEqual(PDFString.of('ab c'));
  });

  it('hold any headline, as far as a PDF can', async () => {
    const headlines = ['a\ud800', 'b\u001b[1m', '(\\c', '🍂 模型\u00a0x', 'new\nline'];
    const outline = outlineOf({
      parts: null,
      slides: headlines.map((headline) => ({ headline, part: null, continued: null, section: null })),
    });
    const pages = headlines.map((): PrintedPage => ({ content: marked(0, placed([2])), tags: [['P', {}, 0]] }));
    const bytes = await finishPdf(await printedPdf(pages), { ...rest, outline });
    expect(outline.map(({ title }) => title)).toEqual(['a\ufffd', 'b [1m', '(\\c', '🍂 模型\u00a0x', 'new line']);
    expect((await inspectPdf(bytes, { outline })).filter(({ type }) => type === 'outline' || type === 'no-outline')).toEqual([]);
  });

  it('open a short outline and close the sections of a long one', async () => {
    const entries = (count: number) => Array.from({ length: count }, () => ({ title: 'E', page: 1, entries: [] }));
    const countsOf = async (count: number) => {
      const outline = [
        { title: 'A', page: 1, entries: [] },
        { title: 'B', page: 1, entries: entries(count) },
      ];
      const pdf = await finish([{ content: marked(0, placed([2])), tags: [['P', {}, 0]] }], { outline });
      const root = pdf.catalog.lookup(PDFName.of('Outlines'), PDFDict);
      return [root, root.lookup(PDFName.of('Last'), PDFDict)].map((dict) => Number(String(dict.lookup(PDFName.of('Count')))));
    };
    expect(await countsOf(3)).toEqual([5, 3]);
    expect(await countsOf(40)).toEqual([2, -40]);
  });
});
