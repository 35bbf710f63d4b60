/** Pictures without anything but what is seen: no camera, place, author, comment or small copy of an earlier version leaves with them. */
import { ExpectedError } from '../../shared/errors.ts';
import { cleanGif } from './clean-gif.ts';
import { cleanJpeg } from './clean-jpeg.ts';
import { cleanPng } from './clean-png.ts';
import { cleanSvg } from './clean-svg.ts';
import { cleanWebp } from './clean-webp.ts';

/**
 * The same picture without metadata. How it is turned (EXIF orientation) and its colours (ICC) stay, as the only things of these. Throws ExpectedError for bytes
 * of a format that is not shown: nobody knows what they hold.
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
