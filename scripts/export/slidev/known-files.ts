/** Decides which files of the machine a deck may use, both for serving and for compiling. */
import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';
import { isInside, projectRoot } from '../../shared/paths.ts';

export interface KnownFolders {
  /** The folder in which Vite and Slidev write: every file. */
  work: string;
  /** Folders of code and style sheets: every file except hidden ones. */
  code: readonly string[];
  /** Folders that may contain other files of the user: only images. */
  images: readonly string[];
}

/**
 * Rejects every other file, by its URL and by its module id, with symbolic links resolved. Vite itself checks only the name, and reads
 * everything in a folder. Must be the first plugin.
 */
export function knownFiles(folders: KnownFolders): Plugin {
  return {
    name: 'briefdeck:known-files',
    enforce: 'pre',
    configureServer({ middlewares, config: { base } }) {
      middlewares.use(({ url = '/' }, response, next) => {
        const place = url.startsWith(base) ? url.slice(base.length - 1) : url;
        if (filesAt(place).every((file) => isKnown(file, folders))) next();
        else response.writeHead(403).end();
      });
    },
    load(id) {
      // Slidev would list any folder of the machine there, for an editor that our decks do not have.
      if (id.startsWith('/@slidev-monaco-types/')) throw new Error('decks have no editor');
      const file = fileOf(withoutQuery(id));
      if (!path.isAbsolute(file) || isKnown(file, folders)) return null;
      throw new Error(`${file} is none of the files that a deck is made of`);
    },
  };
}

/** Returns whether a deck may use a file. True for a file that does not exist, because many modules have names like files. */
export function isKnown(file: string, { work, code, images }: KnownFolders): boolean {
  const target = resolved(file);
  if (target === null || target.type === 'folder') return true;
  if (target.type === 'device') return false;
  const below = (folder: string) => {
    const root = resolved(folder)?.path;
    return root !== undefined && isInside(root, target.path) ? path.relative(root, target.path) : null;
  };
  const shows = (folder: string) => !HIDDEN.test(below(folder) ?? '.');
  return below(work) !== null || code.some(shows) || (IMAGE.test(target.path) && images.some(shows));
}

const HIDDEN = /(?:^|[\\/])\./;
/** The picture formats that content may use (check-images.ts). */
const IMAGE = /\.(?:png|jpe?g|webp|gif|svg)$/i;

/** Returns what a path leads to. Null when nothing is there. */
function resolved(file: string): { path: string; type: 'file' | 'folder' | 'device' } | null {
  try {
    const target = realpathSync.native(file);
    const stats = statSync(target);
    return { path: target, type: stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'device' };
  } catch {
    // It does not exist, is not a valid path, or may not be accessed. In all cases it cannot be read.
    return null;
  }
}

/** Returns all files that a URL could mean: Vite accepts absolute paths with and without /@fs, and paths relative to its root. */
function filesAt(url: string): string[] {
  const place = withoutQuery(url);
  const readings = new Set([decoded(place, decodeURI), decoded(place, decodeURIComponent)]);
  return [...readings].flatMap((reading) => [fileOf(reading), path.join(projectRoot, reading)]);
}

/** `/@fs/etc/x` is `/etc/x`, `/@fs/C:/x` is `C:/x`. */
function fileOf(id: string): string {
  return id.replace(/^\/+@fs(?:\/+(?=[a-z]:))?/i, '');
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

function decoded(text: string, decode: (text: string) => string): string {
  try {
    return decode(text);
  } catch {
    return text;
  }
}
