/** SubRip has no specification; https://www.matroska.org/technical/subtitles.html#srt-subtitles comes closest to one. */
import type { TranscriptReading, TranscriptSource } from '../source.ts';
import { cueTranscript } from './cue-transcript.ts';
import { readCues } from './cues.ts';

export function readSrt({ text, file }: TranscriptSource): TranscriptReading {
  const { cues, findings } = readCues(text, file, { isHeader: () => false, isSilent: isNumberAlone, hasNames: false });
  return { transcripts: [cueTranscript(cues, file, 'srt')], findings };
}

/** A block that holds only the number of a cue. */
function isNumberAlone(block: readonly string[]): boolean {
  return block.length === 1 && /^\s*\d{1,9}\s*$/.test(block[0] ?? '');
}
