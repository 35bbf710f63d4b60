/** EXIF: a TIFF file inside pictures (Exif 2.32, 4.5; TIFF 6.0, section 2). Only the orientation is needed. */

/** Returns the orientation of a picture, from 1 (not rotated) to 8. Returns 1 when it cannot be read. `tiff` starts with the byte order. */
export function orientationIn(tiff: Uint8Array): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (tiff.length < 10) return 1;
  const little = view.getUint16(0) === 0x4949;
  if (!little && view.getUint16(0) !== 0x4d4d) return 1;
  const directory = view.getUint32(4, little);
  if (directory + 2 > tiff.length) return 1;
  const count = view.getUint16(directory, little);
  for (let entry = directory + 2; entry + 12 <= Math.min(tiff.length, directory + 2 + count * 12); entry += 12) {
    if (view.getUint16(entry, little) !== ORIENTATION) continue;
    const value = view.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** Returns a TIFF file that contains only the orientation. */
export function orientationAlone(orientation: number): Uint8Array {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(ORIENTATION, 10);
  // One value of 16 bits. No other directory follows.
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  return tiff;
}

const ORIENTATION = 0x0112;

// Colour profiles (ICC.1:2022, 7), reduced to what a browser needs for colours, without texts.

/** Returns the profile with all tags emptied that have nothing to do with colours. Null when the bytes are not a profile. */
export function coloursAlone(profile: Uint8Array): Uint8Array | null {
  if (profile.length < 132 || Buffer.from(profile.subarray(36, 40)).toString('latin1') !== 'acsp') return null;
  const source = Buffer.from(profile);
  const clean = Buffer.alloc(source.length);
  source.copy(clean, 0, 0, HEADER);
  // The creator of the profile, the machine and the date.
  for (const [from, to] of [
    [4, 8],
    [24, 36],
    [40, 44],
    [48, 56],
    [80, 100],
  ] as const)
    clean.fill(0, from, to);
  const count = Math.min(source.readUInt32BE(HEADER), MOST_TAGS);
  let kept = 0;
  for (let index = 0; index < count; index += 1) {
    const entry = HEADER + 4 + index * 12;
    if (entry + 12 > source.length) break;
    const [name, offset, size] = [
      source.toString('latin1', entry, entry + 4),
      source.readUInt32BE(entry + 4),
      source.readUInt32BE(entry + 8),
    ];
    if (!COLOURS.test(name) || offset + size > source.length) continue;
    source.copy(clean, HEADER + 4 + kept * 12, entry, entry + 12);
    source.copy(clean, offset, offset, offset + size);
    kept += 1;
  }
  clean.writeUInt32BE(kept, HEADER);
  return clean;
}

const HEADER = 128;
const MOST_TAGS = 100;
const COLOURS = /^(?:[rgbw]XYZ|[rgbk]TRC|wtpt|bkpt|chad|lumi|cicp|A2B[0-2]|B2A[0-2])$/;
