/** The input and output of the reader of one format. */
import type { ImportFinding } from '../finding.ts';
import type { Transcript, TranscriptFormat, TranscriptHead } from '../transcript.ts';

/** A decoded text file with plain line ends. */
export interface TranscriptSource {
  text: string;
  file: string;
}

export interface TranscriptReading {
  /** One transcript for each source in the file. A .qdpx file or Taguette export may hold several. */
  transcripts: Transcript[];
  /** Errors (something was left out) and warnings, in the order of the file. */
  findings: ImportFinding[];
}

export function emptyHead(): TranscriptHead {
  return { title: null, date: null, url: null, media: null, publisher: null, lang: null };
}

export function emptyTranscript(file: string, format: TranscriptFormat): Transcript {
  return { file, format, head: emptyHead(), parts: [], notes: [] };
}
