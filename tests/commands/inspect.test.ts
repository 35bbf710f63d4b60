/** PDFs of the real browser, as they are and with every fault put in by hand. */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PDFDict, PDFDocument, PDFHexString, PDFName, PDFRawStream, type PDFRef, PDFString, StandardFonts } from '@cantoo/pdf-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { deckExpectation } from '../../scripts/export/outputs/pdf-expectations.ts';
import { readDeckFile } from '../../scripts/export/outputs/read-deck.ts';
import { inspectPdf, type PdfExpectation, type PdfFault } from '../../scripts/pdf/inspect/inspect-pdf.ts';
import { readShownText } from '../../scripts/pdf/inspect/shown-text.ts';
import { readPages } from '../../scripts/pdf/page-operations.ts';
import type { TextItem } from '../../scripts/pdf/page-text.ts';
import { streamBytes } from '../../scripts/pdf/pdf-fonts.ts';
import { loadPdfReader, readForeignText } from '../../scripts/pdf/pdf-reader.ts';
import { elementsOf, readStructure } from '../../scripts/pdf/pdf-structure.ts';
import { edit, type Project, projectFrom, run, temporaryFolder } from '../run.ts';

const name = PDFName.of;
const small = path.join(import.meta.dirname, 'input/small');

/** A deck with an apostrophe in a headline, and in Chinese with an exchange that is not translated. */
async function exportWater(languages: string): Promise<Project> {
  const project = await projectFrom(small, afterAllTests);
  await edit(project, 'interviews/ana-2024/010-where-it-starts.md', 'The river starts', 'The river’s course starts');
  await rm(path.join(project.content, 'interviews/ana-2024/020-where-it-ends.zh.md'));
  const { exitCode, stderr } = await run(['brief', 'water', '--lang', languages, ...project.options]);
  expect(exitCode, stderr).toBe(0);
  return project;
}

let project: Project;
let english: Uint8Array;
let expected: PdfExpectation;
const cleaning: (() => Promise<void>)[] = [];
const afterAllTests = (clean: () => Promise<void>) => cleaning.push(clean);

beforeAll(async () => {
  project = await exportWater('en,zh');
  english = await readFile(path.join(project.out, 'water.pdf'));
  const deck = await readDeckFile(path.join(project.slides, 'water.md'));
  if (deck === null) throw new Error('there is no deck');
  expected = deckExpectation(deck);
  return async () => {
    for (const clean of cleaning) await clean();
  };
});

async function open(file: string) {
  const { getDocument } = await loadPdfReader();
  return getDocument({ data: new Uint8Array(await readFile(path.join(project.out, file))), verbosity: 0 }).promise;
}

