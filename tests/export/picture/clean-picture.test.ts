/** Nothing but what is seen leaves with a picture. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanPicture } from '../../../scripts/export/picture/clean-picture.ts';

const camera = readFileSync(path.join(import.meta.dirname, 'input', 'camera.jpg'));
const NAME = 'Zebulon Quist';
const u32 = (value: number) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value]);
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
/** In every encoding that metadata is written in. */
const saysName = (bytes: Uint8Array) => {
  const plain = latin1(bytes);
  return ['Quist', [...'Quist'].join('\0')].some((name) => plain.includes(name));
};
const tiff = (orientation: number) =>
  Buffer.concat([
    Buffer.from('II*\0\x08\0\0\0\x02\0', 'latin1'),
    Buffer.from([0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]),
    Buffer.from([0x3b, 1, 2, 0, 13, 0, 0, 0, 38, 0, 0, 0]),
    u32(0),
    Buffer.from(NAME),
  ]);

const pngChunk = (type: string, data: Uint8Array) => Buffer.concat([u32(data.length), Buffer.from(type), data, u32(0)]);
const png = (...chunks: Buffer[]) =>
  Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
    ...chunks,
    pngChunk('IDAT', deflateSync(Buffer.from([0, 7]))),
    pngChunk('IEND', Buffer.alloc(0)),
    Buffer.from(NAME),
  ]);
const riffChunk = (type: string, data: Buffer) => {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(data.length);
  return Buffer.concat([Buffer.from(type), size, data, Buffer.alloc(data.length % 2)]);
};
const webp = (...chunks: Buffer[]) => Buffer.concat([Buffer.from('RIFF'), riffChunk('', Buffer.concat([Buffer.from('WEBP'), ...chunks]))]);

describe('a JPEG', () => {
  it('of a camera keeps its picture and how it is turned, and nothing else', () => {
    expect(saysName(camera)).toBe(true);
    const clean = cleanPicture(camera, 'camera.jpg');
    expect(saysName(clean)).toBe(false);
    expect(latin1(clean)).not.toMatch(/GPS|Photoshop|xpacket|http:|Canon/);
    // The coded data, to the byte.
    const scan = camera.indexOf(Buffer.from([0xff, 0xda]), camera.lastIndexOf('Quist'));
    expect(Buffer.from(clean).includes(camera.subarray(scan, camera.lastIndexOf(Buffer.from([0xff, 0xd9]))))).toBe(true);
    expect(cleanPicture(clean, 'again')).toEqual(clean);
  });

  it.each([2, 3, 6, 8])('stays turned %i', (orientation) => {
    const body = Buffer.concat([Buffer.from('Exif\0\0'), tiff(orientation)]);
    const exif = Buffer.concat([Buffer.from([0xff, 0xe1, 0, body.length + 2]), body]);
    const clean = cleanPicture(Buffer.concat([camera.subarray(0, 2), exif, cleanPicture(camera, '').subarray(2)]), '');
    expect(latin1(clean)).toContain(`Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0${String.fromCharCode(orientation)}`);
    expect(saysName(clean)).toBe(false);
  });

  it('loses what stands behind its end: another picture, a film', () => {
    const clean = cleanPicture(Buffer.concat([camera, camera]), '');
    expect(clean).toEqual(cleanPicture(camera, ''));
  });
});

describe('a PNG', () => {
  const said = Buffer.from(`Author\0${NAME}`);
  it.each([
    ['text', pngChunk('tEXt', said)],
    ['compressed text', pngChunk('zTXt', said)],
    ['international text', pngChunk('iTXt', said)],
    ['time', pngChunk('tIME', Buffer.from(NAME))],
    ['EXIF', pngChunk('eXIf', tiff(1))],
    ['a profile', pngChunk('iCCP', Buffer.concat([Buffer.from(`${NAME}\0\0`), deflateSync(Buffer.from(NAME))]))],
    ['a palette with a name', pngChunk('sPLT', said)],
    ['what only its program knows', pngChunk('quIs', said)],
  ])('loses %s', (_, chunk) => {
    expect(cleanPicture(png(chunk), '')).toEqual(png().subarray(0, -NAME.length));
  });

  it('stays turned', () => {
    const clean = cleanPicture(png(pngChunk('eXIf', tiff(6))), '');
    expect(latin1(clean)).toContain('eXIfMM\0*');
    expect(saysName(clean)).toBe(false);
  });

  it('keeps the colours of a profile without its texts', () => {
    const profile = Buffer.alloc(128 + 4 + 24 + 20 + 20);
    profile.write('acsp', 36);
    profile.writeUInt32BE(2, 128);
    profile.write('cprt', 132);
    profile.set(u32(156), 136);
    profile.set(u32(20), 140);
    profile.write('rXYZ', 144);
    profile.set(u32(176), 148);
    profile.set(u32(20), 152);
    profile.write(NAME, 160);
    profile.write('XYZ RED', 176);
    const clean = cleanPicture(png(pngChunk('iCCP', Buffer.concat([Buffer.from('p\0\0'), deflateSync(profile)]))), '');
    const at = Buffer.from(clean).indexOf('iCCP');
    const kept = inflateSync(Buffer.from(clean).subarray(at + 4 + 'ICC\0\0'.length, at + 4 + Buffer.from(clean).readUInt32BE(at - 4)));
    expect(latin1(kept)).toContain('rXYZ');
    expect(latin1(kept)).toContain('XYZ RED');
    expect(latin1(kept)).not.toMatch(/Quist|cprt/);
  });
});

