/** The names of the formats, as `--from` takes them. */
import type { TranscriptFormat } from '../transcript.ts';

export const TRANSCRIPT_FORMATS: readonly TranscriptFormat[] = [
  'turns',
  'webvtt',
  'srt',
  'podcast-json',
  'podcast-html',
  'whisperx-json',
  'whisper-cpp-json',
  'docx',
  'csv',
  'refi-qda',
  'taguette',
];
