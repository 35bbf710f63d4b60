/** Talks written in each format, as the programs write them that people have. */
import { strToU8, zipSync } from 'fflate';
import type { Talk, Utterance } from './talk.ts';

/** Writes a talk; what comes out is read without being told the format. */
export type Writer = (talk: Talk) => Uint8Array;

export const plainText: Writer = (talk) =>
  strToU8(talk.map(({ speaker, paragraphs }) => `${speaker}: ${paragraphs.join('\n\n')}`).join('\n\n'));

/** A line for each paragraph and no blank ones, full-width colons, CRLF, a byte order mark. */
export const chineseText: Writer = (talk) =>
  strToU8(`\ufeff${talk.map(({ speaker, paragraphs }) => `${speaker} ：${paragraphs.join('\r\n')}`).join('\r\n')}\r\n`);

export const markdown: Writer = (talk) =>
  strToU8(
    talk
      .map(({ speaker, paragraphs, start }) => `**${speaker}** *(${clock(start)})*: ${paragraphs.map(escapeMarkdown).join('\n\n')}`)
      .join('\n\n'),
  );

/** Name and time on a line of their own, as Otter, Rev and Feishu have it. */
export const timedHeads: Writer = (talk) =>
  strToU8(talk.map(({ speaker, paragraphs, start }) => `${speaker}  ${clock(start)}\n${paragraphs.join('\n')}\n`).join('\n'));

export const webVtt: Writer = (talk) =>
  strToU8(
    `WEBVTT\n\nNOTE made by a test\n\n${cues(talk)
      .map(
        ({ speaker, text, start, end }, at) =>
          `${at % 2 === 0 ? `c3-${at}\n` : ''}${clock(start)} --> ${clock(end)} align:start\n<v ${entities(speaker)}>${entities(text)}</v>\n`,
      )
      .join('\n')}`,
  );

/** Zoom's: numbers, and the name in the words. */
export const zoomVtt: Writer = (talk) =>
  strToU8(
    `WEBVTT\r\n\r\n${cues(talk)
      .map(
        ({ speaker, text, start, end, isFirst }, at) =>
          `${at + 1}\r\n${clock(start)} --> ${clock(end)}\r\n${isFirst ? `${speaker}: ` : ''}${entities(text)}\r\n`,
      )
      .join('\r\n')}`,
  );

export const srt: Writer = (talk) =>
  strToU8(
    `\ufeff${cues(talk)
      .map(
        ({ speaker, text, start, end, isFirst }, at) =>
          `${at + 1}\r\n${clock(start, ',')} --> ${clock(end, ',')}\r\n${isFirst ? `${speaker}: ` : ''}${entities(text)}\r\n`,
      )
      .join('\r\n')}`,
  );

export const podcastJson: Writer = (talk) =>
  json({
    version: '1.0.0',
    segments: words(talk).map(({ speaker, text, start, end }) => ({ speaker, startTime: start / 1000, endTime: end / 1000, body: text })),
  });

export const podcastHtml: Writer = (talk) =>
  strToU8(
    talk
      .map(
        ({ speaker, paragraphs, start }) =>
          `<cite>${entities(speaker)}:</cite>\n<time>${clock(start)}</time>\n${paragraphs.map((text) => `<p>${entities(text)}</p>`).join('\n')}`,
      )
      .join('\n'),
  );

/** Every third word could not be aligned. */
export const whisperXJson: Writer = (talk) =>
  json({
    segments: talk.map(({ speaker, paragraphs, start, end }) => ({
      start: start / 1000,
      end: end / 1000,
      text: ` ${paragraphs.join(' ')}`,
      speaker,
      words: paragraphs
        .join(' ')
        .split(' ')
        .map((word, at) => (at % 3 === 2 ? { word } : { word, start: start / 1000, end: end / 1000, score: 0.9, speaker })),
    })),
    language: 'en',
  });

export const csv: Writer = (talk) =>
  strToU8(
    `timestamp,speaker,words,tags\n${talk.map((each) => [clock(each.start), each.speaker, each.paragraphs.join('\n'), each.codes.join(';')].map(quoted).join(',')).join('\n')}\n`,
  );

export const semicolonCsv: Writer = (talk) =>
  strToU8(
    `\ufeffSpeaker;Start;End;Text;Codes\r\n${talk.map((each) => [each.speaker, String(each.start / 1000), String(each.end / 1000), each.paragraphs.join(' '), each.codes.join('|')].map(quoted).join(';')).join('\r\n')}`,
  );

/** Everything is highlighted, each paragraph by itself. */
export const taguette: Writer = (talk) => {
  const rows = talk.flatMap((each, at) =>
    (each.codes.length === 0 ? [''] : each.codes).map((tag) => [
      String(at),
      'talk.txt',
      tag,
      `${each.speaker}: ${each.paragraphs.join('\n')}`,
    ]),
  );
  return strToU8(`id,document,tag,content\r\n${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`);
};

