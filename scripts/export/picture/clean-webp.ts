import { coloursAlone, orientationAlone, orientationIn } from './exif.ts';

/** Returns a WebP (RFC 9649, 2) with only the chunks that are needed to draw it. */
export function cleanWebp(bytes: Uint8Array): Uint8Array {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = Math.min(source.length, source.readUInt32LE(4) + 8);
  const parts = chunksOf(source.subarray(12, end)).flatMap(({ type, data }) => kept(type, data));
  const types = new Set(parts.map(({ type }) => type));
  const body = Buffer.concat(parts.map(({ type, data }) => chunk(type, type === 'VP8X' ? flagged(data, types) : data)));
  const head = Buffer.from('RIFF....WEBP', 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([head, body]);
}

interface Chunk {
  type: string;
  data: Buffer;
}

function kept(type: string, data: Buffer): Chunk[] {
  switch (type) {
    case 'EXIF': {
      // Some programs put the marker from JPEG in front.
      const orientation = orientationIn(data.toString('latin1', 0, 6) === 'Exif\0\0' ? data.subarray(6) : data);
      return orientation === 1 ? [] : [{ type, data: Buffer.from(orientationAlone(orientation)) }];
    }
    case 'ICCP': {
      const profile = coloursAlone(data);
      return profile === null ? [] : [{ type, data: Buffer.from(profile) }];
    }
    case 'ANMF':
      return [{ type, data: Buffer.concat([data.subarray(0, FRAME), ...chunksOf(data.subarray(FRAME)).flatMap(frameParts)]) }];
    default:
      return NEEDED.has(type) ? [{ type, data }] : [];
  }
}

const frameParts = ({ type, data }: Chunk) => (FRAME_PARTS.has(type) ? [chunk(type, data)] : []);

/** Updates the header, which says which other chunks there are. */
function flagged(data: Buffer, types: ReadonlySet<string>): Buffer {
  const flags = Buffer.from(data);
  const own = (flags[0] ?? 0) & ~(XMP | EXIF | ICC);
  flags[0] = own | (types.has('EXIF') ? EXIF : 0) | (types.has('ICCP') ? ICC : 0);
  return flags;
}

function chunksOf(body: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 0; at + 8 <= body.length; ) {
    const size = body.readUInt32LE(at + 4);
    chunks.push({ type: body.toString('latin1', at, at + 4), data: body.subarray(at + 8, at + 8 + size) });
    at += 8 + size + (size % 2);
  }
  return chunks;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(data.length);
  return Buffer.concat([Buffer.from(type, 'latin1'), size, data, Buffer.alloc(data.length % 2)]);
}

const NEEDED = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM']);
const FRAME_PARTS = new Set(['VP8 ', 'VP8L', 'ALPH']);
const [XMP, EXIF, ICC] = [0x04, 0x08, 0x20];
/** Position, size and duration of a frame, in bytes. */
const FRAME = 16;
