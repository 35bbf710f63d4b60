/** The common result of all readers: what was said, in the order of the file, and nothing else. */
import type { Place } from '../model/problems/problem.ts';

/** A file after decoding and reading. Readers are pure functions from bytes to transcripts. */
export interface Transcript {
  /** The name given by the user. */
  file: string;
  format: TranscriptFormat;
  head: TranscriptHead;
  /** Everything except head, notes and codes, in the order of the file. No word is missing. */
  parts: TranscriptPart[];
  /** Editor's notes (`• term: ...`). */
  notes: EditorsNote[];
}

export type TranscriptFormat =
  | 'turns'
  | 'webvtt'
  | 'srt'
  | 'podcast-json'
  | 'podcast-html'
  | 'whisperx-json'
  | 'whisper-cpp-json'
  | 'docx'
  | 'csv'
  | 'refi-qda'
  | 'taguette';

/** Facts in the file about itself; null when missing. */
export interface TranscriptHead {
  title: string | null;
  /** In the precision of the source: 2023, 2023-08 or 2023-08-21. */
  date: string | null;
  url: string | null;
  /** The address of the recording, when the source names it besides its own. */
  media: string | null;
  publisher: string | null;
  /** Short code (`en`, `zh`), when the format declares it. */
  lang: string | null;
}

export type TranscriptPart =
  /** A heading, a numbered section, or a chapter of the format. */
  | { type: 'heading'; text: string; place: Place }
  /** Text without a speaker, such as an introduction or a caption. */
  | { type: 'prose'; paragraphs: string[]; place: Place }
  | Turn;

export interface Turn {
  type: 'turn';
  /** The label in the file; null when there is none. */
  speaker: string | null;
  paragraphs: string[];
  /** In ms from the beginning; null when the file has no times. */
  start: number | null;
  end: number | null;
  /** Codes of qualitative analysis, which become tags. */
  codes: string[];
  place: Place;
}

export interface EditorsNote {
  term: string;
  definition: string;
  place: Place;
}

export function isTurn(part: TranscriptPart): part is Turn {
  return part.type === 'turn';
}