export const docx: Writer = (talk) =>
  docxOf(
    talk.flatMap(({ speaker, paragraphs, start }) =>
      paragraphs.map((text, at) => (at === 0 ? `${speaker} [${clock(start)}]: ${text}` : text)),
    ),
  );

/** A DOCX of paragraphs; those that begin with `# ` are headings. */
export function docxOf(paragraphs: readonly string[]): Uint8Array {
  const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const body = paragraphs.map((text) => {
    const style = text.startsWith('# ') ? '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' : '';
    const runs = entities(text.replace(/^# /, '')).split('\n').join('</w:t><w:br/><w:t xml:space="preserve">');
    return `<w:p>${style}<w:r><w:t xml:space="preserve">${runs}</w:t></w:r></w:p>`;
  });
  return zipSync({
    '[Content_Types].xml': strToU8(
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    ),
    '_rels/.rels': strToU8(
      '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    ),
    'word/styles.xml': strToU8(
      `<?xml version="1.0"?><w:styles xmlns:w="${main}"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>`,
    ),
    'word/_rels/document.xml.rels': strToU8(
      '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>',
    ),
    'word/document.xml': strToU8(
      `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="${main}"><w:body>${body.join('')}</w:body></w:document>`,
    ),
  });
}

export interface QdpxOptions {
  lineEnd: '\n' | '\r\n';
  /** Whether a line end of two characters counts as two, and a pair of surrogates too. */
  counts: { returns: boolean; units: boolean };
  named: boolean;
}

/** A project whose codes lie on the words of each turn, counted as one of the programs does it. */
export function qdpx(talk: Talk, { lineEnd, counts, named }: QdpxOptions): Uint8Array {
  const guid = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
  const names = [...new Set(talk.flatMap(({ codes }) => codes))];
  const position = (text: string) => {
    const counted = counts.returns ? text.replaceAll('\n', lineEnd) : text;
    return counts.units ? counted.length : [...counted].length;
  };
  let text = '';
  const selections = talk.map(({ speaker, paragraphs, codes }) => {
    text += `${text === '' ? '' : '\n\n'}${speaker}: `;
    const start = position(text);
    text += paragraphs.join('\n');
    const name = named ? [...paragraphs.join(' ')].slice(0, 40).join('') : '';
    const codings = codes.map(
      (code) => `<Coding guid="${guid(900)}"><CodeRef targetGUID="${guid(names.indexOf(code)).toUpperCase()}"/></Coding>`,
    );
    return `<PlainTextSelection guid="${guid(500)}" name="${entities(name)}" startPosition="${start}" endPosition="${position(text)}">${codings.join('')}</PlainTextSelection>`;
  });
  const codes = names.map((name, at) => `<Code guid="${guid(at)}" name="${entities(name)}" isCodable="true"/>`);
  const xml = `<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="Study"><CodeBook><Codes>${codes.join('')}</Codes></CodeBook><Sources><TextSource guid="${guid(1)}" name="Talk.docx" plainTextPath="internal://ABC.txt">${selections.join('')}</TextSource></Sources></Project>`;
  return zipSync({ 'project.qde': strToU8(xml), 'Sources/abc.txt': strToU8(text.replaceAll('\n', lineEnd)) });
}

interface WrittenCue extends Pick<Utterance, 'speaker' | 'start' | 'end'> {
  text: string;
  isFirst: boolean;
}

/** One cue for each paragraph, so that a turn has several. */
function cues(talk: Talk): WrittenCue[] {
  return talk.flatMap(({ speaker, paragraphs, start, end }) => {
    const step = Math.floor((end - start) / paragraphs.length);
    return paragraphs.map((text, at) => ({
      speaker,
      text,
      start: start + at * step,
      end: at === paragraphs.length - 1 ? end : start + (at + 1) * step,
      isFirst: at === 0,
    }));
  });
}

function words(talk: Talk): WrittenCue[] {
  return cues(talk.map((each) => ({ ...each, paragraphs: each.paragraphs.join(' ').split(' ') })));
}

/** 00:04:12.345 */
export function clock(milliseconds: number, point = '.'): string {
  const part = (size: number, of: number, width = 2) => String(Math.floor(milliseconds / size) % of).padStart(width, '0');
  return `${part(3_600_000, 1000)}:${part(60_000, 60)}:${part(1000, 60)}${point}${part(1, 1000, 3)}`;
}

function entities(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+.!|-]/g, '\\$&');
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

function json(value: unknown): Uint8Array {
  return strToU8(JSON.stringify(value, null, 1));
}
