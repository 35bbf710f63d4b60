/** Words of every script in Markdown of every shape, through the whole pipeline: each output has them all, as an independent reading of the finished files says. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDeckFile } from '../../scripts/export/outputs/read-deck.ts';
import { run, temporaryFolder } from '../run.ts';
import { type AnyExchange, anyExchange, anyLanguage, writeAnyContent } from './any-content.ts';
import { isOnPages, missingLines, pagesOfPdf, pagesOfPptx } from './said-words.ts';

const EXCHANGES = 12;

const MORE = ['More in the briefing', '简报中还有更多内容'];

describe('any words in any Markdown', () => {
  it('are in slides, briefing, handout and presentation, with every number; what has no font is a box', async () => {
    // One project is many examples. A failure says its seed.
    const exchanges = fc.array(anyExchange, { minLength: EXCHANGES, maxLength: EXCHANGES, size: 'max' });
    await fc.assert(fc.asyncProperty(exchanges, anyLanguage, expectAllWords), { numRuns: 1, endOnFailure: true });
  });
});

async function expectAllWords(exchanges: readonly AnyExchange[], lang: string): Promise<void> {
  const folder = await temporaryFolder();
  const at = (name: string) => path.join(folder, name);
  const blocks = await writeAnyContent(at('content'), exchanges, lang);
  const folders = ['--content', at('content'), '--slides', at('slides'), '--out', at('dist')];
  const { exitCode, stderr } = await run(['brief', '--format', 'slides,briefing,handout,pptx', ...folders]);
  expect({ exitCode, failed: stderr.split('\n').filter((line) => /✗| error /.test(line)) }).toEqual({ exitCode: 0, failed: [] });

  const [slides, briefing, handout] = await Promise.all(
    ['words.pdf', 'words-briefing.pdf', 'words-handout.pdf'].map(async (name) => pagesOfPdf(await readFile(at(`dist/${name}`)))),
  );
  const pptx = pagesOfPptx(await readFile(at('dist/words.pptx')));
  if (slides === undefined || briefing === undefined || handout === undefined) throw new TypeError('a PDF is missing');
  // What an evidence slide has no room for stands in its notes, under a label.
  const deck = await readDeckFile(at('slides/words.md'));
  const withRest = (pages: readonly string[], notesOf: (index: number) => string) =>
    pages.flatMap((page, index) => {
      const isCut = MORE.some((label) => deck?.slides[index]?.notes.includes(label) === true);
      return isCut ? [page, notesOf(index)] : [page];
    });
  const outputs = {
    slides: { body: withRest(slides.pages, (index) => deck?.slides[index]?.notes.join('\n') ?? ''), notes: null },
    briefing: { body: briefing.pages, notes: briefing.pages },
    handout: { body: handout.pages, notes: handout.pages },
    presentation: { body: withRest(pptx.slides, (index) => pptx.notes[index] ?? ''), notes: pptx.notes },
  };
  const missing = Object.entries(outputs).flatMap(([name, pages]) => [
    ...blocks.flatMap((block) => {
      const { part, markdown } = block;
      const lost = pages[part] === null ? [] : missingLines(block, pages[part]);
      return lost.map((line) => ({ output: name, part, line, markdown }));
    }),
    ...exchanges.flatMap(({ question, takeaway }) =>
      [question, takeaway].filter((line) => !isOnPages(line, pages.body)).map((line) => ({ output: name, part: 'head', line })),
    ),
  ]);
  expect({ missing, illegal: pptx.illegal }).toEqual({ missing: [], illegal: [] });
  for (const { fonts } of [slides, briefing, handout]) {
    expect([...fonts]).toContain('BriefdeckBox');
    expect(
      [...fonts].filter((font) => !/^(?:BriefdeckBox|SourceSans3|SourceSerif4|SourceCodePro|NotoS|NotoE|NotoM|DejaVuSans)/.test(font)),
    ).toEqual([]);
  }
}
