/** Numbers of lists keep their distance from the text, whatever number of digits they have; numbered terms stand in the order of their numbers. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadPdfReader } from '../../scripts/pdf/pdf-reader.ts';
import { readPptx } from '../export/read-pptx.ts';
import { projectFrom, run } from '../run.ts';

it('lists have a gap behind 9., 10. and 2024. in slides, briefings and presentations; terms go 1, 2, 10, 11, each in one sentence', async () => {
  const project = await projectFrom(path.join(import.meta.dirname, 'input/numbered'));
  const { exitCode } = await run(['brief', '--format', 'slides,briefing,pptx', ...project.options]);
  expect(exitCode).toBe(0);
  for (const name of ['river.pdf', 'river-briefing.pdf']) {
    const words = await wordsOf(path.join(project.out, name));
    const gaps = ['8', '9', '10', '2024'].map((number) => {
      const mark = words.findIndex(({ text }, index) => text === number && words[index + 1]?.text === '.');
      const [stop, { y, page } = { y: 0, page: 0 }] = [words[mark + 1], words[mark]];
      const rule = words.find((word) => word.text.startsWith('Rule') && word.y === y && word.page === page);
      return stop === undefined || rule === undefined ? null : rule.x - stop.x - stop.width;
    });
    expect(
      gaps.every((gap) => gap !== null && gap > 4),
      `${name}: ${gaps}`,
    ).toBe(true);
    // Within a list all texts stand below each other.
    const rules = words.filter(({ text }) => /^Rule number \d{1,2}$/.test(text));
    expect(new Set(rules.map(({ x }) => x)).size, name).toBe(1);
  }
  const { slides } = readPptx(await readFile(path.join(project.out, 'river.pptx')));
  const indents = [...(slides.find(({ title }) => title.startsWith('Eleven'))?.xml ?? '').matchAll(/indent="-(\d+)"/g)].map(([, emu]) =>
    Number(emu),
  );
  expect(indents.length).toBe(4);
  // In EMU: three digits more are wider by one and a half times the type.
  expect((indents[3] ?? 0) - (indents[0] ?? 0)).toBeGreaterThan(200_000);

  const terms = slides.flatMap(({ paragraphs }) => paragraphs).filter((text) => text.startsWith('Phase'));
  expect(terms).toEqual(expect.arrayContaining(['Phase 1', 'Phase 2', 'Phase 10', 'Phase 11']));
  expect(terms.slice(-4)).toEqual(['Phase 1', 'Phase 2', 'Phase 10', 'Phase 11']);
  const inBriefing = (await wordsOf(path.join(project.out, 'river-briefing.pdf'))).map(({ text }) => text);
  expect(inBriefing.filter((text) => /^Phase \d+$/.test(text)).slice(-4)).toEqual(['Phase 1', 'Phase 2', 'Phase 10', 'Phase 11']);
  // The bold words stand in the sentence's line.
  const [bold] = (await wordsOf(path.join(project.out, 'river-briefing.pdf'))).filter(({ text }) => text === 'how high');
  const beside = (await wordsOf(path.join(project.out, 'river-briefing.pdf'))).filter(({ y, page }) => y === bold?.y && page === bold.page);
  expect(beside.map(({ text }) => text).join('')).toContain('A phase that shows how high the water');
});

interface Word {
  page: number;
  text: string;
  /** In points, of its lower left corner. */
  x: number;
  y: number;
  width: number;
}

async function wordsOf(file: string): Promise<Word[]> {
  const { getDocument } = await loadPdfReader();
  const task = getDocument({ data: new Uint8Array(await readFile(file)), isEvalSupported: false });
  try {
    const document = await task.promise;
    const words: Word[] = [];
    for (let page = 1; page <= document.numPages; page += 1) {
      const { items } = await (await document.getPage(page)).getTextContent();
      for (const item of items)
        if ('str' in item && item.str !== '')
          words.push({ page, text: item.str, x: Number(item.transform[4]), y: Number(item.transform[5]), width: item.width });
    }
    return words;
  } finally {
    await task.destroy();
  }
}
