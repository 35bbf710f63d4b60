/** DOCX and .qdpx: what is in them, what is missing, what they must not do. */
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readTranscripts } from '../../../scripts/import/read/index.ts';
import { shownReading } from './shown.ts';
import { docxOf, qdpx } from './written.ts';

const read = (bytes: Uint8Array, file = 'x') => readTranscripts(bytes, file, { from: null, encoding: null });
const shown = async (bytes: Uint8Array, file: string) => shownReading(await read(bytes, file));
const talk = [
  { speaker: 'Ana', paragraphs: ['When did you first cross?'], start: 0, end: 1000, codes: ['water'] },
  { speaker: 'Ben', paragraphs: ['In spring.'], start: 1000, end: 2000, codes: [] },
  { speaker: 'Ana', paragraphs: ['And then?'], start: 2000, end: 3000, codes: [] },
  { speaker: 'Ben', paragraphs: ['Later.'], start: 3000, end: 4000, codes: [] },
];

describe('a DOCX', () => {
  it('has headings, paragraphs and line breaks; places name its paragraphs', async () => {
    const paragraphs = [
      '# The last ferry',
      'A talk by the river.',
      '# 1. Water',
      'Ana Lee   0:03\nWhen did you first cross?',
      'Ben Ode   0:09\nIn spring.',
      'At noon.',
      'Ana Lee   0:12\nAnd then?',
      'Ben Ode   0:15\nLater.',
    ];
    expect(await shown(docxOf(paragraphs), 'ferry.docx')).toBe(
      [
        'docx',
        '  title: The last ferry',
        '2: (prose) A talk by the river. ¶ 1. Water',
        '4: Ana Lee 00:00:03.000–: When did you first cross?',
        '5: Ben Ode 00:00:09.000–: In spring. ¶ At noon.',
        '7: Ana Lee 00:00:12.000–: And then?',
        '8: Ben Ode 00:00:15.000–: Later.',
        '',
        '',
      ].join('\n'),
    );
  });

  it('has tables of time, speaker and words', async () => {
    const cell = (text: string) => `<w:tc><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:tc>`;
    const row = (...cells: string[]) => `<w:tr>${cells.map(cell).join('')}</w:tr>`;
    const table = `<w:tbl>${row('0:03', 'Ana Lee', 'When?')}${row('0:09', 'Ben Ode', 'In spring.')}${row('0:12', 'Ana Lee', 'Then?')}${row('0:15', 'Ben Ode', 'Later.')}</w:tbl>`;
    expect(await shown(withBody(table), 'ferry.docx')).toContain('Ben Ode 00:00:09.000–: In spring.');
  });

  it('is refused with a document type, without a document, and when nobody speaks', async () => {
    const hostile = withBody('', '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>');
    await expect(read(hostile)).rejects.toThrow('x/word/document.xml: the XML has a document type');
    await expect(read(docxOf(['Some words.', 'And more.']))).rejects.toThrow('x: no speaker was found');
    await expect(readTranscripts(zipSync({ a: strToU8('b') }), 'x', { from: 'docx', encoding: null })).rejects.toThrow(
      'x: the archive holds no word/document.xml',
    );
  });
});

describe('a REFI-QDA archive', () => {
  const options = { lineEnd: '\n', counts: { returns: false, units: false }, named: false } as const;

  it('gives codes to turns also where selections have no names', async () => {
    expect(await shown(qdpx(talk, options), 'study.qdpx')).toContain('1: Ana [water]: When did you first cross?');
  });

  it('says which text is missing and reads the others', async () => {
    const source = (guid: string) => `<TextSource guid="${guid}" name="${guid}" plainTextPath="internal://${guid}.txt"/>`;
    const outside = '<TextSource guid="C" name="C" plainTextPath="relative:///C.txt"/>';
    const project = `<Project xmlns="urn:QDA-XML:project:1.0"><Sources>${source('A')}${source('B')}${outside}</Sources></Project>`;
    const { transcripts, findings } = await read(
      zipSync({ 'Project.QDE': strToU8(project), 'SOURCES/a.TXT': strToU8('Ana: Hi\nBen: Ho\n') }),
    );
    expect(transcripts.map(({ head, file }) => [head.title, file])).toEqual([['A', 'x']]);
    expect(findings.map(({ code, severity, args }) => [code, severity, args])).toEqual([
      ['missing-text', 'error', { source: 'B', path: 'internal://B.txt' }],
      ['missing-text', 'error', { source: 'C', path: 'relative:///C.txt' }],
    ]);
  });

  it('is refused when it is a codebook alone, broken, or without a project', async () => {
    const withXml = (xml: string) => read(zipSync({ 'project.qde': strToU8(xml) }));
    await expect(withXml('<Project><CodeBook/></Project>')).rejects.toThrow('x/project.qde: the project has no sources');
    await expect(withXml('<Project>\n<CodeBook></Project>')).rejects.toThrow(/^x\/project.qde:2:\d+: the XML is broken/);
    await expect(withXml('<!DOCTYPE a [<!ENTITY b "c">]><Project/>')).rejects.toThrow('x/project.qde: the XML has a document type');
    await expect(read(strToU8('<?xml version="1.0"?><CodeBook/>'))).rejects.toThrow('x: this is a codebook');
  });
});

describe('an archive', () => {
  const whole = docxOf(['Ana: Hi', 'Ben: Ho', 'Ana: Hi', 'Ben: Ho']);

  it('is refused when it is cut off, damaged, or far larger inside', async () => {
    await expect(read(whole.slice(0, -100))).rejects.toThrow('x: the archive is not whole or damaged');
    const stored = zipSync({ 'project.qde': [strToU8('<Project><Sources/></Project>'), { level: 0 }] });
    const at = Buffer.from(stored).indexOf('Sources');
    await expect(read(stored.map((byte, index) => (index === at ? byte + 1 : byte)))).rejects.toThrow(
      '"project.qde" does not have its checksum',
    );
    // The size that the directory gives: that of the entry itself is of no account.
    const bomb = Buffer.from(zipSync({ 'word/document.xml': strToU8('x') }));
    bomb.writeUInt32LE(65 * 1024 * 1024, bomb.indexOf('PK\u0001\u0002') + 24);
    await expect(read(bomb)).rejects.toThrow('x: unpacked, the archive has more than 64 MB');
  });

  it('of another program is named', async () => {
    await expect(read(zipSync({ 'xl/workbook.xml': strToU8('x') }))).rejects.toThrow('x: this is a spreadsheet, not a transcript');
    await expect(read(zipSync({ 'a.txt': strToU8('Ana: Hi') }))).rejects.toThrow(
      'x: this is an archive without a document or project in it',
    );
  });
});

function withBody(body: string, before = ''): Uint8Array {
  const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const rels = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument';
  return zipSync({
    '_rels/.rels': strToU8(
      `<Relationships xmlns="${rels}"><Relationship Id="r" Type="${type}" Target="word/document.xml"/></Relationships>`,
    ),
    'word/document.xml': strToU8(`<?xml version="1.0"?>${before}<w:document xmlns:w="${main}"><w:body>${body}</w:body></w:document>`),
  });
}