describe('a finished PDF', () => {
  it('has an entry for every slide below its part, and evidence below its section, each with its page', async () => {
    const document = await open('water.pdf');
    const pageOf = async (dest: unknown) => (Array.isArray(dest) ? (await document.getPageIndex(dest[0])) + 1 : null);
    const linesOf = async (entries: OutlineNode[], indent: string): Promise<string[]> => {
      const lines: string[] = [];
      for (const { title, dest, items } of entries)
        lines.push(`${indent}${title} ${await pageOf(dest)}`, ...(await linesOf(items, `${indent}  `)));
      return lines;
    };
    expect(await linesOf(await document.getOutline(), '')).toEqual([
      'In short 1',
      '  Water 1',
      '  The river’s course starts as a spring 2',
      'Evidence 3',
      '  The source 3',
      '    The river’s course starts as a spring 3',
      '  The mouth 4',
      '    It ends in the sea, 300 km on 4',
      'Reference 5',
      '  Glossary 5',
      '  Sources 6',
    ]);
    await document.destroy();
  });

  it('reads the characters that were written', async () => {
    const document = await open('water.pdf');
    const { items } = await (await document.getPage(3)).getTextContent();
    const text = items.map((item) => ('str' in item ? item.str : '')).join('');
    expect(text).toContain('river’s');
    expect(text).not.toContain('\u02bc');
    await document.destroy();
  });

  it('says to the inspection what it says to pdf.js', async () => {
    for (const file of ['water.pdf', 'water.zh.pdf', 'water-briefing.pdf', 'water-briefing.zh.pdf']) {
      const bytes = await readFile(path.join(project.out, file));
      const pdf = await PDFDocument.load(bytes);
      const shown = readShownText(pdf, readPages(pdf));
      const words = (pages: TextItem[][] | null) =>
        pages?.map((items) =>
          items
            .map(({ str }) => str)
            .join('')
            .normalize('NFKC')
            .replace(/[\s\u00ad]/g, ''),
        );
      expect(words(shown), file).toEqual(words(await readForeignText(bytes)));
      expect(words(shown)?.every((text) => text !== '')).toBe(true);
    }
  });

  it('has tags that say what is what, languages among them, and none for boxes', async () => {
    const pdf = await PDFDocument.load(await readFile(path.join(project.out, 'water.zh.pdf')), { updateMetadata: false });
    const elements = [...elementsOf(readStructure(pdf) ?? [])];
    expect(new Set(elements.map(({ type }) => type))).not.toContain('NonStruct');
    expect(elements.filter(({ type }) => type === 'Sect')).toHaveLength(pdf.getPageCount());
    const languages = elements.map(({ dict }) => dict.lookup(name('Lang'))).filter((value) => value !== undefined);
    expect(languages.map(String)).toContain('(en)');
    const figure = elements.find(({ type }) => type === 'Figure');
    expect(textIn(figure?.dict, 'Alt')).toBe('The river is 300 km long');
  });

  it('describes its links, which jump inside and lead out', async () => {
    const pdf = await PDFDocument.load(english, { updateMetadata: false });
    const links = linksOf(pdf).map((link) => `${link.lookup(name('A'), PDFDict).lookup(name('S'))} ${textIn(link, 'Contents')}`);
    expect(links).toContain('/GoTo The river’s course starts as a spring');
    expect(links).toContain('/GoTo Spring');
    expect(links).toContain('/URI Ana Lima · The source · exchange 1 (https://example.org/rivers)');
  });

  it('leaves page furniture and backgrounds out of what is read aloud', async () => {
    const document = await open('water.pdf');
    const { items } = await (await document.getPage(3)).getTextContent({ includeMarkedContent: true });
    const marks: boolean[] = [];
    const [read, passed]: string[][] = [[], []];
    for (const item of items) {
      if ('str' in item) (marks.includes(true) ? passed : read)?.push(item.str);
      else if (item.type === 'endMarkedContent') marks.pop();
      else marks.push('tag' in item && item.tag === 'Artifact');
    }
    expect(passed?.join('').replace(/\s/g, '')).toBe('Water3');
    expect(read?.join(' ')).toContain('exchange 1');
    await document.destroy();
  });

  it('says in its XMP what it says in its information', async () => {
    const document = await open('water.pdf');
    const { info, metadata } = await document.getMetadata();
    const properties = Object.fromEntries(metadata);
    expect(properties).toMatchObject({
      'dc:title': 'Water',
      'dc:creator': ['Ana Lima'],
      'dc:language': 'en-GB',
      'pdf:producer': 'Briefdeck',
    });
    expect(info).toMatchObject({ Title: 'Water', Author: 'Ana Lima', Producer: 'Briefdeck', Keywords: properties['pdf:keywords'] });
    expect(properties['xmp:createdate']).toBe('2024-05-01T00:00:00Z');
    expect(JSON.stringify(properties)).not.toMatch(/pdfuaid|pdfaid/);
    await document.destroy();
  });

  it('is the same, byte for byte, when it is made elsewhere and later', async () => {
    const again = await exportWater('zh');
    expect(again.out).not.toBe(project.out);
    const [first, second] = await Promise.all([project, again].map(({ out }) => readFile(path.join(out, 'water.zh.pdf'))));
    expect(first?.equals(second ?? Buffer.alloc(0))).toBe(true);
  });

  const tool = (program: string, ...args: string[]) => execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const has = (program: string) => {
    try {
      tool(program, '--version');
      return true;
    } catch (error) {
      return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
    }
  };

  it.skipIf(!has('qpdf'))('is sound to qpdf', () => {
    for (const file of ['water.pdf', 'water.zh.pdf']) {
      const words = tool('qpdf', '--check', path.join(project.out, file));
      expect(words).toContain('PDF Version: 1.7');
      expect(words).toContain('No syntax or stream encoding errors found');
    }
  });

  it.skipIf(!has('pdfinfo'))('is tagged, with words apart, to poppler', () => {
    const file = path.join(project.out, 'water.pdf');
    expect(tool('pdfinfo', file)).toMatch(/Metadata Stream: yes[\s\S]*Tagged: +yes[\s\S]*JavaScript: +no/);
    expect(tool('pdfinfo', '-struct-text', file)).toMatch(/H1 \(block\)\s+"The river’s course starts as a spring ?"/);
    const fonts = tool('pdffonts', file).trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) expect(font).toMatch(/CID TrueType +Identity-H +yes yes yes/);
  });
});

