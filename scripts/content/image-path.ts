import { posix } from 'node:path';

/** An image that a text names: `src` as its author wrote it, `path` relative to the content folder, and where it is named. */
export interface ImageUse {
  file: string;
  line: number;
  column: number;
  src: string;
  path: string;
}

export type ImagePath = { ok: true; path: string } | { ok: false; code: 'missing-image' | 'unsafe-path' | 'image-name' };

/** Slidev makes an import statement of an image's address, so quotes and the marks of addresses may not stand in it. */
const PLAIN_NAME = /^[\p{L}\p{M}\p{N}._ /-]+$/u;

const EXTENSION = /\.(?:png|jpe?g|webp|gif|svg)$/i;

/**
 * Where an image path leads, seen from the file that names it; both are relative to the content folder. Decides by the text alone:
 * whether the file exists, and where links lead, is asked of the disk later.
 */
export function resolveImage(file: string, src: string): ImagePath {
  const path = decode(src).replaceAll('\\', '/');
  if (/^file:/i.test(path) || /^[a-z]:/i.test(path) || path.startsWith('/')) return { ok: false, code: 'unsafe-path' };
  // Other schemes (https:, data:) name no file of the content folder; neither do names that no disk can hold.
  if (/^[a-z][a-z0-9+.-]*:/i.test(path) || path.includes('\0') || !EXTENSION.test(path)) return { ok: false, code: 'missing-image' };
  const resolved = posix.normalize(posix.join(posix.dirname(file), path));
  if (resolved.startsWith('../')) return { ok: false, code: 'unsafe-path' };
  return PLAIN_NAME.test(resolved) ? { ok: true, path: resolved } : { ok: false, code: 'image-name' };
}

function decode(src: string): string {
  try {
    return decodeURIComponent(src);
  } catch {
    return src;
  }
}
