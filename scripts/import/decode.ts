/** Decodes the bytes of a transcript, whatever their encoding. */
import { isUtf8 } from 'node:buffer';
import { EXIT, ExpectedError } from '../shared/errors.ts';
import { guessEncoding } from './decode-guess.ts';
import type { ImportFinding } from './finding.ts';
import { finding } from './finding-text.ts';

export interface DecodedText {
  /** Without byte order mark. Line ends are those of the file. */
  text: string;
  findings: ImportFinding[];
}

/**
 * Decodes a file. `encoding` is a label of the Encoding Standard (https://encoding.spec.whatwg.org/#names-and-labels). With null, the
 * byte order mark decides, then valid UTF-8, then a guess (UTF-16, GB18030, Windows-1252), which is reported. Throws ExpectedError when
 * the label is unknown (exit code 2), when the bytes are not valid in the given encoding, or when they are not text.
 */
export function decodeBytes(bytes: Uint8Array, file: string, encoding: string | null): DecodedText {
  if (encoding !== null) return { text: decodeAs(bytes, file, encoding), findings: [] };
  const marked = markedEncoding(bytes);
  if (marked !== null) return { text: new TextDecoder(marked).decode(bytes), findings: [] };
  refuseBinary(bytes, file);
  if (isUtf8(bytes) && !bytes.includes(0)) return { text: new TextDecoder('utf-8').decode(bytes), findings: [] };
  const guess = guessEncoding(bytes);
  if (guess === null) {
    throw new ExpectedError(`${file}: this is no text: it holds bytes that no text of a known encoding has`, {
      hint: 'give a transcript, not a recording; if it is text, name its encoding: --encoding NAME',
    });
  }
  const text = decodeWith(new TextDecoder(guess), bytes);
  if (guess === 'utf-8') return { text, findings: [finding('broken-characters', placeOf(text, file, text.indexOf('\ufffd')), {})] };
  return { text, findings: [finding('guessed-encoding', { file, line: 1, column: 1 }, { encoding: NAMES[guess] })] };
}

/** Returns the text with `\n` as the only line end, for formats that count lines. */
export function withPlainLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

const NAMES = {
  'utf-16le': 'UTF-16 (little-endian)',
  'utf-16be': 'UTF-16 (big-endian)',
  gb18030: 'GB18030',
  'windows-1252': 'Windows-1252',
};

function decodeAs(bytes: Uint8Array, file: string, encoding: string): string {
  const decoder = decoderOf(encoding, file);
  try {
    return decodeWith(decoder, bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const loose = new TextDecoder(encoding).decode(bytes);
    const { line, column } = placeOf(loose, file, loose.indexOf('\ufffd'));
    throw new ExpectedError(`${file}:${line}:${column}: the bytes here are not ${encoding}`, {
      hint: 'leave out --encoding to have it detected, or name another one',
      cause: error,
    });
  }
}

function decodeWith(decoder: TextDecoder, bytes: Uint8Array): string {
  const text = decoder.decode(bytes);
  // Node 20 decodes Windows-1252 as if it were ISO 8859-1 (nodejs/node#56542): quotes and dashes become control characters.
  return decoder.encoding === 'windows-1252'
    ? text.replace(/[\u0080-\u009f]/g, (sign) => WINDOWS_1252[sign.charCodeAt(0) - 0x80] ?? sign)
    : text;
}

/** The characters 0x80 to 0x9F: https://encoding.spec.whatwg.org/index-windows-1252.txt */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function decoderOf(encoding: string, file: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ExpectedError(`${file}: there is no encoding "${encoding}"`, {
      exitCode: EXIT.usage,
      hint: 'names that are known: utf-8, utf-16le, utf-16be, gb18030, big5, shift_jis, euc-kr, windows-1252, iso-8859-2, koi8-r, ...',
      cause: error,
    });
  }
}

function markedEncoding(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  const [first, second, third] = bytes;
  // TextDecoder removes the mark. When the bytes after it are not UTF-8, the encoding is guessed as for any other file.
  if (first === 0xef && second === 0xbb && third === 0xbf) return isUtf8(bytes) ? 'utf-8' : null;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return null;
}

function placeOf(text: string, file: string, at: number): { file: string; line: number; column: number } {
  const before = text.slice(0, Math.max(0, at)).split(/\r\n?|\n/);
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Files that are often given by mistake instead of a transcript, by their first bytes. */
const BINARY: readonly { start: string; offset?: number; name: string; hint: string }[] = [
  { start: '%PDF-', name: 'a PDF', hint: 'save its text as .txt or .docx' },
  { start: '\u00d0\u00cf\u0011\u00e0', name: 'a document of Word 97-2003 or older', hint: 'save it as .docx' },
  { start: '{\\rtf', name: 'an RTF document', hint: 'save it as .docx or .txt' },
  { start: 'ID3', name: 'a recording (MP3)', hint: 'transcribe it first, with whisper.cpp for example' },
  { start: 'RIFF', name: 'a recording (WAV or AVI)', hint: 'transcribe it first, with whisper.cpp for example' },
  { start: 'fLaC', name: 'a recording (FLAC)', hint: 'transcribe it first, with whisper.cpp for example' },
  { start: 'OggS', name: 'a recording (Ogg)', hint: 'transcribe it first, with whisper.cpp for example' },
  { start: 'ftyp', offset: 4, name: 'a recording (MP4 or M4A)', hint: 'transcribe it first, with whisper.cpp for example' },
  { start: '\u001f\u008b', name: 'a gzip archive', hint: 'unpack it and give the file inside' },
  { start: '\u0089PNG', name: 'a picture', hint: 'give the text itself' },
  { start: '\u00ff\u00d8\u00ff', name: 'a picture', hint: 'give the text itself' },
  { start: 'SQLite format 3', name: 'an SQLite database', hint: 'export the project as .qdpx or CSV' },
];

function refuseBinary(bytes: Uint8Array, file: string): void {
  const start = String.fromCharCode(...bytes.subarray(0, 24));
  const kind = BINARY.find(({ start: mark, offset }) => start.startsWith(mark, offset ?? 0));
  if (kind !== undefined) throw new ExpectedError(`${file}: this is ${kind.name}, not a transcript`, { hint: kind.hint });
}
