import { posix } from 'node:path';
import { decodePath } from '../../shared/addresses.ts';

/** An image that a text names, and where it is named. */
export interface ImageUse {
  file: string;
  line: number;
  column: number;
  /** As its author wrote it. */
  src: string;
  /** The file that the address means by the rules of URLs, relative to the content folder. */
  path: string;
  /** The file of exactly that name, where it is another one: `map%201.png` may be called just that. */
  typed: string | null;
}

export type ImagePath =
  | { ok: true; path: string; typed: string | null }
  | { ok: false; code: 'unsafe-path' | 'far-image' | 'image-without-name' };

/**
 * Where an image path leads, seen from the file that names it; both are relative to the content folder. Decides by the text alone:
 * whether the file exists, what it is, and where links lead, is asked of the disk later.
 */
export function resolveImage(file: string, src: string): ImagePath {
  const path = decodePath(src).replaceAll('\\', '/');
  if (path.trim() === '') return { ok: false, code: 'image-without-name' };
  if (/^file:/i.test(path) || /^[a-z]:/i.test(path) || path.startsWith('/')) return { ok: false, code: 'unsafe-path' };
  // Other schemes (https:, data:) name no file of the content folder.
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) return { ok: false, code: 'far-image' };
  const seenFrom = (name: string) => posix.normalize(posix.join(posix.dirname(file), name));
  const resolved = seenFrom(path);
  if (resolved.startsWith('../') || resolved === '..') return { ok: false, code: 'unsafe-path' };
  const typed = seenFrom(src.replaceAll('\\', '/'));
  return { ok: true, path: resolved, typed: typed === resolved || typed.startsWith('../') ? null : typed };
}
