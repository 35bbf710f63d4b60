/** Recognises the format of a file by its content, because names may be wrong and standard input has none. */
import { ExpectedError } from '../../shared/errors.ts';
import type { TranscriptFormat } from '../transcript.ts';
import { listZip } from './coded/zip.ts';
import { parseJsonFile } from './segments/json-file.ts';
import { isTaguette, readColumns } from './tables/csv-columns.ts';
import { delimiterOf } from './tables/csv-rows.ts';
import { unrecognised } from './unrecognised.ts';

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5) && (bytes[3] === 4 || bytes[3] === 6);
}

/** Recognises an archive. Throws ExpectedError when it is damaged or of an unsupported kind. */
export function recogniseZip(bytes: Uint8Array, file: string): 'docx' | 'refi-qda' {
  const names = [...listZip(bytes, file).keys()];
  if (names.includes('word/document.xml')) return 'docx';
  if (names.some((name) => /\.qde$/i.test(name))) return 'refi-qda';
  const kind = OTHER_ARCHIVES.find(({ entry }) => names.some((name) => entry.test(name)));
  throw new ExpectedError(`${file}: this is ${kind?.name ?? 'an archive without a document or project in it'}, not a transcript`, {
    hint: kind?.hint ?? 'unpack it and give the transcripts inside',
  });
}

const OTHER_ARCHIVES = [
  { entry: /^xl\/workbook\.xml$/, name: 'a spreadsheet', hint: 'save its sheet as CSV' },
  { entry: /^ppt\/presentation\.xml$/, name: 'a presentation', hint: 'save its text as .txt' },
  { entry: /^content\.xml$/, name: 'an OpenDocument file', hint: 'save it as .docx or .txt' },
];

/**
 * Recognises a text. Throws ExpectedError for unsupported kinds. Text of no other format is given to the reader of turns, which decides.
 */
export function recogniseText(text: string, file: string): TranscriptFormat {
  const start = text.slice(0, 20_000).trimStart();
  if (start === '') throw new ExpectedError(`${file}: the file is empty`, { hint: 'give a transcript' });
  if (/^WEBVTT(?:\s|$)/.test(start)) return 'webvtt';
  if (/^(?:\{\s*["}]|\[\s*[{\]])/.test(start)) return recogniseJson(text, file);
  if (/^<(?:!--[\s\S]{0,2000}?-->\s*<)?(?:\?xml\b|[a-z]+:?Project\b)/i.test(start)) return recogniseXml(start, file);
  if (/^<(?:!doctype html|!--|html|head|body|article|main|section|div|p|cite|h[1-6]|table|ul|ol|time|span)\b/i.test(start))
    return 'podcast-html';
  if (CUE.test(start)) return 'srt';
  const headings = (start.split('\n')[0] ?? '').split(delimiterOf(start)).map((cell) => cell.replace(/^"(.*)"$/, '$1'));
  if (isTaguette(headings)) return 'taguette';
  return readColumns(headings) === null ? 'turns' : 'csv';
}

/** Matches when the first line, or the second one below a number, holds the times of a cue. */
const CUE = /^(?:\d{1,9}[ \t]*\n\s{0,9})?[ \t]*\d{1,3}:\d{2}[\d:.,]{0,12}[ \t]*--?>/;

function recogniseJson(text: string, file: string): TranscriptFormat {
  const has = (key: string) => text.includes(`"${key}"`);
  if (has('transcription') && (has('offsets') || has('timestamps'))) return 'whisper-cpp-json';
  if (has('segments') && has('body')) return 'podcast-json';
  if (has('segments') || (text.trimStart().startsWith('[') && has('text') && has('start'))) return 'whisperx-json';
  // If the file is truncated before its first segment, this throws the more useful error.
  parseJsonFile(text, file);
  throw unrecognised(file);
}

function recogniseXml(start: string, file: string): TranscriptFormat {
  if (/<html\b/i.test(start)) return 'podcast-html';
  if (/<(?:\w+:)?Project\b/.test(start)) return 'refi-qda';
  if (/<(?:\w+:)?CodeBook\b/.test(start)) {
    throw new ExpectedError(`${file}: this is a codebook (.qdc), without any text`, { hint: 'export the project as .qdpx' });
  }
  throw unrecognised(file);
}
