import { coloursAlone, orientationAlone, orientationIn } from './exif.ts';

/** Returns a JPEG (ITU T.81, annex B) with only the segments that are needed to draw it. Drops thumbnails and everything after its end. */
export function cleanJpeg(bytes: Uint8Array): Uint8Array {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const picture: Uint8Array[] = [];
  const profile: Uint8Array[] = [];
  let orientation = 1;
  let head: Uint8Array | null = null;
  for (const { marker, from, to, data } of segmentsOf(source)) {
    const body = source.subarray(data, to);
    if (marker === APP1 && startsWith(body, 'Exif\0\0')) orientation = orientationIn(body.subarray(6));
    else if (marker === APP2 && startsWith(body, 'ICC_PROFILE\0')) profile.push(body.subarray(14));
    else if (marker === APP0 && startsWith(body, 'JFIF\0')) head ??= withoutSmallCopy(body);
    else if (!isMetadata(marker, body)) picture.push(source.subarray(from, to));
  }
  const colours = profile.length === 0 ? null : coloursAlone(Buffer.concat(profile));
  return Buffer.concat([
    Buffer.from([0xff, SOI]),
    ...(head === null ? [] : [segment(APP0, head)]),
    ...(orientation === 1 ? [] : [segment(APP1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), orientationAlone(orientation)]))]),
    ...(colours === null ? [] : profileSegments(colours)),
    ...picture,
    Buffer.from([0xff, EOI]),
  ]);
}

/** Returns the metadata in a JPEG, for checks. */
export function metadataOfJpeg(bytes: Uint8Array): Uint8Array[] {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const segments = [...segmentsOf(source)];
  const end = segments.at(-1)?.to ?? 2;
  const inside = segments.filter(
    ({ marker, data, to }) => (marker >= APP0 && marker <= APP15) || isMetadata(marker, source.subarray(data, to)),
  );
  return [...inside.map(({ data, to }) => source.subarray(data, to)), source.subarray(end)];
}

interface Segment {
  marker: number;
  /** Where it begins with its marker, where it ends, and where its data begins. Coded data belongs to the scan before it. */
  from: number;
  to: number;
  data: number;
}

function* segmentsOf(source: Buffer): Generator<Segment> {
  for (let at = 2; at + 4 <= source.length; ) {
    const marker = source[at + 1] ?? 0;
    if (source[at] !== 0xff || marker === EOI) return;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isBare = marker === 0x01 || (marker >= RST0 && marker <= RST7);
    const end = isBare ? at + 2 : Math.min(source.length, at + 2 + source.readUInt16BE(at + 2));
    const to = marker === SOS ? endOfCoded(source, end) : end;
    yield { marker, from: at, to, data: isBare ? at + 2 : at + 4 };
    at = to;
  }
}

function endOfCoded(source: Buffer, from: number): number {
  for (let at = source.indexOf(0xff, from); at !== -1; at = source.indexOf(0xff, at + 1)) {
    const next = source[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && !(next >= RST0 && next <= RST7)) return at;
  }
  return source.length;
}

/** Adobe's segment says how colours are coded. All other application segments, and comments, are metadata. */
function isMetadata(marker: number, body: Uint8Array): boolean {
  if (marker === APP14) return !startsWith(body, 'Adobe') || body.length > 12;
  return (marker >= APP0 && marker <= APP15) || marker === COM;
}

/** Keeps only version, unit and density. */
function withoutSmallCopy(jfif: Uint8Array): Uint8Array {
  const head = Buffer.alloc(14);
  head.set(jfif.subarray(0, 12));
  return head;
}

function segment(marker: number, body: Uint8Array): Uint8Array {
  const length = body.length + 2;
  return Buffer.concat([Buffer.from([0xff, marker, length >> 8, length & 0xff]), body]);
}

function profileSegments(profile: Uint8Array): Uint8Array[] {
  const count = Math.ceil(profile.length / MOST_PROFILE);
  return Array.from({ length: count }, (_, index) =>
    segment(
      APP2,
      Buffer.concat([
        Buffer.from(`ICC_PROFILE\0${String.fromCharCode(index + 1, count)}`, 'latin1'),
        profile.subarray(index * MOST_PROFILE, (index + 1) * MOST_PROFILE),
      ]),
    ),
  );
}

const startsWith = (bytes: Uint8Array, text: string) => Buffer.from(bytes.subarray(0, text.length)).toString('latin1') === text;

const [SOI, EOI, SOS, COM] = [0xd8, 0xd9, 0xda, 0xfe];
const [RST0, RST7] = [0xd0, 0xd7];
const [APP0, APP1, APP2, APP14, APP15] = [0xe0, 0xe1, 0xe2, 0xee, 0xef];
/** In bytes: the largest part of a profile in one segment. */
const MOST_PROFILE = 65_519;
