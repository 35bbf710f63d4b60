/** Files -> transcripts. Lists the readers; every format has a file of its own. */
import { EXIT, ExpectedError } from '../../shared/errors.ts';
import { decodeBytes, withPlainLineEnds } from '../decode.ts';
import type { TranscriptFormat } from '../transcript.ts';
import { readQde, readQdpx } from './coded/refi-qda.ts';
import { readSrt } from './cues/srt.ts';
import { readWebVtt } from './cues/webvtt.ts';
import { readDocx } from './docx.ts';
import { MAX_INPUT_BYTES, MAX_TEXT_BYTES, refuseEndless, tooLarge } from './limits.ts';
import { isZip, recogniseText, recogniseZip } from './recognise.ts';
import { readPodcastHtml } from './segments/podcast-html.ts';
import { readPodcastJson } from './segments/podcast-json.ts';
import { readWhisperCppJson } from './segments/whisper-cpp-json.ts';
import { readWhisperXJson } from './segments/whisperx-json.ts';
import type { TranscriptReading, TranscriptSource } from './source.ts';
import { readCsv } from './tables/csv.ts';
import { readTaguette } from './tables/taguette.ts';
import { readTurns } from './turns.ts';

export { TRANSCRIPT_FORMATS } from './formats.ts';
export { MAX_INPUT_BYTES, tooLarge } from './limits.ts';

export interface ReadOptions {
  /** The format given by the user; null to recognise it by content. */
  from: TranscriptFormat | null;
  /** A label of the Encoding Standard (`gb18030`, `windows-1252`, ...); null to detect it. */
  encoding: string | null;
}

export type ReadTranscripts = TranscriptReading;

/** Readers of archives get bytes; readers of text get text with plain line ends. */
const ARCHIVES = { docx: readDocx, 'refi-qda': readQdpx };
const TEXTS: Record<Exclude<TranscriptFormat, 'docx'>, (source: TranscriptSource) => ReadTranscripts> = {
  turns: readTurns,
  webvtt: readWebVtt,
  srt: readSrt,
  'podcast-json': readPodcastJson,
  'podcast-html': readPodcastHtml,
  'whisperx-json': readWhisperXJson,
  'whisper-cpp-json': readWhisperCppJson,
  csv: readCsv,
  'refi-qda': ({ text, file }) => readQde(text, file),
  taguette: readTaguette,
};

/**
 * Reads a file. `file` is its name in places and messages. Throws ExpectedError when nothing can be read: the format is not recognised,
 * the file is too large, truncated or not text, or the encoding is wrong.
 */
export async function readTranscripts(bytes: Uint8Array, file: string, options: ReadOptions): Promise<ReadTranscripts> {
  if (bytes.length > MAX_INPUT_BYTES) throw tooLarge(file, bytes.length);
  const read = isZip(bytes) ? await readArchive(bytes, file, options) : readText(bytes, file, options);
  const hasWords = read.transcripts.some(({ parts }) => parts.some(({ type }) => type === 'turn'));
  if (!hasWords && !read.findings.some(({ severity }) => severity === 'error')) {
    throw new ExpectedError(`${file}: no speech was found in it`, {
      hint: 'check that the file is complete, or force its format: --from FORMAT',
    });
  }
  return read;
}

async function readArchive(bytes: Uint8Array, file: string, { from }: ReadOptions): Promise<ReadTranscripts> {
  const format = from ?? recogniseZip(bytes, file);
  if (format !== 'docx' && format !== 'refi-qda') throw otherForm(file, format, 'an archive (ZIP)', 'text');
  return ARCHIVES[format](bytes, file);
}

function readText(bytes: Uint8Array, file: string, { from, encoding }: ReadOptions): ReadTranscripts {
  const decoded = decodeBytes(bytes, file, encoding);
  const text = withPlainLineEnds(decoded.text);
  const format = from ?? recogniseText(text, file);
  if (!format.endsWith('-json')) {
    if (bytes.length > MAX_TEXT_BYTES) throw tooLarge(file, bytes.length, MAX_TEXT_BYTES);
    refuseEndless(text, file);
  }
  if (format === 'docx') throw otherForm(file, format, 'text', 'an archive (ZIP)');
  const { transcripts, findings } = TEXTS[format]({ text, file });
  return { transcripts, findings: [...decoded.findings, ...findings] };
}

function otherForm(file: string, format: TranscriptFormat, is: string, should: string): ExpectedError {
  return new ExpectedError(`${file}: the file is ${is}, and ${format} is ${should}`, {
    exitCode: EXIT.usage,
    hint: 'leave out --from to have the format recognised',
  });
}
