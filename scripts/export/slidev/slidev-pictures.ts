/**
 * Loads pictures of a deck: without metadata, and from any path. Vite alone would misread marks in a path that have a meaning in addresses
 * (`#`, `?`, quotes, percent signs).
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import type { Plugin } from 'vite';
import { pathOfDeckImport } from '../../shared/addresses.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { cleanPicture } from '../picture/clean-picture.ts';
import { mediaTypeOf } from '../server/answer-headers.ts';
import { isKnown, type KnownFolders } from './known-files.ts';

/**
 * Returns a plugin that adds the pictures of slides to the bundle, or serves them at their own addresses. Rejects files that a deck may not
 * use.
 */
export function deckPictures(known: KnownFolders): Plugin {
  let served: { base: string } | null = null;
  return {
    name: 'briefdeck:deck-pictures',
    enforce: 'pre',
    configResolved({ command, base }) {
      served = command === 'serve' ? { base } : null;
    },
    resolveId: {
      order: 'pre',
      handler(id, importer) {
        if (importer === undefined || !SLIDE.test(importer) || !PICTURE.test(id) || !/^\.{0,2}\//.test(id)) return null;
        const folder = path.dirname(importer.replace(SLIDE, ''));
        const file = path.resolve(folder, pathOfDeckImport(id));
        // Vite reports that the file is missing.
        return existsSync(file) ? `${MODULE}${nameFor(file)}` : null;
      },
    },
    async load(id) {
      if (!id.startsWith(MODULE)) return null;
      const file = fileFor(id.slice(MODULE.length));
      if (!isKnown(file, known)) throw new Error(`${file} is none of the files that a deck is made of`);
      if (served !== null) return `export default ${JSON.stringify(`${served.base}${SERVED.slice(1)}${nameFor(file)}`)};`;
      const source = cleanPicture(await readFile(file), file);
      const fileName = `deck/picture-${sha256(source).slice(0, 16)}${path.extname(file).toLowerCase()}`;
      this.emitFile({ type: 'asset', fileName, source, originalFileName: file });
      return `export default ${JSON.stringify(`/${fileName}`)};`;
    },
    configureServer({ middlewares, config: { base } }) {
      const root = `${base}${SERVED.slice(1)}`;
      middlewares.use(({ url = '' }, response, next) => {
        if (!url.startsWith(root)) return next();
        const file = fileFor(url.slice(root.length).replace(/[?#].*$/s, ''));
        if (!PICTURE.test(file) || !isKnown(file, known)) return void response.writeHead(403).end();
        const type = mediaTypeOf(file);
        readFile(file).then(
          (bytes) => sendClean(bytes, file, type, response),
          () => response.writeHead(404).end(),
        );
      });
    },
  };
}

const SLIDE = /__slidev_\d+\.md.*$/s;
const PICTURE = /\.(?:png|jpe?g|webp|gif|svg)$/i;
const MODULE = '\0briefdeck:picture/';
const SERVED = '/@picture/';

/** A file that is not a picture is answered as missing. */
function sendClean(bytes: Uint8Array, file: string, type: string, response: ServerResponse): void {
  try {
    const clean = cleanPicture(bytes, file);
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(clean);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    response.writeHead(404).end();
  }
}

/** Returns a file name without special characters for a path. Keeps the extension. */
function nameFor(file: string): string {
  return `${Buffer.from(file).toString('base64url')}${path.extname(file).toLowerCase()}`;
}

function fileFor(name: string): string {
  return Buffer.from(name.replace(/\.\w+$/, ''), 'base64url').toString('utf8');
}
