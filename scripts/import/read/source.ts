/** What a reader of one format gets and gives. */
import type { ImportFinding } from '../finding.ts';
import type { Transcript, TranscriptFormat, TranscriptHead } from '../transcript.ts';

/** A text file, decoded, with plain line ends. */
export interface Source {
  text: string;
  file: string;
}

export interface Reading {
  /** One for each source of the file: a .qdpx or a Taguette export may hold several. */
  transcripts: Transcript[];
  /** What was left out (errors) and what to look at (warnings), in the file's order. */
  findings: ImportFinding[];
}

export function emptyHead(): TranscriptHead {
  return { title: null, date: null, url: null, media: null, publisher: null, lang: null };
}

export function emptyTranscript(file: string, format: TranscriptFormat): Transcript {
  return { file, format, head: emptyHead(), parts: [], notes: [] };
}
