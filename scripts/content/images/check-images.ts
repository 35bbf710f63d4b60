/** Checks that the images named in texts exist and can be shown. */
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import nodePath from 'node:path';
// fast-xml-parser: checks that an SVG is well-formed XML. The import of qdpx files uses it too.
import { XMLValidator } from 'fast-xml-parser';
import type { Problem } from '../../model/problems/problem.ts';
import { problem } from '../../model/problems/problem-text.ts';
import { stampOf } from '../../shared/cache/hashes.ts';
import { isInside } from '../../shared/paths.ts';
import type { ImageUse } from '../markdown/markdown-inline.ts';

/** Larger images are not shown. A photograph that fills a slide in print quality is about a tenth of this. */
export const MAX_IMAGE_BYTES = 20 * 1024 * 1024;

export interface CheckedImages {
  problems: Problem[];
  /** The real paths of images whose file name differs from the decoded address, by `path` of the use. */
  moved: ReadonlyMap<string, string>;
}

/** Reports images that are missing, lie outside the content folder, are too large, or cannot be shown as they are. */
export async function checkImages(root: string, uses: readonly ImageUse[]): Promise<CheckedImages> {
  const byPath = new Map(uses.map((use) => [use.path, use]));
  const states = new Map(await Promise.all([...byPath].map(async ([path, use]) => [path, await imageState(root, use)] as const)));
  const moved = [...states].flatMap(([path, state]) =>
    state.type === 'found' && state.path !== path ? [[path, state.path] as const] : [],
  );
  return { problems: uses.flatMap((use) => problemsOf(use, states.get(use.path))), moved: new Map(moved) };
}

type ImageState =
  | { type: 'missing'; suggestion: string | null }
  | { type: 'outside' }
  | { type: 'other-format'; format: string }
  | { type: 'found'; path: string; bytes: number; flaws: readonly Flaw[] };

function problemsOf({ file, line, column, src }: ImageUse, state: ImageState | undefined): Problem[] {
  const place = { file, line, column };
  const shown = src.slice(0, MOST_SHOWN);
  switch (state?.type) {
    case undefined:
      return [];
    case 'missing':
      return [problem('missing-image', place, { src: shown, suggestion: state.suggestion })];
    case 'outside':
      return [problem('unsafe-path', place, { path: shown })];
    case 'other-format':
      return [problem('image-format', place, { src: shown, format: state.format })];
    case 'found':
      if (state.bytes > MAX_IMAGE_BYTES) {
        return [problem('image-too-large', place, { src: shown, bytes: state.bytes, limit: MAX_IMAGE_BYTES })];
      }
      return state.flaws.map((flaw) => problem(flaw.shown ? 'flawed-image' : 'broken-image', place, { src: shown, flaw: flaw.text }));
  }
}

/** In characters. An address can contain a whole embedded picture. */
const MOST_SHOWN = 200;

async function imageState(root: string, { path, typed }: ImageUse): Promise<ImageState> {
  const named = (await findNamed(root, path)) ?? (typed === null ? null : await findNamed(root, typed));
  if (named === null) return { type: 'missing', suggestion: await similarTo(root, path) };
  const file = nodePath.join(root, named);
  const target = await realpath(file).catch(() => null);
  const info = target === null ? null : await stat(target).catch(() => null);
  if (target === null || info?.isFile() !== true) return { type: 'missing', suggestion: null };
  if (!isInside(root, target)) return { type: 'outside' };
  if (info.size > MAX_IMAGE_BYTES) return { type: 'found', path: named, bytes: info.size, flaws: [] };
  const { format, flaws } = await readFlaws(target, stampOf(info));
  if (format !== null) return { type: 'other-format', format };
  return isShownName(named)
    ? { type: 'found', path: named, bytes: info.size, flaws }
    : { type: 'other-format', format: nodePath.extname(named).slice(1) || 'without an extension' };
}

interface Looked {
  stamp: string;
  /** The format of a file that browsers do not show; null when the format can be shown. */
  format: string | null;
  flaws: Flaw[];
}

/** Results by file, so that a long-running process reads a picture again only when it has changed. */
const looked = new Map<string, Looked>();

async function readFlaws(file: string, stamp: string): Promise<Looked> {
  const known = looked.get(file);
  if (known?.stamp === stamp) return known;
  const bytes = await readFile(file).catch(() => null);
  const read: Looked =
    bytes === null
      ? { stamp, format: null, flaws: [{ shown: false, text: 'cannot be read' }] }
      : { stamp, format: formatOf(bytes), flaws: flawsOf(bytes) };
  looked.set(file, read);
  return read;
}

/**
 * Returns the path as it is spelt on the disk, where accented letters may be composed (NFC) or decomposed (NFD). Null when there is no
 * such file.
 */
async function findNamed(root: string, path: string): Promise<string | null> {
  if (path.includes('\0')) return null;
  if ((await stat(nodePath.join(root, path)).catch(() => null)) !== null) return path;
  return findLike(root, path, (name) => name.normalize('NFC'));
}

/**
 * Returns the name of a file that may have been meant: it differs in case, or the address has a `?` or `#` part too many. Null when there
 * is none.
 */
async function similarTo(root: string, path: string): Promise<string | null> {
  const bare = path.replace(/[?#][^/]*$/, '');
  const found =
    (await findLike(root, path, (name) => name.normalize('NFC').toLowerCase())) ??
    (bare === path ? null : await findLike(root, bare, (name) => name.normalize('NFC').toLowerCase()));
  return found === null ? null : nodePath.posix.basename(found);
}

async function findLike(root: string, path: string, fold: (name: string) => string): Promise<string | null> {
  let found = '';
  for (const segment of path.split('/')) {
    if (segment === '..') return null;
    const names = await readdir(nodePath.join(root, found)).catch((): string[] => []);
    const name = names.includes(segment) ? segment : names.find((each) => fold(each) === fold(segment));
    if (name === undefined) return null;
    found = found === '' ? name : `${found}/${name}`;
  }
  return found;
}

// Flaws in image files, as far as their bytes show them

const SHOWN_NAME = /\.(?:png|jpe?g|webp|gif|svg)$/i;

/** Whether the extension is one of a format that is shown. */
function isShownName(path: string): boolean {
  return SHOWN_NAME.test(path);
}

/** Returns the name of a format that browsers do not show, from the first bytes of the file. Null for all other files. */
function formatOf(bytes: Buffer): string | null {
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

/**
 * A fault of a picture. `text` completes a sentence that begins with the file name; `shown` says whether a browser shows any part of it.
 */
interface Flaw {
  shown: boolean;
  text: string;
}

function flawsOf(bytes: Buffer): Flaw[] {
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

/** A PNG file is a list of chunks: length, name, data and a checksum of four bytes. IEND is the last one. */
function isWholePng(bytes: Buffer): boolean {
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return end <= bytes.length;
    at = end;
  }
  return false;
}

/**
 * A JPEG file is a list of segments with their lengths, then coded data in which FF is followed by 0 or a restart marker. EOI (FF D9)
 * ends it.
 */
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

/** Matches addresses that a browser would load to draw the SVG: images, shapes, style sheets. A link (`<a href>`) loads nothing. */
const FAR =
  /<(?:[\w-]+:)?(?:image|use|feImage|script|pattern|linearGradient|radialGradient|textPath|mpath|link|img|iframe)\b[^>]*?\b(?:xlink:href|href|src)\s*=\s*["']([^"']*)["']|(?:url\(\s*["']?|@import\s+["'])([^"')]+)/gi;