describe('a PDF with a fault', () => {
  const figures = (pdf: PDFDocument) => [...elementsOf(readStructure(pdf) ?? [])].filter(({ type }) => type === 'Figure');
  type Entries = Record<string, string | PDFName | PDFString | (PDFRef | number | string)[]>;
  const action = (pdf: PDFDocument, entries: Entries) => linksOf(pdf)[0]?.set(name('A'), pdf.context.obj(entries));
  // The first link of the deck: from the claim to the page of its evidence.
  const [page, text] = [2, '3'];
  const cases: [string, (pdf: PDFDocument) => unknown, PdfFault[]][] = [
    [
      'a page too many',
      (pdf) => pdf.addPage(),
      [
        { type: 'pages', expected: 6, found: 7 },
        { type: 'no-text', page: 7 },
      ],
    ],
    ['marks that are switched off', (pdf) => pdf.catalog.delete(name('MarkInfo')), [{ type: 'not-tagged' }]],
    ['no structure', (pdf) => pdf.catalog.delete(name('StructTreeRoot')), [{ type: 'not-tagged' }]],
    ['a figure without words', (pdf) => figures(pdf)[0]?.dict.delete(name('Alt')), [{ type: 'no-alt', page: 4 }]],
    [
      'a line that is neither content nor decoration',
      (pdf) => pdf.getPage(2).drawLine({ start: { x: 0, y: 0 }, end: { x: 9, y: 9 } }),
      [{ type: 'unmarked', page: 3 }],
    ],
    ['no outline', (pdf) => pdf.catalog.delete(name('Outlines')), [{ type: 'no-outline' }]],
    [
      'an entry with another title',
      (pdf) => pdf.catalog.lookup(name('Outlines'), PDFDict).lookup(name('First'), PDFDict).set(name('Title'), PDFString.of('Wine')),
      [{ type: 'outline', place: 1, expected: 'In short, page 1', found: 'Wine, page 1' }],
    ],
    [
      'an outline that ends too soon',
      (pdf) => pdf.catalog.lookup(name('Outlines'), PDFDict).lookup(name('First'), PDFDict).delete(name('Next')),
      [{ type: 'outline', place: 4, expected: 'Evidence, page 3', found: null }],
    ],
    ['no language', (pdf) => pdf.catalog.delete(name('Lang')), [{ type: 'language', expected: 'en-GB', found: null }]],
    [
      'another language',
      (pdf) => pdf.catalog.set(name('Lang'), PDFString.of('fr')),
      [{ type: 'language', expected: 'en-GB', found: 'fr' }],
    ],
    ['no title', (pdf) => pdf.setTitle(' '), [{ type: 'metadata', what: 'title' }]],
    ['a title that is not shown', (pdf) => pdf.catalog.delete(name('ViewerPreferences')), [{ type: 'metadata', what: 'shown-title' }]],
    ['no XMP', (pdf) => pdf.catalog.delete(name('Metadata')), [{ type: 'metadata', what: 'xmp' }]],
    ['a link without description', (pdf) => linksOf(pdf)[0]?.delete(name('Contents')), [{ type: 'no-description', page }]],
    ['a link without tag', (pdf) => linksOf(pdf)[0]?.delete(name('StructParent')), [{ type: 'untagged-link', page }]],
    ['links out of order', (pdf) => pdf.getPage(1).node.delete(name('Tabs')), [{ type: 'tab-order', page }]],
    ['a jump to nothing', (pdf) => action(pdf, { S: 'GoTo', D: name('nowhere') }), [{ type: 'dead-link', page, text }]],
    [
      'a jump to what is no page',
      (pdf) => action(pdf, { S: 'GoTo', D: [pdf.context.nextRef(), 'Fit'] }),
      [{ type: 'dead-link', page, text }],
    ],
    [
      'a link to the machine that made it',
      (pdf) => action(pdf, { S: 'URI', URI: PDFString.of('http://127.0.0.1:4321/water.pdf') }),
      [{ type: 'link', page, url: 'http://127.0.0.1:4321/water.pdf' }],
    ],
    [
      'a link to its disk',
      (pdf) => action(pdf, { S: 'URI', URI: PDFString.of('file:///etc/passwd') }),
      [{ type: 'link', page, url: 'file:///etc/passwd' }],
    ],
    ['a relative link', (pdf) => action(pdf, { S: 'URI', URI: PDFString.of('other.html') }), [{ type: 'link', page, url: 'other.html' }]],
    [
      'a link to a file elsewhere',
      (pdf) => action(pdf, { S: 'GoToR', F: PDFString.of('../other.pdf'), D: [0, 'Fit'] }),
      [{ type: 'link', page, url: '../other.pdf' }],
    ],
    [
      'a link that starts a program',
      (pdf) => action(pdf, { S: 'Launch', F: PDFString.of('a.exe') }),
      [{ type: 'action', page, action: 'Launch' }],
    ],
    ['a script in a link', (pdf) => action(pdf, { S: 'JavaScript', JS: PDFString.of('1') }), [{ type: 'script' }]],
    ['a script as address', (pdf) => action(pdf, { S: 'URI', URI: PDFString.of('javascript:1') }), [{ type: 'script' }]],
    [
      'a script of its own',
      (pdf) => pdf.catalog.set(name('OpenAction'), pdf.context.obj({ S: 'JavaScript', JS: PDFString.of('1') })),
      [{ type: 'script' }],
    ],
    [
      'a font that is not in it',
      async (pdf) => pdf.getPage(0).drawText('x', { font: await pdf.embedFont(StandardFonts.Helvetica) }),
      [
        { type: 'unmarked', page: 1 },
        { type: 'font', name: 'Helvetica', reason: 'not-embedded' },
      ],
    ],
    [
      'a font of drawings',
      (pdf) => pdf.context.register(pdf.context.obj({ Type: 'Font', Subtype: 'Type3', BaseFont: 'Drawn' })),
      [{ type: 'font', name: 'Drawn', reason: 'type3' }],
    ],
  ];

  it.each(cases)('is refused with %s', async (_, spoil, faults) => {
    const pdf = await PDFDocument.load(english, { updateMetadata: false });
    await spoil(pdf);
    expect(await inspectPdf(await pdf.save({ addDefaultPage: false }), expected)).toEqual(faults);
  });

  it('is refused with glyphs that mean nothing, or another character', async () => {
    const said = async (change: (map: string) => string) => {
      const pdf = await PDFDocument.load(english, { updateMetadata: false });
      for (const [reference, object] of pdf.context.enumerateIndirectObjects()) {
        if (!(object instanceof PDFRawStream)) continue;
        const map = unpack(object);
        if (map.includes('begincmap')) pdf.context.assign(reference, pdf.context.flateStream(change(map)));
      }
      return new Set((await inspectPdf(await pdf.save(), { ...expected, words: [] })).map((fault) => JSON.stringify(fault)));
    };
    expect(await said((map) => map.replaceAll('<2019>', '<02BC>'))).toContain(
      JSON.stringify({ type: 'code-point', page: 2, character: '\u02bc' }),
    );
    expect(await said((map) => map.replaceAll('<2019>', '<E000>'))).toContain(
      JSON.stringify({ type: 'code-point', page: 2, character: '\ue000' }),
    );
    expect(await said((map) => map)).toEqual(new Set());
  });

  it('is refused with fonts that have no map to Unicode', async () => {
    const pdf = await PDFDocument.load(english, { updateMetadata: false });
    for (const [, object] of pdf.context.enumerateIndirectObjects()) if (object instanceof PDFDict) object.delete(name('ToUnicode'));
    const faults = await inspectPdf(await pdf.save(), expected);
    expect(faults).toContainEqual({ type: 'font', name: expect.stringMatching(/SourceSans/), reason: 'no-unicode' });
  });
});

