/** The formats by the names that --from takes. */
import type { TranscriptFormat } from '../transcript.ts';

export const FORMATS: readonly TranscriptFormat[] = [
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
