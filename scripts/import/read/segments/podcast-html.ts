/**
 * HTML of Podcasting 2.0 (`<cite>Kevin:</cite><time>0:09</time><p>...</p>`), which names speakers in `cite`. Any other page is read as
 * turns. https://github.com/Podcastindex-org/podcast-namespace/blob/main/transcripts/transcripts.md#html
 */
import type { Turn } from '../../transcript.ts';
import { readClock } from '../cues/clock.ts';
import { emptyTranscript, type TranscriptReading, type TranscriptSource } from '../source.ts';
import { type HtmlText, readHtmlBlocks } from '../tables/html-blocks.ts';
import { readTurnLines } from '../turns/read-turns.ts';
import { lineOf, type TextLine } from '../turns/turn-lines.ts';
import { hasTurns, nobodySpeaks, toTranscript } from '../turns.ts';

/** Throws ExpectedError when no speaker is named. */
export function readPodcastHtml({ text, file }: TranscriptSource): TranscriptReading {
  const page = readHtmlBlocks(text, file);
  if (page.blocks.some(({ type }) => type === 'cite')) return { transcripts: [citedTurns(page, file)], findings: [] };
  const read = readTurnLines(linesOfBlocks(page), file);
  if (!hasTurns(read)) throw nobodySpeaks(file);
  const transcript = toTranscript(read, file, 'podcast-html');
  return { transcripts: [{ ...transcript, head: headOf(page, transcript.head) }], findings: read.findings };
}

/** Returns the blocks as lines of a text, numbered as in the source. */
export function linesOfBlocks({ blocks }: HtmlText): TextLine[] {
  return blocks.map(({ text, level, line }, at) => lineOf(text, at, line, level));
}

function citedTurns(page: HtmlText, file: string) {
  const transcript = { ...emptyTranscript(file, 'podcast-html'), head: headOf(page, emptyTranscript(file, 'podcast-html').head) };
  let turn: Turn | null = null;
  for (const { type, text, line } of page.blocks) {
    const place = { file, line, column: 1 };
    if (text === '') continue;
    if (type === 'heading') transcript.parts.push({ type: 'heading', text, place });
    else if (type === 'cite') {
      turn = { type: 'turn', speaker: text.replace(/\s*[:：]\s*$/, ''), paragraphs: [], start: null, end: null, codes: [], place };
      transcript.parts.push(turn);
    } else if (turn === null) transcript.parts.push({ type: 'prose', paragraphs: [text], place });
    else if (type === 'time' && turn.paragraphs.length === 0 && readClock(text) !== null) turn.start = readClock(text);
    else turn.paragraphs.push(text);
  }
  transcript.parts = transcript.parts.filter((part) => part.type === 'heading' || part.paragraphs.length > 0);
  return transcript;
}

function headOf<H extends { title: string | null; lang: string | null }>({ title, lang }: HtmlText, head: H): H {
  return { ...head, title: head.title ?? title, lang: head.lang ?? lang };
}