describe('inspect', () => {
  it('has nothing against what was exported, and says what it looked at', async () => {
    const files = ['water.pdf', 'water.zh.pdf'].map((file) => path.join(project.out, file));
    const { exitCode, stdout, stderr } = await run(['inspect', ...files, '--json', ...project.options], { PATH: '' });
    expect(stderr).toBe(
      `✓ ${files[0]} 6 pages, en-GB: tagged and self-checked\n✓ ${files[1]} 6 pages, zh-Hans: tagged and self-checked\ninspected 2 files: no faults\n`,
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      command: 'inspect',
      exitCode: 0,
      files: files.map((file, index) => ({
        file,
        status: 'self-checked',
        pages: 6,
        languageTag: ['en-GB', 'zh-Hans'][index],
        faults: [],
        notChecked: null,
        verapdf: null,
      })),
    });
  });

  it('finds that a file was changed, or does not show what its deck says', async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'water.pdf');
    await writeFile(file, await readFile(path.join(project.out, 'water.zh.pdf')));
    await writeFile(path.join(folder, 'manifest.json'), await readFile(path.join(project.out, 'manifest.json')));
    const { exitCode, stderr } = await run(['inspect', file, '--quiet', ...project.options]);
    expect(exitCode).toBe(1);
    const lines = stderr.trim().split('\n');
    expect(lines).toContain(`✗ ${file}: it is not the file any more that was exported`);
    expect(lines).toContain(`✗ ${file}: its language is zh-Hans instead of en-GB`);
    expect(lines).toContain(`✗ ${file}: entry 1 of its outline is "概要, page 1" instead of "In short, page 1"`);
    expect(lines).toContain(
      `✗ ${file}: page 2 does not show "The", "river’s", "course" of "The river’s course starts as a spring" (deck.step-1, interviews/ana-2024/010-where-it-starts.md)`,
    );
  });

  it('checks what it can where it does not know what a file is to be, and says what it cannot', async () => {
    const folder = await temporaryFolder();
    const [alone, text] = [path.join(folder, 'alone.pdf'), path.join(folder, 'text.pdf')];
    await writeFile(alone, english);
    await writeFile(text, 'No PDF');
    const { exitCode, stderr } = await run(['inspect', alone, text, path.join(folder, 'none.pdf'), ...project.options], { PATH: '' });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      `✓ ${alone} 6 pages, en-GB: tagged and self-checked\n  not checked: hash, pages, language, words, outline; the manifest`,
    );
    expect(stderr).toMatch(
      /✗ .*text\.pdf: it cannot be read as a PDF: .+\n✗ .*none\.pdf: it cannot be read as a PDF: there is no such file\n/,
    );
    expect(stderr).toContain('inspected 3 files: 2 faults in 2 of them');

    const elsewhere = await run(['inspect', path.join(project.out, 'water.pdf'), ...project.options, '--slides', folder], { PATH: '' });
    expect(elsewhere.exitCode).toBe(0);
    expect(elsewhere.stderr).toContain('not checked: language, words, outline; the deck that it was made from is not there');
    expect((await run(['inspect'])).exitCode).toBe(2);
  });
});

