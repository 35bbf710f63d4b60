/** The short deck alone: `--part short`, and its file beside that of the whole deck. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFNumber, PDFString } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { readDeckFile } from '../../scripts/export/outputs/read-deck.ts';
import { readPptx } from '../export/read-pptx.ts';
import { projectFrom, run } from '../run.ts';

const small = path.join(import.meta.dirname, 'input/small');

/** The links of a PDF that open another file: the page on which they stand, the file and the page there, counted from 1. */
async function linksToFiles(file: string): Promise<[page: number, file: string, there: number][]> {
  const pdf = await PDFDocument.load(await readFile(file), { updateMetadata: false });
  return pdf.getPages().flatMap((page, index) =>
    (page.node.Annots()?.asArray() ?? []).flatMap((reference): [number, string, number][] => {
      const annotation = pdf.context.lookup(reference);
      const action = annotation instanceof PDFDict ? annotation.lookup(PDFName.of('A')) : undefined;
      if (!(action instanceof PDFDict) || action.lookup(PDFName.of('S')) !== PDFName.of('GoToR')) return [];
      const there = action.lookup(PDFName.of('D'), PDFArray).lookup(0, PDFNumber).asNumber();
      return [[index + 1, action.lookup(PDFName.of('F'), PDFString).decodeText(), there + 1]];
    }),
  );
}

describe('the short deck alone', () => {
  it('is all that is made with --part short, and its claims lead to the pages of the whole deck', async () => {
    const project = await projectFrom(small);
    const { exitCode, stderr } = await run([
      'brief',
      'water',
      '--lang',
      'en',
      '--part',
      'short',
      '--format',
      'slides,pptx',
      ...project.options,
    ]);
    expect(stderr).toContain('2 of 2 outputs are in');
    expect(exitCode).toBe(0);
    expect((await readdir(project.out)).sort()).toEqual(['manifest.json', 'water-short.pdf', 'water-short.pptx']);

    const deck = await readDeckFile(path.join(project.slides, 'water.md'));
    const slides = deck?.slides ?? [];
    const short = slides.filter(({ part }) => part === 'short');
    const steps = short.flatMap((slide, index) => (slide.id.startsWith('deck.step-') ? [{ page: index + 1, source: slide.source }] : []));
    expect(steps.length).toBeGreaterThan(0);
    expect(await linksToFiles(path.join(project.out, 'water-short.pdf'))).toEqual(
      steps.map(({ page, source }) => [
        page,
        'water.pdf',
        slides.findIndex((slide) => slide.part === 'evidence' && slide.source === source) + 1,
      ]),
    );
    expect(readPptx(await readFile(path.join(project.out, 'water-short.pptx'))).slides).toHaveLength(short.length);
  });

  it('changes nothing of the outputs that the same page shows after it', async () => {
    const [alone, beside] = [await projectFrom(small), await projectFrom(small)];
    const water = ['brief', 'water', '--lang', 'en', '--format'];
    await run([...water, 'slides,png', ...alone.options]);
    await run([...water, 'slides,short,png', ...beside.options]);
    for (const file of ['water.pdf', 'water/001.png', 'water/003.png'])
      expect((await readFile(path.join(beside.out, file))).equals(await readFile(path.join(alone.out, file))), file).toBe(true);
  });

  it('is not made in a format that there is only of whole decks', async () => {
    const { exitCode, stderr } = await run(['brief', '--part', 'short', '--format', 'briefing']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/there is no briefing of the short deck alone\s+write --format slides or pptx, or leave out --part/);
  });
});
