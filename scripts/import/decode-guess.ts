/**
 * Guesses the encoding of bytes that have no byte order mark and are not UTF-8. Tries strict decoding first, then rules out encodings by
 * what their text cannot look like, because every byte string is valid Windows-1252 and many are valid GB18030 by accident.
 */

export type GuessedEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252';

/**
 * Returns null for bytes that are not text in any of these encodings. `utf-8` means UTF-8 with a few broken characters: whisper.cpp
 * writes such files.
 */
export function guessEncoding(bytes: Uint8Array): GuessedEncoding | null {
  const wide = guessUtf16(bytes);
  if (wide !== null) return wide;
  if (bytes.includes(0)) return null;
  if (isMostlyUtf8(bytes)) return 'utf-8';
  if (isGb18030(bytes)) return 'gb18030';
  return isLatin(bytes) ? 'windows-1252' : null;
}

/** Line feeds, spaces and Latin letters have a zero byte in UTF-16, always on the same side. */
function guessUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes.length < 2 || bytes.length % 2 !== 0) return null;
  const zeros = [0, 0];
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const encoding = odd > 4 * even ? 'utf-16le' : even > 4 * odd ? 'utf-16be' : null;
  if (encoding === null || !decodes(bytes, encoding)) return null;
  // Binary files have zeros too, but do not decode to legible text.
  return isLegible(new TextDecoder(encoding).decode(bytes.subarray(0, 4096))) ? encoding : null;
}

/** Decoded as UTF-8, text in another encoding breaks at nearly every letter beyond ASCII; a damaged file breaks only here and there. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  let broken = 0;
  let foreign = 0;
  for (const character of new TextDecoder('utf-8').decode(bytes)) {
    if (character === '\ufffd') broken += 1;
    else if (character > '\u007f') foreign += 1;
  }
  return broken <= foreign / 8;
}

/** In Chinese text the second bytes are above 0xA0; in Windows-1252 an accented letter is followed by ASCII. */
function isGb18030(bytes: Uint8Array): boolean {
  if (!decodes(bytes, 'gb18030')) return false;
  let pairs = 0;
  let common = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    pairs += 1;
    if ((bytes[at + 1] ?? 0) > 0xa0) common += 1;
    at += 1;
  }
  return common > pairs * 0.7;
}

function isLatin(bytes: Uint8Array): boolean {
  const strange = bytes.reduce(
    (count, byte) => count + (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 ? 1 : 0),
    0,
  );
  const foreign = bytes.reduce((count, byte) => count + (byte > 0x7f ? 1 : 0), 0);
  return strange <= bytes.length / 1000 && foreign < bytes.length / 2;
}

function isLegible(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these tell binary files from text
  const strange = text.match(/[\u0000-\u0008\u000e-\u001f\ufffd\ufffe]|\p{Co}|\p{Cn}/gu)?.length ?? 0;
  return strange <= text.length / 50;
}

function decodes(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
