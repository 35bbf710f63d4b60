/** Whatever people have said, or pasted: no letter of it is lost between two turns, in any format that holds free text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTranscripts } from '../../../scripts/import/read/index.ts';
import type { TranscriptFormat } from '../../../scripts/import/transcript.ts';
import { anyText } from '../../arbitraries.ts';
import { runs } from './runs.ts';
import { docxOf } from './written.ts';

type Write = (texts: readonly string[]) => Uint8Array;

const utf8 = (text: string) => new TextEncoder().encode(text);
const asXml = (text: string) =>
  text.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]|[\ufffe\uffff]/g, ' ');
const names = ['Ana Lee', 'Ben Ode'];
const labelled: Write = (texts) => utf8(texts.map((text, at) => `${names[at % 2]}: So.\n\n${text}\n\nYes, indeed.`).join('\n\n'));

const formats: { name: string; from: TranscriptFormat; write: Write }[] = [
  { name: 'plain text', from: 'turns', write: labelled },
  { name: 'Markdown', from: 'turns', write: (texts) => utf8(`# A talk\n\n${new TextDecoder().decode(labelled(texts))}`) },
  {
    name: 'CSV',
    from: 'csv',
    write: (texts) =>
      utf8(`speaker,words\n${texts.map((text, at) => `${names[at % 2]},"So. ${text.replaceAll('"', '""')}"`).join('\n')}\n`),
  },
  {
    name: 'JSON of podcasts',
    from: 'podcast-json',
    write: (texts) => utf8(JSON.stringify({ segments: texts.map((text, at) => ({ speaker: names[at % 2], body: `So. ${text}` })) })),
  },
  {
    name: 'DOCX',
    from: 'docx',
    write: (texts) =>
      docxOf(
        texts.flatMap((text, at) => [
          `${names[at % 2]}: So.`,
          `And ${asXml(text).replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))}`,
        ]),
      ),
  },
];

describe.each(formats)('$name', ({ from, write }) => {
  it('keeps every letter of any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 4, maxLength: 6 }), async (texts) => {
        const { transcripts } = await readTranscripts(write(texts), 'talk', { from, encoding: 'utf-8' });
        const read = transcripts.flatMap(({ head, parts, notes }) => [
          ...Object.values(head),
          ...parts.flatMap((part) => (part.type === 'heading' ? [part.text] : part.paragraphs)),
          ...parts.flatMap((part) => (part.type === 'turn' ? [part.speaker] : [])),
          ...notes.flatMap(({ term, definition }) => [term, definition]),
        ]);
        // What stands around the texts comes out too; else its letters would make up for lost ones.
        const around = texts.flatMap((_, at) => [
          names[at % 2] ?? '',
          'So.',
          from === 'turns' ? 'Yes, indeed.' : '',
          from === 'docx' ? 'And' : '',
        ]);
        expect(missing([...around, ...(from === 'docx' ? texts.map(asText) : texts)], read.join('\n'))).toEqual([]);
      }),
      runs(from === 'docx' ? 5 : 25),
    );
  });
});

/** What XML can hold of a text. */
function asText(text: string): string {
  return asXml(text).replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

/** Letters that a text has more often than what was read. */
function missing(texts: readonly string[], read: string): string[] {
  const kept = countLetters(read);
  return [...countLetters(texts.join('\n'))].filter(([letter, count]) => (kept.get(letter) ?? 0) < count).map(([letter]) => letter);
}

function countLetters(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [letter] of text.matchAll(/\p{L}/gu)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
}
