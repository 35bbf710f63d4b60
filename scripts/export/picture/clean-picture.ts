/** Removes everything from pictures that is not visible: camera, place, author, comments and thumbnails of earlier versions. */
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
// fast-xml-parser: reads and writes XML; content/ and import/ use it too.
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { ExpectedError } from '../../shared/errors.ts';
import { isInside } from '../../shared/paths.ts';
import { cleanJpeg } from './clean-jpeg.ts';
import { coloursAlone, orientationAlone, orientationIn } from './exif.ts';

/** Returns the bytes of a page's images by address. Throws ExpectedError when one is missing, or outside the content folder. */
export async function readImages(images: ReadonlyMap<string, string>, content: string): Promise<Map<string, Uint8Array>> {
  const read = [...images].map(async ([address, name]) => [address, await readImage(path.join(content, name), content)] as const);
  return new Map(await Promise.all(read));
}

async function readImage(file: string, content: string): Promise<Uint8Array> {
  try {
    const [root, target] = await Promise.all([realpath(content), realpath(file)]);
    if (!isInside(root, target))
      throw new ExpectedError(`the image ${file} leads out of the content folder`, { hint: 'copy it into the content folder' });
    return cleanPicture(await readFile(target), file);
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError(`the image ${file} cannot be read`, { hint: 'look whether it is there', cause: error });
  }
}

/**
 * Returns the same picture without metadata, except its rotation (EXIF orientation) and its colours (ICC). Throws ExpectedError for an
 * unsupported format, because its content is unknown.
 */
export function cleanPicture(bytes: Uint8Array, file: string): Uint8Array {
  const clean = cleanerOf(bytes);
  if (clean === null)
    throw new ExpectedError(`the image ${file} is no PNG, JPEG, WebP, GIF or SVG, whatever its name says`, {
      hint: 'save it in one of these formats',
    });
  return clean(bytes);
}

function cleanerOf(bytes: Uint8Array): ((bytes: Uint8Array) => Uint8Array) | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\xff\xd8')) return cleanJpeg;
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return cleanPng;
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return cleanWebp;
  if (head.startsWith('GIF8')) return cleanGif;
  return /<(?:[\w-]+:)?svg[\s>]/i.test(Buffer.from(bytes).toString('utf8')) ? (svg) => cleanSvg(svg, cleanPicture) : null;
}

/**
 * Returns a GIF (GIF89a, sections 17 to 27) without comments, texts, and application blocks other than the one for repetition. Drops
 * everything after its end.
 */
function cleanGif(bytes: Uint8Array): Uint8Array {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 13 + tableSize(source[10] ?? 0);
  const parts: Uint8Array[] = [source.subarray(0, at)];
  while (at < source.length) {
    const start = at;
    const kind = source[at];
    if (kind === EXTENSION) {
      at = endOfBlocks(source, at + 2);
      if (isNeeded(source, start)) parts.push(source.subarray(start, at));
    } else if (kind === IMAGE) {
      at = endOfBlocks(source, at + 11 + tableSize(source[at + 9] ?? 0));
      parts.push(source.subarray(start, at));
    } else break;
  }
  return Buffer.concat([...parts, Buffer.from([TRAILER])]);
}

