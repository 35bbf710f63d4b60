import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { orientationAlone, orientationIn } from './exif.ts';
import { coloursAlone } from './icc.ts';

/** A PNG (W3C, third edition, 11) of the chunks that are needed to draw it. What follows its end is left out. */
export function cleanPng(bytes: Uint8Array): Uint8Array {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [source.subarray(0, 8)];
  for (let at = 8; at + 8 <= source.length; ) {
    const end = at + 12 + source.readUInt32BE(at);
    const type = source.toString('latin1', at + 4, at + 8);
    const data = source.subarray(at + 8, Math.min(end - 4, source.length));
    if (type === 'eXIf') parts.push(...turned(data));
    else if (type === 'iCCP') parts.push(...coloured(data));
    else if (NEEDED.has(type)) parts.push(source.subarray(at, end));
    if (type === 'IEND') break;
    at = end;
  }
  return Buffer.concat(parts);
}

const NEEDED = new Set('IHDR PLTE IDAT IEND tRNS cHRM gAMA sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT'.split(' '));

function turned(tiff: Uint8Array): Uint8Array[] {
  const orientation = orientationIn(tiff);
  return orientation === 1 ? [] : [chunk('eXIf', orientationAlone(orientation))];
}

/** A name, its end, the way of compression, the profile. */
function coloured(data: Buffer): Uint8Array[] {
  try {
    const profile = coloursAlone(inflateSync(data.subarray(data.indexOf(0) + 2)));
    return profile === null ? [] : [chunk('iCCP', Buffer.concat([Buffer.from('ICC\0\0', 'latin1'), deflateSync(profile)]))];
  } catch {
    // A browser shows the picture without a profile that it cannot read.
    return [];
  }
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
