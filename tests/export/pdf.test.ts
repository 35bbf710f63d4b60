/** PDFs made by hand, with every fault that a printed one could have. */
import { PDFDocument, PDFName, PDFString, StandardFonts } from '@cantoo/pdf-lib';
import { expect, it } from 'vitest';
import { describeFault, inspectPdf } from '../../scripts/pdf/inspect/inspect-pdf.ts';
import { finishPdf } from '../../scripts/pdf/write/pdf-metadata.ts';

const origin = 'http://127.0.0.1:4321';

async function pdfWith(links: string[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([980, 552]);
  page.drawText('Why scaling works', { font: await pdf.embedFont(StandardFonts.Helvetica) });
  pdf.addPage([980, 552]);
  page.node.set(
    PDFName.of('Annots'),
    pdf.context.obj(
      links.map((url) =>
        pdf.context.register(
          pdf.context.obj({ Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 9, 9], A: { Type: 'Action', S: 'URI', URI: PDFString.of(url) } }),
        ),
      ),
    ),
  );
  return pdf.save();
}

const finish = (pdf: Uint8Array, date = new Date('2023-08-21')) =>
  finishPdf(pdf, { metadata: { title: '规模', author: 'A', subject: 'S', keywords: ['k'] }, languageTag: 'zh-Hans', date, origin });

it('finds every fault', async () => {
  const faults = await inspectPdf(await pdfWith([`${origin}/x`, 'javascript:alert(1)', 'file:///etc/passwd', 'https://example.com/']), {
    pages: 1,
    languageTag: 'en',
    words: [['Why  scaling\nworks', 'scal\u00ading  works', 'scaling worked', 'Why Why scaling'].map((text) => ({ text, of: 'a, b.md' }))],
  });
  expect(faults.map(describeFault)).toEqual([
    '2 pages instead of 1',
    'it has no outline',
    'its language is not given instead of en',
    'it is not tagged',
    'page 1 shows something that is neither tagged nor marked as decoration',
    'it has no title',
    'readers show its file name instead of its title',
    'it has no XMP metadata',
    'page 1 does not show "worked" of "scaling worked" (a, b.md)',
    'page 1 does not show all of "Why Why scaling" (a, b.md)',
    'page 2 has no text',
    `a link on page 1 leads to ${origin}/x`,
    'a link on page 1 has no description',
    'a link on page 1 is not tagged',
    'it contains JavaScript',
    'a link on page 1 leads to file:///etc/passwd',
    'page 1 does not give its links in reading order',
    'the font Helvetica is not embedded',
  ]);
});

it('writes metadata, language, dates and an id that comes from the content', async () => {
  const pdf = await pdfWith([]);
  const finished = await finish(pdf);
  expect(Buffer.from(finished).equals(Buffer.from(await finish(pdf)))).toBe(true);
  const read = await PDFDocument.load(finished, { updateMetadata: false });
  expect([read.getTitle(), read.getAuthor(), read.getSubject(), read.getProducer()]).toEqual(['规模', 'A', 'S', 'Briefdeck']);
  expect(read.catalog.lookup(PDFName.of('Lang'))).toEqual(PDFString.of('zh-Hans'));
  expect(read.catalog.getViewerPreferences()?.getDisplayDocTitle()).toBe(true);
  expect(read.getModificationDate()).toEqual(new Date('2023-08-21'));
  const other = await PDFDocument.load(await finish(pdf, new Date('2024-01-01')), { updateMetadata: false });
  expect(String(read.context.trailerInfo.ID)).toMatch(/^\[ <([0-9a-f]{32})> <\1> \]$/);
  expect(String(other.context.trailerInfo.ID)).not.toBe(String(read.context.trailerInfo.ID));
});

it('turns links to other decks into links to their files and describes all links', async () => {
  const finished = await PDFDocument.load(await finish(await pdfWith([`${origin}/deep/alignment.zh.pdf`, 'https://example.com/a.pdf'])));
  const annotations = finished.getPage(0).node.Annots()?.asArray() ?? [];
  const texts = annotations.map((reference) => String(finished.context.lookup(reference)).replace(/\s+/g, ' '));
  expect(texts[0]).toContain('/S /GoToR /F (alignment.zh.pdf) /D [ 0 /Fit ]');
  expect(texts[0]).toContain('/Contents (alignment.zh.pdf)');
  expect(texts[1]).toContain('/URI (https://example.com/a.pdf)');
  expect(texts[1]).toContain('/Contents (https://example.com/a.pdf)');
});

it.each(['/', '/print?print=true#nowhere', '/notes.docx', '/..%2f..%2fetc.pdf'])(
  'refuses a link to %s of its own server',
  async (target) => {
    await expect(finish(await pdfWith([`${origin}${target}`]))).rejects.toThrow(/^a link to ".*" leads nowhere$/);
  },
);