function isNeeded(source: Buffer, at: number): boolean {
  const label = source[at + 1];
  return label === CONTROL || (label === APPLICATION && /^(?:NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(source.toString('latin1', at + 3, at + 14)));
}

/** Returns the size of a colour table, with three bytes per colour. The lowest bits of the flags give the number of colours. */
function tableSize(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}

/** Returns the end of a list of blocks. Each starts with its length; a length of 0 ends the list. */
function endOfBlocks(source: Buffer, from: number): number {
  let at = from;
  while (at < source.length && (source[at] ?? 0) !== 0) at += 1 + (source[at] ?? 0);
  return Math.min(source.length, at + 1);
}

const [EXTENSION, IMAGE, TRAILER] = [0x21, 0x2c, 0x3b];
const [CONTROL, APPLICATION] = [0xf9, 0xff];

/** Returns a PNG (W3C, third edition, 11) with only the chunks that are needed to draw it. Drops everything after its end. */
function cleanPng(bytes: Uint8Array): Uint8Array {
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

/** The chunk has a name, a zero byte, the compression method, and the profile. */
function coloured(data: Buffer): Uint8Array[] {
  try {
    const profile = coloursAlone(inflateSync(data.subarray(data.indexOf(0) + 2)));
    return profile === null ? [] : [chunk('iCCP', Buffer.concat([Buffer.from('ICC\0\0', 'latin1'), deflateSync(profile)]))];
  } catch {
    // Browsers ignore a profile that they cannot read.
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

/**
 * Returns an SVG without titles, descriptions, metadata, comments, and additions of editors in their own namespaces. `clean` cleans
 * pictures inside it. Text that is not XML is returned unchanged, because no browser shows it.
 */
function cleanSvg(bytes: Uint8Array, clean: (bytes: Uint8Array, file: string) => Uint8Array): Uint8Array {
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  const entities = /<!DOCTYPE[^[>]*\[[^\]]*<!ENTITY[^\]]*\]\s*>/.exec(text)?.[0] ?? '';
  let nodes: Node[];
  try {
    nodes = parser.parse(text);
  } catch {
    return bytes;
  }
  const xml = builder.build(cleaned(nodes));
  const drawn = xml.replace(EMBEDDED, (_: string, type: string, data: string) => {
    const picture = clean(Buffer.from(data.replace(/\s|&#\w+;/g, ''), 'base64'), 'within an SVG');
    return `data:image/${type};base64,${Buffer.from(picture).toString('base64')}`;
  });
  return Buffer.from(`${entities.replace(/<!--[\s\S]*?-->/g, '')}${drawn}`, 'utf8');
}

const EMBEDDED = /data:image\/(png|jpe?g|webp|gif|svg\+xml);base64,((?:[A-Za-z0-9+/=]|\s|&#\w+;)+)/g;

type Node = Record<string, unknown>;

const options = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  cdataPropName: '#cdata',
  processEntities: false,
} as const;
const parser = new XMLParser({ ...options, trimValues: false, parseTagValue: false, parseAttributeValue: false, htmlEntities: false });
const builder = new XMLBuilder({ ...options, format: false, suppressEmptyNode: false, suppressBooleanAttributes: false });

function cleaned(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((node): Node[] => {
    const name = Object.keys(node).find((key) => key !== ':@') ?? '';
    const content = node[name];
    if (name === '#text' || name === '#cdata') return [node];
    if (name.startsWith('?') || SAYS_NOTHING.test(name) || isForeign(name)) return [];
    const attributes = Object.entries((node[':@'] ?? {}) as Node).filter(([key]) => !isRemark(key));
    return [{ [name]: Array.isArray(content) ? cleaned(content) : content, ':@': Object.fromEntries(attributes) }];
  });
}

const SAYS_NOTHING = /^(?:svg:)?(?:title|desc|metadata)$/;
/** Elements of other namespaces are not drawn. Some programs write the prefix of SVG itself. */
const isForeign = (name: string) => name.includes(':') && !name.startsWith('svg:');
const isRemark = (key: string) => /^(?:data-|aria-)/.test(key) || (key.includes(':') && !/^(?:xmlns|xml|xlink):/.test(key));

// WebP

/** Returns a WebP (RFC 9649, 2) with only the chunks that are needed to draw it. */
function cleanWebp(bytes: Uint8Array): Uint8Array {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = Math.min(source.length, source.readUInt32LE(4) + 8);
  const parts = chunksOf(source.subarray(12, end)).flatMap(({ type, data }) => kept(type, data));
  const types = new Set(parts.map(({ type }) => type));
  const body = Buffer.concat(parts.map(({ type, data }) => riffChunk(type, type === 'VP8X' ? flagged(data, types) : data)));
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
      return NEEDED_IN_WEBP.has(type) ? [{ type, data }] : [];
  }
}

const frameParts = ({ type, data }: Chunk) => (FRAME_PARTS.has(type) ? [riffChunk(type, data)] : []);

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

function riffChunk(type: string, data: Uint8Array): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(data.length);
  return Buffer.concat([Buffer.from(type, 'latin1'), size, data, Buffer.alloc(data.length % 2)]);
}

const NEEDED_IN_WEBP = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM']);
const FRAME_PARTS = new Set(['VP8 ', 'VP8L', 'ALPH']);
const [XMP, EXIF, ICC] = [0x04, 0x08, 0x20];
/** Position, size and duration of a frame, in bytes. */
const FRAME = 16;