describe.skipIf(process.platform === 'win32')('with veraPDF', () => {
  /** Runs `inspect` with a program of that name on the PATH. */
  async function inspectWith(script: string, ...args: string[]) {
    const folder = await temporaryFolder();
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'verapdf'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const env = { ...process.env, PATH: `${folder}${path.delimiter}${process.env.PATH}` };
    const ran = await run(['inspect', path.join(project.out, 'water.pdf'), '--json', ...args, ...project.options], env);
    return { ...ran, verdict: JSON.parse(ran.stdout).files[0].verapdf };
  }
  const result = (compliant: boolean, rules: object[]) => ({
    profileName: 'PDF/UA-1 validation profile',
    statement: '',
    compliant,
    details: { passedRules: 100, failedRules: rules.length, ruleSummaries: rules },
  });
  const says = (validationResult: object) =>
    `test "$1 $2 $3 $4" = "--flavour ua1 --format json" && test -f "$5" && cat <<'END'\n${JSON.stringify({ report: { jobs: [{ validationResult }] } })}\nEND`;

  it('adds its verdict', async () => {
    const { exitCode, stderr, verdict } = await inspectWith(says([result(true, [])]));
    expect(stderr).toContain('tagged and self-checked\n  veraPDF: compliant with PDF/UA-1\n');
    expect(verdict).toEqual({ type: 'verdict', profile: 'PDF/UA-1', compliant: true, failed: [] });
    expect(exitCode).toBe(0);
  });

  it('names the rules that fail, which is no fault of ours to judge', async () => {
    const failed = { ruleStatus: 'FAILED', clause: '5', testNumber: 1, failedChecks: 1, description: 'No identification' };
    const passed = { ruleStatus: 'PASSED', clause: '7.1', testNumber: 3, failedChecks: 0, description: 'Tagged' };
    const { exitCode, stderr, verdict } = await inspectWith(`${says(result(false, [failed, passed]))}\nexit 1`);
    expect(stderr).toContain('veraPDF: not compliant with PDF/UA-1; rules that fail: 5-1\n');
    expect(verdict.failed).toEqual([{ clause: '5', test: 1, checks: 1, description: 'No identification' }]);
    expect(exitCode).toBe(0);
  });

  it('says that there is none when it breaks, speaks otherwise or does not end', async () => {
    expect((await inspectWith('echo java is missing >&2; exit 2')).stderr).toContain('veraPDF gave no verdict: Command failed');
    expect((await inspectWith('echo "{}"')).stderr).toContain('veraPDF gave no verdict: its report is not understood');
    expect((await inspectWith('exec sleep 60', '--timeout', '200')).stderr).toContain(
      'veraPDF gave no verdict: it was not finished after 0.2 s',
    );
  });
});

/** An entry of the outline as pdf.js reads it. */
interface OutlineNode {
  title: string;
  dest: string | unknown[] | null;
  items: OutlineNode[];
}

function linksOf(pdf: PDFDocument): PDFDict[] {
  return pdf.getPages().flatMap(({ node }) => (node.Annots()?.asArray() ?? []).map((each) => pdf.context.lookup(each, PDFDict)));
}

function textIn(dict: PDFDict | undefined, key: string): string {
  const value = dict?.lookup(name(key));
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : '';
}

function unpack(stream: PDFRawStream): string {
  if (stream.dict.lookup(name('Filter')) !== name('FlateDecode')) return '';
  return Buffer.from(streamBytes(stream)).toString('latin1');
}
