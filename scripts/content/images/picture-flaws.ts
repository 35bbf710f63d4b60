/** What can be told from a picture's bytes: its format, and why a browser would show it torn, cut off or otherwise than meant. */
// fast-xml-parser: says whether an SVG is XML at all; the import of qdpx files has it too.
import { XMLValidator } from 'fast-xml-parser';

/** What slides, papers and presentations show. */
export const SHOWN_FORMATS = 'png, jpg, webp, gif and svg';

const SHOWN_NAME = /\.(?:png|jpe?g|webp|gif|svg)$/i;

/** Whether a file is named as a format that is shown. */
export function isShownName(path: string): boolean {
  return SHOWN_NAME.test(path);
}

/** The name of a format that is not shown, by the first bytes; null for one that is shown, or that nothing is known of. */
export function formatOf(bytes: Buffer): string | null {
  const head = bytes.toString('latin1', 0, 16);
  const brand = /^....ftyp(....)/s.exec(head)?.[1];
  if (brand !== undefined) return /^avi/.test(brand) ? 'avif' : /^(?:hei|hev|mif|msf)/.test(brand) ? 'heic' : 'mp4';
  if (head.startsWith('BM')) return 'bmp';
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return 'tiff';
  if (head.startsWith('%PDF')) return 'pdf';
  if (head.startsWith('8BPS')) return 'psd';
  if (head.startsWith('\0\0\x01\0')) return 'ico';
  if (head.startsWith('\xff\x0a') || head.startsWith('\0\0\0\x0cJXL ')) return 'jxl';
  if (head.startsWith('\0\0\0\x0cjP  ')) return 'jp2';
  if (head.startsWith('\x1f\x8b')) return 'svgz';
  return null;
}

/** What is wrong with a picture: the end of a sentence that begins with its name; `shown` tells whether a browser shows anything of it. */
export interface Flaw {
  shown: boolean;
  text: string;
}

export function flawsOf(bytes: Buffer): Flaw[] {
  if (bytes.length === 0) return [{ shown: false, text: 'is an empty file' }];
  const head = bytes.toString('latin1', 0, 12);
  if (head.startsWith('\x89PNG')) return endsTooSoon(isWholePng(bytes), bytes.includes('IDAT'));
  if (head.startsWith('\xff\xd8')) return endsTooSoon(isWholeJpeg(bytes), bytes.includes(START_OF_SCAN));
  if (head.startsWith('GIF8')) return endsTooSoon(bytes.lastIndexOf(0x3b) > bytes.length / 2, bytes.length > 100);
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return endsTooSoon(bytes.length >= bytes.readUInt32LE(4) + 8, bytes.length > 100);
  const text = bytes.toString('utf8', 0, Math.min(bytes.length, MOST_OF_SVG));
  return /<(?:[\w-]+:)?svg[\s>]/i.test(text) ? svgFlaws(text) : [{ shown: false, text: 'is no picture, whatever its name says' }];
}

const MOST_OF_SVG = 4 * 1024 * 1024;
const START_OF_SCAN = Buffer.from([0xff, 0xda]);

function endsTooSoon(isWhole: boolean, shown: boolean): Flaw[] {
  if (isWhole) return [];
  return [{ shown, text: shown ? 'ends too soon: only a part of it would be shown' : 'ends before there is anything to show' }];
}

/** PNG: chunks of a length, a name, the data and four bytes of checksum; IEND is the last. */
function isWholePng(bytes: Buffer): boolean {
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return end <= bytes.length;
    at = end;
  }
  return false;
}

/** JPEG: segments with their length, then coded data in which FF is followed by 0 or a restart mark; EOI (FF D9) ends it. */
function isWholeJpeg(bytes: Buffer): boolean {
  let at = 2;
  while (at + 3 < bytes.length) {
    if (bytes[at] !== 0xff) return false;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xd9) return true;
    if (marker === 0xff) at += 1;
    else {
      at += 2 + bytes.readUInt16BE(at + 2);
      if (marker === 0xda) at = endOfCoded(bytes, at);
    }
  }
  return bytes[at] === 0xff && bytes[at + 1] === 0xd9;
}

function endOfCoded(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== 0 && next !== 0xff && !(next !== undefined && next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

function svgFlaws(text: string): Flaw[] {
  const valid = XMLValidator.validate(text);
  if (valid !== true) return [{ shown: false, text: `is no well-formed XML (line ${valid.err.line}), so browsers do not show it` }];
  if (!/\bxmlns\s*=\s*["']http:\/\/www\.w3\.org\/2000\/svg["']/.test(text)) {
    return [{ shown: false, text: 'lacks xmlns="http://www.w3.org/2000/svg", so browsers do not show it' }];
  }
  const far = [...text.matchAll(FAR)].flatMap(([, quoted, url]) => {
    const address = (quoted ?? url ?? '').trim();
    return address === '' || /^(?:#|data:)/i.test(address) ? [] : [address.slice(0, 80)];
  });
  const asked = [...new Set(far)].slice(0, 3).join(', ');
  const flaws = [
    asked === '' ? '' : `asks for other files (${asked}), which a picture does not get`,
    /<(?:[\w-]+:)?script[\s>/]/i.test(text) ? 'has a script, which does not run in a picture' : '',
    /<(?:[\w-]+:)?(?:text|foreignObject)[\s>]/i.test(text) && !/@font-face/i.test(text)
      ? 'has text without its font, which each machine shows in another one'
      : '',
  ];
  return flaws.filter((flaw) => flaw !== '').map((flaw) => ({ shown: true, text: flaw }));
}

/** Addresses of what is to be drawn: images, used shapes, style sheets. A link (`<a href>`) asks for nothing. */
const FAR =
  /<(?:[\w-]+:)?(?:image|use|feImage|script|pattern|linearGradient|radialGradient|textPath|mpath|link|img|iframe)\b[^>]*?\b(?:xlink:href|href|src)\s*=\s*["']([^"']*)["']|(?:url\(\s*["']?|@import\s+["'])([^"')]+)/gi;
