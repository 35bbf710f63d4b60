/** The live room: one server, every deck below its own path, and a start page that lists them. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { DeckFile } from '../../model/deck-file.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { listDecks } from './deck-list.ts';
import { DeckSites } from './deck-sites.ts';
import { readFontFile } from './font-files.ts';
import { mayOpenSocket, refusalOf } from './room-guard.ts';
import { listenOn } from './room-port.ts';

export interface RoomOptions {
  /** Folder of the decks, absolute. */
  slides: string;
  /** Folder of the theme; it is watched, and decks read from it. */
  theme: string;
  /** Further folders that decks take images from. */
  assets: readonly string[];
  /** Null takes the first free port from 3030. */
  port: number | null;
  pages: RoomPages;
  /** Told what is wrong with a deck. The page that shows it keeps its last good state. */
  complain: (deck: string, message: string) => void;
}

/** What the room shows besides decks; HTML. */
export interface RoomPages {
  start(decks: readonly DeckFile[]): Promise<string>;
  /** There is no such deck. */
  missing(name: string, decks: readonly DeckFile[]): Promise<string>;
}

export interface Room {
  /** Ends with a slash; a deck is at `<origin><name>/`. */
  origin: string;
  /** Makes a deck ready before somebody asks for it. Throws ExpectedError when it cannot be shown. */
  open(deck: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens the room on 127.0.0.1. Throws ExpectedError when the port cannot be had. */
export async function openRoom(options: RoomOptions): Promise<Room> {
  const http = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => fail(response, error));
  });
  http.on('upgrade', (request, socket, head) => {
    connect(request, socket, head).catch(() => socket.destroy());
  });
  const port = await listenOn(http, options.port);
  const sites = await DeckSites.watch(options);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refusal = refusalOf(request, port);
    if (refusal !== null) return send(response, 403, 'text/plain; charset=utf-8', `${refusal}\n`);
    response.setHeader('x-frame-options', 'SAMEORIGIN');
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/') return sendPage(response, 200, await options.pages.start(await listDecks(options.slides)));
    const font = await readFontFile(pathname);
    if (font !== null) return send(response, 200, font.type, font.body);
    const { name, rest } = splitPath(pathname);
    if (name === null || isForbidden(rest)) return send(response, 403, 'text/plain; charset=utf-8', 'there is nothing to see\n');
    if (!(await sites.has(name))) return sendPage(response, 404, await options.pages.missing(name, await listDecks(options.slides)));
    if (rest === '') {
      response.writeHead(307, { location: `/${name}/${search}` }).end();
      return;
    }
    const { vite } = await sites.get(name);
    // Slidev answers this one at its root only.
    if (NOTES.test(rest)) request.url = rest;
    vite.middlewares(request, response);
  };

  const connect = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const { name } = splitPath(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (!mayOpenSocket(request, port) || name === null || !(await sites.has(name))) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    const { sockets } = await sites.get(name);
    sockets.emit('upgrade', request, socket, head);
  };

  return {
    origin: `http://127.0.0.1:${port}/`,
    async open(deck) {
      await sites.get(deck);
    },
    async close() {
      http.closeAllConnections();
      await Promise.all([sites.close(), new Promise((resolve) => http.close(resolve))]);
    },
  };
}

const NOTES = /^\/__slidev\/slides\/\d+\.json$/;

/** Slidev's and Vite's side doors: editors, inspectors, remote control. */
function isForbidden(rest: string): boolean {
  return rest.startsWith('/__') && !NOTES.test(rest);
}

/** `/scaling.zh/3` is the deck `scaling.zh` and `/3`; without a deck's name in front the name is null. */
function splitPath(pathname: string): { name: string | null; rest: string } {
  const [, name = null, rest = ''] = /^\/([a-z0-9-]+(?:\.[a-z]{2,3})?)(\/.*)?$/i.exec(pathname) ?? [];
  return { name, rest };
}

function sendPage(response: ServerResponse, status: number, html: string): void {
  send(response, status, 'text/html; charset=utf-8', html);
}

function send(response: ServerResponse, status: number, type: string, body: string | Uint8Array): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-cache' }).end(body);
}

function fail(response: ServerResponse, error: unknown): void {
  const text =
    error instanceof ExpectedError ? `${error.message}\n${error.hint ?? ''}\n` : `${error instanceof Error ? error.stack : error}\n`;
  if (response.headersSent) response.end();
  else send(response, 500, 'text/plain; charset=utf-8', text);
}
