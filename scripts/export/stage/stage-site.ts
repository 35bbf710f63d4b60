/** Decks on the stage: each is sent to the page as data, and nothing is compiled for it. */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { pathOfDeckImport } from '../../shared/addresses.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { projectRoot } from '../../shared/paths.ts';
import { cleanPicture } from '../picture/clean-picture.ts';
import type { Site, SiteOptions } from '../server/site.ts';
import { checkLayouts } from '../slidev/check-layouts.ts';
import { isKnown } from '../slidev/known-files.ts';
import { loadDeck, type SlidevDeck } from '../slidev/slidev-deck.ts';
import { knownFolders } from '../slidev/slidev-vite.ts';
import { deckData } from './deck-data.ts';
import { type KeyedStage, stageFor } from './stages.ts';

/** Bytes by address. */
type Pictures = Map<string, Uint8Array>;

/** Starts nothing yet: Slidev is imported when the stage has to be bundled. */
export function openStageSite({ assets, theme }: SiteOptions): Site {
  let shown: { stage: KeyedStage; pictures: readonly Pictures[] } | null = null;
  return {
    async show(entry, signal) {
      const deck = await loadDeck(entry, { theme });
      const stage = await stageFor(deck);
      signal?.throwIfAborted();
      checkLayouts(deck, stage.layouts);
      const pictures: Pictures = new Map();
      const data = deckData(deck, (source) => addPicture(source, deck, assets, pictures));
      // The page may still be showing the deck before.
      shown = { stage, pictures: [pictures, ...(shown?.pictures.slice(0, 1) ?? [])] };
      return { slides: data.slides.length, onStage: { key: stage.key, data } };
    },
    answer({ url = '/' }, response) {
      const address = url.replace(/[?#].*$/s, '');
      if (shown === null) response.writeHead(403).end();
      else answer(address, shown.stage, shown.pictures, response);
    },
    async close() {},
  };
}

/** Reads a picture that a deck names, and gives it an address. Throws ExpectedError when it cannot be shown. */
function addPicture(source: string, deck: SlidevDeck, assets: readonly string[], pictures: Pictures): string {
  const file = path.resolve(path.dirname(deck.entry), pathOfDeckImport(source));
  if (!existsSync(file)) throw new ExpectedError(`there is no picture ${file}`);
  if (!PICTURE.test(file) || !isKnown(file, knownFolders({ deck, workFolder: deck.theme, images: assets })))
    throw new ExpectedError(`${file} is none of the files that a deck is made of`);
  const bytes = cleanPicture(readFileSync(file), file);
  // Named after what is in it: a page never asks twice for the same address.
  const address = `/deck/${sha256(bytes).slice(0, 16)}${path.extname(file).toLowerCase()}`;
  pictures.set(address, bytes);
  return address;
}

const PICTURE = /\.(?:png|jpe?g|webp|gif|svg)$/i;

function answer(address: string, { page, files, installed }: KeyedStage, pictures: readonly Pictures[], response: ServerResponse): void {
  const body =
    address === '/print' ? page : (own(files, address) ?? pictures.map((each) => each.get(address)).find((each) => each !== undefined));
  const file = own(installed, address);
  if (body !== undefined) response.writeHead(200, { 'content-type': typeOf(address), 'cache-control': 'no-store' }).end(body);
  else if (file !== undefined) sendFile(response, path.join(projectRoot, file), address);
  else response.writeHead(404).end();
}

const own = (record: Readonly<Record<string, string>>, name: string) => (Object.hasOwn(record, name) ? record[name] : undefined);

function sendFile(response: ServerResponse, file: string, address: string): void {
  const stream = createReadStream(file);
  // Their addresses name what is in them.
  stream.once('open', () => response.writeHead(200, { 'content-type': typeOf(address), 'cache-control': 'max-age=3600, immutable' }));
  stream.once('error', () => (response.headersSent ? response.destroy() : response.writeHead(404).end()));
  stream.pipe(response);
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
};

function typeOf(address: string): string {
  return TYPES[path.extname(address).toLowerCase()] ?? (address === '/print' ? 'text/html; charset=utf-8' : 'application/octet-stream');
}
