import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presentation as presentationFormat } from '../../scripts/commands/outputs/format-slides.ts';
import { type ExportEvent, type ExportOutcome, exportDecks } from '../../scripts/export/run/export-decks.ts';
import { readManifest } from '../../scripts/export/run/manifest.ts';
import { inspectPdf } from '../../scripts/pdf/inspect/inspect-pdf.ts';
import { ExpectedError } from '../../scripts/shared/errors.ts';
import { jobFor, makeWorkplace, optionsFor, type Workplace } from './deck-job.ts';

let work: Workplace;
const names = ['scaling', 'broken', 'scaling.zh', 'overflow', 'dead-link'];
const events: ExportEvent[] = [];
let results: ExportOutcome[] = [];

beforeAll(async () => {
  work = await makeWorkplace();
  results = await exportDecks(
    names.map((name) => jobFor(name, work)),
    optionsFor(work, events),
  );
});
afterAll(() => work.remove());

const errorOf = (name: string): string => {
  const result = results[names.indexOf(name)];
  return result?.status === 'failed' ? result.error.message : `${result?.status}`;
};

describe('a run with good and bad decks', () => {
  it('delivers the good ones', () => {
    expect(results.map(({ status }) => status)).toEqual(['done', 'failed', 'done', 'failed', 'failed']);
  });

  it('delivers PDFs that are as planned', async () => {
    for (const name of ['scaling', 'scaling.zh']) {
      const { languageTag, slides } = jobFor(name, work).deck;
      const words = slides.map(({ headline }) => [{ text: headline, of: null }]);
      const lost = [[{ text: 'Not there', of: 'cover' }], [{ text: 'More words and moer', of: null }]];
      const pdf = await readFile(path.join(work.out, `${name}.pdf`));
      expect(await inspectPdf(pdf, { pages: words.length, languageTag, words })).toEqual([]);
      expect(await inspectPdf(pdf, { pages: 9, languageTag: 'fr', words: lost })).toEqual([
        { type: 'pages', expected: 9, found: words.length },
        { type: 'language', expected: 'fr', found: languageTag },
        { type: 'lost', page: 1, lost: { text: 'Not there', of: 'cover', words: expect.arrayContaining(['Not']) } },
        { type: 'lost', page: 2, lost: { text: 'More words and moer', of: null, words: expect.arrayContaining(['moer']) } },
      ]);
    }
  });

  it('gives them metadata and the dates of the content', async () => {
    const pdf = await PDFDocument.load(await readFile(path.join(work.out, 'scaling.pdf')), { updateMetadata: false });
    expect([pdf.getTitle(), pdf.getAuthor(), pdf.getSubject(), pdf.getKeywords(), pdf.getCreator(), pdf.getProducer()]).toEqual([
      'The deck scaling',
      'An author',
      'A subject',
      'one, two',
      'Briefdeck',
      'Briefdeck',
    ]);
    expect([pdf.getCreationDate(), pdf.getModificationDate()]).toEqual([new Date('2023-08-21'), new Date('2023-08-21')]);
  });

  it('turns a link to another deck into one to the file beside it', async () => {
    const pdf = await PDFDocument.load(await readFile(path.join(work.out, 'scaling.pdf')), { updateMetadata: false });
    const text = pdf.context
      .enumerateIndirectObjects()
      .map(([, object]) => String(object))
      .join('\n');
    expect(text).toMatch(/\/S \/GoToR\s+\/F \(scaling\.zh\.pdf\)\s+\/D \[ 0 \/Fit \]/);
    expect(text).toContain('https://example.com/x');
    expect(text).not.toContain('127.0.0.1');
  });

  it('says which slide does not compile and why', () => {
    expect(errorOf('broken')).toMatch(/^slide 2 cannot be compiled: .*Element is missing end tag/);
  });

  it('measures what leaves its box', () => {
    expect(errorOf('overflow')).toBe('slide 2 (full) leaves its box by 37 px at the bottom: "What leaves its box."');
  });

  it('refuses a link that leads nowhere', () => {
    expect(errorOf('dead-link')).toBe('a link to "#missing" leads nowhere');
  });

  it('writes nothing but the good PDFs and the manifest', async () => {
    expect(await work.files(work.out)).toEqual(['manifest.json', 'scaling.pdf', 'scaling.zh.pdf']);
    expect(await work.files(work.slides)).toEqual(await work.files(fileURLToPath(new URL('./input/slides', import.meta.url))));
  });

  it('says in the manifest where each page comes from', async () => {
    const outputs = await readManifest(work.out);
    expect(Object.keys(outputs)).toEqual(['scaling.pdf', 'scaling.zh.pdf']);
    expect(outputs['scaling.zh.pdf']).toMatchObject({
      inputs: { deck: 'scaling.zh' },
      generatedFrom: ['interviews/ana-2024/010-where-it-starts.zh.md'],
      slides: [
        { page: 1, slide: 'cover', exchange: null, file: null },
        {
          page: 2,
          slide: 'second',
          exchange: 'ana-2024/where-it-starts',
          file: 'interviews/ana-2024/010-where-it-starts.zh.md',
        },
      ],
    });
  });

  it('reports every step of each deck; a deck is finished while the next one is printed', () => {
    const of = (name: string) => events.flatMap((event) => ('deck' in event && event.deck === name ? [event.type] : []));
    expect(events[0]?.type).toBe('start');
    expect(events.filter(({ type }) => type === 'browser').length).toBe(1);
    expect(names.map(of)).toEqual(['done', 'failed', 'done', 'failed', 'failed'].map((end) => ['printing', end]));
    expect(events.flatMap((event) => (event.type === 'printing' ? [event.deck] : []))).toEqual(names);
  });
});

