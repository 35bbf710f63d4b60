/**
 * What bytes without a byte order mark that are not UTF-8 look like. By trying strictly, then by what text of each encoding cannot look
 * like: every byte string is Windows-1252, and much of it is GB18030 by accident.
 */

export type GuessedEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252';

/** Null: no text in any of these. `utf-8`: UTF-8 with a few broken characters, as whisper.cpp writes parts of them. */
export function guessEncoding(bytes: Uint8Array): GuessedEncoding | null {
  const wide = guessUtf16(bytes);
  if (wide !== null) return wide;
  if (bytes.includes(0)) return null;
  if (isMostlyUtf8(bytes)) return 'utf-8';
  if (isGb18030(bytes)) return 'gb18030';
  return isLatin(bytes) ? 'windows-1252' : null;
}

/** Line feeds, spaces and Latin letters of UTF-16 have one byte that is zero, always on the same side. */
function guessUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes.length < 2 || bytes.length % 2 !== 0) return null;
  const zeros = [0, 0];
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const encoding = odd > 4 * even ? 'utf-16le' : even > 4 * odd ? 'utf-16be' : null;
  if (encoding === null || !decodes(bytes, encoding)) return null;
  // Binary files have zeros too, but decoded they are no text.
  return isLegible(new TextDecoder(encoding).decode(bytes.subarray(0, 4096))) ? encoding : null;
}

/** Text in another encoding turns nearly every letter beyond ASCII into a broken character; damage breaks one here and there. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  let broken = 0;
  let foreign = 0;
  for (const character of new TextDecoder('utf-8').decode(bytes)) {
    if (character === '\ufffd') broken += 1;
    else if (character > '\u007f') foreign += 1;
  }
  return broken <= foreign / 8;
}

/** Chinese text has its second bytes above 0xA0; an accented letter of Windows-1252 is followed by an ASCII one. */
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