it('a WebP loses EXIF, XMP and strange chunks, and its header says so', () => {
  const header = (flags: number) => riffChunk('VP8X', Buffer.from([flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  const picture = riffChunk('VP8L', Buffer.from('the picture'));
  const dirty = webp(
    header(0x2c),
    picture,
    riffChunk('EXIF', tiff(1)),
    riffChunk('XMP ', Buffer.from(NAME)),
    riffChunk('quis', Buffer.from(NAME)),
  );
  expect(cleanPicture(dirty, '')).toEqual(webp(header(0), picture));
  const turned = cleanPicture(webp(header(0x08), picture, riffChunk('EXIF', tiff(8))), '');
  expect(saysName(turned)).toBe(false);
  expect(latin1(turned)).toContain('EXIF');
});

it('a GIF loses comments, texts and strange applications, and goes on repeating', () => {
  const head = Buffer.from('GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1');
  const control = Buffer.from('\x21\xf9\x04\0\0\0\0\0', 'latin1');
  const image = Buffer.from('\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0', 'latin1');
  const repeat = Buffer.from('\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0', 'latin1');
  const comment = Buffer.from(`\x21\xfe\x0d${NAME}\0`, 'latin1');
  const xmp = Buffer.from(`\x21\xff\x0bXMP DataXMP\x0d${NAME}\0`, 'latin1');
  const end = Buffer.from(';');
  expect(cleanPicture(Buffer.concat([head, comment, repeat, xmp, control, image, end, Buffer.from(NAME)]), '')).toEqual(
    Buffer.concat([head, repeat, control, image, end]),
  );
});

it('an SVG loses titles, descriptions, metadata, comments and marks of editors, and pictures in it are cleaned', () => {
  const inner = `data:image/jpeg;base64,${camera.toString('base64')}`;
  const svg = `<?xml version="1.0"?><!-- ${NAME} --><svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://i" viewBox="0 0 1 1" aria-label="${NAME}">
<title>${NAME}</title><desc>${NAME}</desc><metadata><rdf:RDF xmlns:rdf="r"><dc:creator>${NAME}</dc:creator></rdf:RDF></metadata>
<g inkscape:label="${NAME}" data-name="${NAME}"><path d="M0 0h1"/><text>a &amp; b</text><image href="${inner}"/></g><sodipodi:namedview x="${NAME}"/></svg>`;
  const clean = Buffer.from(cleanPicture(Buffer.from(svg), '')).toString('utf8');
  expect(clean).not.toContain('Quist');
  expect(clean).toContain('<path d="M0 0h1"');
  expect(clean).toContain('<text>a &amp; b</text>');
  expect(clean).toContain(Buffer.from(cleanPicture(camera, '')).toString('base64'));
});

it('whatever else it is, it does not leave', () => {
  expect(() => cleanPicture(Buffer.from('BM a bitmap'), 'x.png')).toThrow(/x\.png is no PNG, JPEG, WebP, GIF or SVG/);
});

it('broken pictures are read to their end', () => {
  fc.assert(
    fc.property(fc.nat(camera.length), fc.nat(255), (at, value) => {
      const broken = Buffer.from(camera.subarray(0, Math.max(2, at)));
      if (broken.length > 3) broken[broken.length - 1] = value;
      expect(cleanPicture(broken, '').length).toBeLessThanOrEqual(broken.length + 64);
    }),
  );
});