describe('the next run', () => {
  it('starts nothing when all is fresh', async () => {
    const later: ExportEvent[] = [];
    const jobs = ['scaling', 'scaling.zh'].map((name) => jobFor(name, work));
    const fresh = await exportDecks(jobs, optionsFor(work, later));
    expect(fresh.map(({ status }) => status)).toEqual(['fresh', 'fresh']);
    expect(later.map(({ type }) => type)).toEqual(['start', 'fresh', 'fresh']);
  });

  it('says of each deck what became of it, in the order of the decks, also where few of them are made', async () => {
    const taken = path.join(work.out, 'scaling.pptx');
    await writeFile(taken, 'of somebody else');
    const presentation = { ...jobFor('scaling', work), format: presentationFormat };
    const others = ['scaling', 'overflow', 'scaling.zh'].map((name) => jobFor(name, work));
    const outcomes = await exportDecks([presentation, ...others], optionsFor(work, []));
    expect(outcomes.map(({ deck, status }) => `${deck} ${status}`)).toEqual([
      'scaling failed',
      'scaling fresh',
      'overflow failed',
      'scaling.zh fresh',
    ]);
    const errors = outcomes.flatMap((outcome) => (outcome.status === 'failed' ? [outcome.error.message] : []));
    expect(errors).toEqual([expect.stringContaining('a file that was not made here'), expect.stringContaining('leaves its box')]);
    await rm(taken);
  });
});

describe('a run that cannot be', () => {
  it('is refused before anything starts when the out folder cannot be written', async () => {
    const later: ExportEvent[] = [];
    const out = path.join(work.slides, 'scaling.md', 'dist');
    await expect(exportDecks([jobFor('scaling', work)], optionsFor(work, later, { out }))).rejects.toThrow(ExpectedError);
    expect(later).toEqual([]);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const out = path.join(work.folder, 'interrupted');
    const interruption = new AbortController();
    const reason = new Error('SIGINT');
    const run = exportDecks([jobFor('scaling', work)], {
      ...optionsFor(work, [], { out, signal: interruption.signal }),
      onEvent: ({ type }) => {
        if (type === 'printing') setImmediate(() => interruption.abort(reason));
      },
    });
    await expect(run).rejects.toBe(reason);
    expect(await work.files(out)).toEqual([]);
  });
});
