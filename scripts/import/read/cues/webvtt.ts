/** WebVTT (https://www.w3.org/TR/webvtt1/) from players, Zoom (`Ana K (SL): text`), Teams (voice tags, opaque cue names) and YouTube. */
import type { TranscriptReading, TranscriptSource } from '../source.ts';
import { cueTranscript } from './cue-transcript.ts';
import { type Cue, readCues } from './cues.ts';

export function readWebVtt({ text, file }: TranscriptSource): TranscriptReading {
  const { silent, cues, findings } = readCues(text, file, { isHeader, isSilent: isComment, hasNames: true });
  const transcript = cueTranscript(withoutRepeats(cues), file, 'webvtt');
  transcript.head.title = titleOf(silent[0]?.[0] ?? '');
  transcript.head.lang = languageOf(silent);
  return { transcripts: [transcript], findings };
}

function isHeader(line: string): boolean {
  return /^WEBVTT(?:\s|$)/.test(line);
}

function isComment(block: readonly string[]): boolean {
  return /^(?:NOTE|STYLE|REGION)(?:\s|$)/.test(block[0] ?? '');
}

/** In `WEBVTT - Talk with Ana`, the text after the signature is free. */
function titleOf(header: string): string | null {
  const title = header.replace(/^WEBVTT[\s\-–—:]*/, '').trim();
  return isHeader(header) && /\p{L}/u.test(title) ? title : null;
}

/** Reads `Language: en` from a YouTube header or `NOTE language:en-us` from Stream. */
function languageOf(silent: readonly (readonly string[])[]): string | null {
  const match = silent.flat().map((line) => /^(?:NOTE\s{1,9})?language\s{0,9}:\s{0,9}"?([a-z]{2,3})(?![a-z])/i.exec(line));
  return match.find((found) => found !== null)?.[1]?.toLowerCase() ?? null;
}

/**
 * Removes repeated lines. Captions that roll up, as those of YouTube, show the previous line again; they also have a time for every word.
 */
function withoutRepeats(cues: readonly Cue[]): Cue[] {
  if (!cues.some(({ lines }) => lines.some((line) => /<\d{2}:\d{2}:\d{2}\.\d{3}><c>/.test(line)))) return [...cues];
  const shown = (line: string | undefined) => (line ?? '').replace(/<[^<>]*>/g, '').trim();
  let last = '';
  return cues.map((cue) => {
    const lines = last !== '' && shown(cue.lines[0]) === last ? cue.lines.slice(1) : cue.lines;
    last = shown(cue.lines.at(-1));
    return { ...cue, lines };
  });
}
