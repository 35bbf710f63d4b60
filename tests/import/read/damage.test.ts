/** Damaged files never end in anything but a transcript or one clear message. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeFinding } from '../../../scripts/import/finding-text.ts';
import { readTranscripts, TRANSCRIPT_FORMATS } from '../../../scripts/import/read/index.ts';
import { ExpectedError } from '../../../scripts/shared/errors.ts';
import { anyDamage, damaged } from './damage.ts';
import { runs } from './runs.ts';
import { anyTalk, type Talk } from './talk.ts';
import * as written from './written.ts';

const qdpx = (talk: Talk) => written.qdpx(talk, { lineEnd: '\r\n', counts: { returns: true, units: false }, named: true });
const writers = { ...written, qdpx } as Record<string, unknown>;
const names = [
  'plainText',
  'chineseText',
  'markdown',
  'timedHeads',
  'webVtt',
  'zoomVtt',
  'srt',
  'podcastJson',
  'podcastHtml',
  'whisperXJson',
  'csv',
  'taguette',
  'docx',
  'qdpx',
];

/** Reads, and says every finding in words. */
async function readAnyhow(bytes: Uint8Array, from: (typeof TRANSCRIPT_FORMATS)[number] | null): Promise<void> {
  try {
    const { findings } = await readTranscripts(bytes, 'talk', { from, encoding: null });
    for (const found of findings) expect(describeFinding(found).message).not.toBe('');
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    expect(error.message).toMatch(/^talk/);
  }
}

describe.each(names)('a damaged file: %s', (name) => {
  it('is read, or refused in words', async () => {
    const write = writers[name] as written.Writer;
    await fc.assert(
      fc.asyncProperty(anyTalk, anyDamage, fc.option(fc.constantFrom(...TRANSCRIPT_FORMATS), { freq: 4 }), async (talk, damage, from) => {
        await readAnyhow(damaged(write(talk), damage), from);
      }),
      runs(name === 'docx' ? 6 : 15),
    );
  });
});

describe('any bytes', () => {
  it('are read, or refused in words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.option(fc.constantFrom(...TRANSCRIPT_FORMATS)), async (bytes, from) =>
        readAnyhow(bytes, from),
      ),
      runs(100),
    );
  });
});
