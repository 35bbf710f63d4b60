/** What cannot be read is refused in one line that says what to do. */
import { describe, expect, it } from 'vitest';
import { MAX_INPUT_BYTES, readTranscripts } from '../../../scripts/import/read/index.ts';
import type { TranscriptFormat } from '../../../scripts/import/transcript.ts';
import { ExpectedError } from '../../../scripts/shared/errors.ts';

async function refusal(
  content: string | Uint8Array,
  from: TranscriptFormat | null = null,
  encoding: string | null = null,
): Promise<string> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  try {
    await readTranscripts(bytes, 'talk', { from, encoding });
  } catch (error) {
    if (error instanceof ExpectedError) return `${error.exitCode} ${error.message} | ${error.hint}`;
    throw error;
  }
  throw new Error('it was read');
}

const latin = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

describe('a file that is refused', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['is empty', ' \n', '1 talk: the file is empty'],
    ['names nobody', 'Some words.\n\nMore words.\n', '1 talk: no speaker was found'],
    ['is a recording', latin('ID3\u0003\u0000\u0000'), '1 talk: this is a recording (MP3), not a transcript | transcribe it first'],
    ['is a PDF', '%PDF-1.7\n', '1 talk: this is a PDF, not a transcript | save its text'],
    ['is RTF', '{\\rtf1 Ana: Hi}', '1 talk: this is an RTF document'],
    ['is binary', latin(`${'\u0000\u0001\u0002\u00ff'.repeat(50)}x`), '1 talk: this is no text'],
    ['is JSON of another kind', '{"a": 1}', '1 talk: this is no transcript in a format that is known | known: turns, webvtt'],
    ['is JSON that breaks off', '{"segments": [\n {"body": "Hi"', '1 talk:2:15: the JSON breaks off here | the file is not whole'],
    ['is broken JSON', '{"segments": [\n {"body": Hi}]}', '1 talk:2:11: this is no valid JSON'],
    ['has a segments key that is no list', '{"segments": {"body": 1}}', '1 talk: the JSON has no list "segments"'],
    ['is other XML', '<?xml version="1.0"?><tt/>', '1 talk: this is no transcript in a format that is known'],
    ['has cues without words', 'WEBVTT\n\n00:01.000 --> 00:02.000\n', '1 talk: no speech was found in it'],
  ])('%s', async (_, content, expected) => {
    expect(await refusal(content)).toContain(expected);
  });

  it('is larger than the cap, which is said', async () => {
    const bytes = new Uint8Array(MAX_INPUT_BYTES * 2);
    expect(await refusal(bytes)).toContain('1 talk: the file has 200 MB; at most 100 MB are read');
    expect(await refusal(bytes.subarray(0, 33 * 1024 * 1024).fill(97))).toContain('1 talk: the file has 33 MB; at most 32 MB are read');
    expect(
      await refusal(
        bytes
          .subarray(0, 1024 * 1024)
          .fill(10)
          .fill(97, 0, 1),
      ),
    ).toContain('1 talk: the text has more than 500000 lines');
  });

  it('is of another format than the one that is forced', async () => {
    expect(await refusal('Ana: Hi\nBen: Ho', 'docx')).toContain('2 talk: the file is text, and docx is an archive (ZIP)');
    expect(await refusal('a,b\n1,2\n', 'csv')).toContain('1 talk:1:1: the first line names no column "words"');
    expect(await refusal('Ana: Hi\nBen: Ho', 'taguette')).toContain(
      "1 talk:1:1: the headings of Taguette's export are id,document,tag,content",
    );
    expect(await refusal('Ana: Hi\nBen: Ho', 'whisper-cpp-json')).toContain('1 talk:1:1: this is no valid JSON');
  });
});

describe('--from', () => {
  it('reads text as the format that is forced', async () => {
    const text = new TextEncoder().encode('start,end,text\n0,1,Ana: Hi\nAna: Hi\nBen: Ho\nBen: Ho\n');
    const formats = await Promise.all(
      [null, 'turns' as const].map(async (from) => (await readTranscripts(text, 'talk', { from, encoding: null })).transcripts[0]?.format),
    );
    expect(formats).toEqual(['csv', 'turns']);
  });
});
