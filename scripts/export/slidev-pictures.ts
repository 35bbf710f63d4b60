/** Pictures of a deck whose path has marks that Vite takes for those of an address: `#` and `?` in names of files or folders, quotes, percent signs. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'vite';
import { pathOfDeckImport } from '../shared/addresses.ts';
import { sha256 } from '../shared/hashes.ts';
import { isKnown, type KnownFolders } from './known-files.ts';

/**
 * Reads such pictures itself: into the bundle, or at an address of their own while a server runs. `folder` is where the decks really lie, which a path
 * without such marks may stand for (slidev-deck.ts). Refuses files that are none of the known ones.
 */
export function oddPictures(folder: string, known: KnownFolders): Plugin {
  let served: { base: string } | null = null;
  return {
    name: 'briefdeck:odd-pictures',
    enforce: 'pre',
    configResolved({ command, base }) {
      served = command === 'serve' ? { base } : null;
    },
    resolveId: {
      order: 'pre',
      handler(id, importer) {
        if (importer === undefined || !SLIDE.test(importer) || !PICTURE.test(id) || !/^\.{0,2}\//.test(id)) return null;
        const file = path.resolve(folder, pathOfDeckImport(id));
        return ODD.test(file) || ODD.test(id) ? `${MODULE}${nameFor(file)}` : null;
      },
    },
    async load(id) {
      if (!id.startsWith(MODULE)) return null;
      const file = fileFor(id.slice(MODULE.length));
      if (!isKnown(file, known)) throw new Error(`${file} is none of the files that a deck is made of`);
      if (served !== null) return `export default ${JSON.stringify(`${served.base}${SERVED.slice(1)}${nameFor(file)}`)};`;
      const source = await readFile(file);
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
        const stream = createReadStream(file);
        const type = TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
        stream.once('open', () => response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }));
        stream.once('error', () => (response.headersSent ? response.destroy() : response.writeHead(404).end()));
        stream.pipe(response);
      });
    },
  };
}

const SLIDE = /__slidev_\d+\.md/;
const PICTURE = /\.(?:png|jpe?g|webp|gif|svg)$/i;
const ODD = /[#?%'"`\\\n]/;
const MODULE = '\0briefdeck:picture/';
const SERVED = '/@picture/';

/** A path as a name without any mark, which keeps its extension. */
function nameFor(file: string): string {
  return `${Buffer.from(file).toString('base64url')}${path.extname(file).toLowerCase()}`;
}

function fileFor(name: string): string {
  return Buffer.from(name.replace(/\.\w+$/, ''), 'base64url').toString('utf8');
}

const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
};
