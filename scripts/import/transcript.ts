/** What every reader makes of a file, whatever its format: what was said, in the file's order, and nothing else. */
import type { Place } from '../model/problems/problem.ts';

/** A file as it was read, decoded. Readers are pure: files in, transcript out. */
export interface Transcript {
  /** As it was named to us. */
  file: string;
  format: TranscriptFormat;
  head: TranscriptHead;
  /** Everything of the file that is not head, note or code, in its order: no word is missing. */
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

/** What the file says of itself; null where it does not. */
export interface TranscriptHead {
  title: string | null;
  /** As the source gives it: 2023, 2023-08 or 2023-08-21. */
  date: string | null;
  url: string | null;
  /** The recording's own address, where the source names it besides its own. */
  media: string | null;
  publisher: string | null;
  /** Short code (`en`, `zh`), where the format declares it. */
  lang: string | null;
}

export type TranscriptPart =
  /** A chapter: a heading, a numbered section, a chapter of the format. */
  | { type: 'heading'; text: string; place: Place }
  /** Text that nobody is said to have spoken: an introduction, a caption. */
  | { type: 'prose'; paragraphs: string[]; place: Place }
  | Turn;

export interface Turn {
  type: 'turn';
  /** As the file names them; null where it names nobody. */
  speaker: string | null;
  paragraphs: string[];
  /** Milliseconds from the beginning; null where the file has no times. */
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
