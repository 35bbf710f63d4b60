/** Plain text and Markdown: `Ana: Hi`, `安娜：你好`, `**Ana** *00:43*`, and text that gives only times. */
import { ExpectedError } from '../../shared/errors.ts';
import type { TranscriptFormat } from '../transcript.ts';
import type { TranscriptReading, TranscriptSource } from './source.ts';
import { emptyTranscript } from './source.ts';
import { readTurnLines, type TurnText } from './turns/read-turns.ts';
import { readTimedLines } from './turns/timed-lines.ts';
import { toLines } from './turns/turn-lines.ts';

/** Throws ExpectedError when no speaker is named and there are no times. */
export function readTurns({ text, file }: TranscriptSource): TranscriptReading {
  const lines = toLines(text);
  const read = readTurnLines(lines, file);
  if (hasTurns(read)) return { transcripts: [toTranscript(read, file, 'turns')], findings: read.findings };
  const turns = readTimedLines(lines, file);
  if (turns === null) throw nobodySpeaks(file);
  return { transcripts: [{ ...emptyTranscript(file, 'turns'), parts: turns }], findings: [] };
}

export function hasTurns({ parts }: TurnText): boolean {
  return parts.some((part) => part.type === 'turn');
}

export function toTranscript({ head, parts, notes }: TurnText, file: string, format: TranscriptFormat) {
  return { file, format, head, parts, notes };
}

export function nobodySpeaks(file: string): ExpectedError {
  return new ExpectedError(`${file}: no speaker was found: no name followed by a colon begins several lines`, {
    hint: 'begin each turn with its speaker ("Ana: Hi"), or force a format: --from webvtt, srt, csv, ...',
  });
}
