/** Files -> transcripts. Every format has a file of its own here; this one is their table of contents. */
import { ExpectedError } from '../../shared/errors.ts';
import type { ImportFinding } from '../finding.ts';
import type { Transcript, TranscriptFormat } from '../transcript.ts';

/** Larger files are refused, so ask for a file's size before reading it: 100 hours of transcript have a tenth of this. */
export const MAX_INPUT_BYTES = 100 * 1024 * 1024;

export interface ReadOptions {
  /** The format that the user says it is; null: recognised by content. */
  from: TranscriptFormat | null;
  /** A name that the Encoding Standard knows (`gb18030`, `windows-1252`, ...); null: detected. */
  encoding: string | null;
}

export interface ReadTranscripts {
  /** One for each source of the file: a .qdpx or a Taguette export may hold several. */
  transcripts: Transcript[];
  /** What was left out (errors) and what to look at (warnings), in the file's order. */
  findings: ImportFinding[];
}

/**
 * Reads a file. `file` is the name that places and messages give it.
 * Throws ExpectedError where nothing can be read: a format that is unknown or not recognised, a file that is too large, truncated or
 * not text, an encoding that is wrong.
 */
export async function readTranscripts(bytes: Uint8Array, file: string, options: ReadOptions): Promise<ReadTranscripts> {
  if (bytes.length > MAX_INPUT_BYTES) {
    throw new ExpectedError(`${file}: the file has ${bytes.length} bytes; at most ${MAX_INPUT_BYTES} are read`);
  }
  throw new ExpectedError(`${file}: the format ${options.from ?? ''} is not recognised`);
}
