/** Whether the images that texts name are there, under which name, and whether they can be shown. */
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import nodePath from 'node:path';
import type { Problem } from '../../model/problems/problem.ts';
import { problem } from '../../model/problems/problem-text.ts';
import { stampOf } from '../../shared/cache/stamps.ts';
import { isInside } from '../../shared/paths.ts';
import type { ImageUse } from './image-path.ts';
import { type Flaw, flawsOf, formatOf, isShownName } from './picture-flaws.ts';

/** Images above this are not shown: a photograph that fills the slide in print quality has a tenth of it. */
export const MAX_IMAGE_BYTES = 20 * 1024 * 1024;

export interface CheckedImages {
  problems: Problem[];
  /** Where images lie whose files have another name than their address says by the rules of URLs: by `path` of the use. */
  moved: ReadonlyMap<string, string>;
}

/** Finds out which of the images that texts name are missing, lead outside the content folder, are too large, or cannot be shown as they are. */
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

/** Addresses can be as long as an embedded picture. */
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
  /** The format of a file that no browser shows; null of one that can be shown. */
  format: string | null;
  flaws: Flaw[];
}

/** A process that follows edits reads a picture again only when it has changed. */
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

/** The path of a file as it is written on the disk; letters with accents may be composed there, or not (NFC, NFD). Null when there is none. */
async function findNamed(root: string, path: string): Promise<string | null> {
  if (path.includes('\0')) return null;
  if ((await stat(nodePath.join(root, path)).catch(() => null)) !== null) return path;
  return findLike(root, path, (name) => name.normalize('NFC'));
}

/** A file that may be meant: its name with capital or small letters, or the address without what follows a `?` or `#`. */
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
