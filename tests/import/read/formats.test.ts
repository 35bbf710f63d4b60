/** The laws of reading: whatever the format, every word comes out, in order, under the right speaker, at the right time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTranscripts } from '../../../scripts/import/read/index.ts';
import type { Transcript, TranscriptFormat } from '../../../scripts/import/transcript.ts';
import { runs } from './runs.ts';
import { anyTalk, type Talk, timesRead, wordsOf, wordsRead } from './talk.ts';
import * as written from './written.ts';

async function readOne(bytes: Uint8Array): Promise<{ transcript: Transcript; codes: string[] }> {
  const { transcripts, findings } = await readTranscripts(bytes, 'talk', { from: null, encoding: null });
  const [transcript] = transcripts;
  if (transcript === undefined || transcripts.length > 1) throw new Error(`${transcripts.length} transcripts`);
  return { transcript, codes: findings.map(({ code }) => code) };
}

const starts = (talk: Talk) => talk.map(({ start }) => ({ start, end: null }));
const spans = (talk: Talk) => talk.map(({ start, end }) => ({ start, end }));
const none = (talk: Talk) => talk.map(() => ({ start: null, end: null }));

const formats: { name: string; format: TranscriptFormat; write: written.Writer; times: (talk: Talk) => object[] }[] = [
  { name: 'plain text', format: 'turns', write: written.plainText, times: none },
  { name: 'Chinese text', format: 'turns', write: written.chineseText, times: none },
  { name: 'Markdown', format: 'turns', write: written.markdown, times: starts },
  { name: 'text with names and times on lines of their own', format: 'turns', write: written.timedHeads, times: starts },
  { name: 'WebVTT with voices', format: 'webvtt', write: written.webVtt, times: spans },
  { name: 'WebVTT with names in the words', format: 'webvtt', write: written.zoomVtt, times: spans },
  { name: 'SubRip', format: 'srt', write: written.srt, times: spans },
  { name: 'JSON of podcasts', format: 'podcast-json', write: written.podcastJson, times: spans },
  { name: 'HTML of podcasts', format: 'podcast-html', write: written.podcastHtml, times: starts },
  { name: 'JSON of WhisperX', format: 'whisperx-json', write: written.whisperXJson, times: spans },
  { name: 'CSV', format: 'csv', write: written.csv, times: starts },
  { name: 'CSV with semicolons', format: 'csv', write: written.semicolonCsv, times: spans },
  { name: 'CSV of Taguette', format: 'taguette', write: written.taguette, times: none },
  { name: 'DOCX', format: 'docx', write: written.docx, times: starts },
];

describe.each(formats)('$name', ({ format, write, times }) => {
  it('gives back every word, its speaker and its time', async () => {
    await fc.assert(
      fc.asyncProperty(anyTalk, async (talk) => {
        const { transcript, codes } = await readOne(write(talk));
        expect({ format: transcript.format, codes, words: wordsRead(transcript) }).toEqual({ format, codes: [], words: wordsOf(talk) });
        expect(timesRead(transcript)).toEqual(times(talk));
      }),
      runs(format === 'docx' ? 5 : 15),
    );
  });
});

describe.each([
  { name: 'CSV', write: written.csv },
  { name: 'CSV with semicolons', write: written.semicolonCsv },
  { name: 'CSV of Taguette', write: written.taguette },
])('codes of $name', ({ write }) => {
  it('are those of their turns', async () => {
    await fc.assert(
      fc.asyncProperty(anyTalk, async (talk) => {
        const { transcript } = await readOne(write(talk));
        expect(transcript.parts.map((part) => (part.type === 'turn' ? part.codes : null))).toEqual(talk.map(({ codes }) => codes));
      }),
      runs(10),
    );
  });
});

describe('a REFI-QDA project', () => {
  const options = fc.record({
    lineEnd: fc.constantFrom('\n' as const, '\r\n' as const),
    counts: fc.record({ returns: fc.boolean(), units: fc.boolean() }),
    named: fc.constant(true),
  });

  it("is counted in units, where in code points a selection would end in the next speaker's name as well", async () => {
    const said = (speaker: string, paragraphs: string[], codes: string[] = []) => ({ speaker, paragraphs, start: 0, end: 200, codes });
    const talk = [
      said('DR. CHEN', ['Well, you see there.']),
      said('Ana Lee', ['Well, you see 😀 😀 there.', 'Well, you see 😀 there. Well, you see 😀 there.'], ['cost']),
      said('DR. CHEN', ['Well, you see there.']),
      said('Ana Lee', ['Well, you see there.']),
    ];
    const { transcript } = await readOne(written.qdpx(talk, { lineEnd: '\n', counts: { returns: false, units: true }, named: true }));
    expect(transcript.parts.map((part) => (part.type === 'turn' ? part.codes : null))).toEqual([[], ['cost'], [], []]);
  });

  it('gives back every word and every code, however its program counts characters', async () => {
    await fc.assert(
      fc.asyncProperty(anyTalk, options, async (talk, how) => {
        const { transcript, codes } = await readOne(written.qdpx(talk, how));
        expect({ codes, words: wordsRead(transcript) }).toEqual({ codes: [], words: wordsOf(talk) });
        expect(transcript.parts.map((part) => (part.type === 'turn' ? part.codes : null))).toEqual(talk.map((each) => each.codes));
        expect(transcript.head.title).toBe('Talk');
      }),
      runs(25),
    );
  });
});
