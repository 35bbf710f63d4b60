/** The live room: one server, with every deck below its own path and a start page that lists them. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { answerFavicon, confine } from '../export/server/answer-headers.ts';
import type { DeckFile } from '../model/outputs/deck-file.ts';
import { ExpectedError } from '../shared/errors.ts';
import { listDecks } from './deck-list.ts';
import type { ComplaintCause } from './deck-site.ts';
import { DeckSites } from './deck-sites.ts';
import { readFontFile } from './font-files.ts';
import { mayOpenSocket, refusalOf } from './room-guard.ts';
import { listenOn } from './room-port.ts';

export interface RoomOptions {
  /** Folder of the decks, absolute. */
  slides: string;
  /** The folder of the theme. It is watched, and decks are read with it. */
  theme: string;
  /** Further folders from which decks take images. */
  assets: readonly string[];
  /** Null takes the first free port from 3030. */
  port: number | null;
  pages: RoomPages;
  /** Called with what is wrong with a deck. */
  complain: (deck: string, message: string, cause: ComplaintCause) => void;
  /** Called when a deck has been read without errors, whatever was wrong with it before. */
  mended: (deck: string) => void;
  /** Called with what is wrong with the room itself, which stays open. */
  warn: (message: string) => void;
}

/** HTML pages of the room other than decks. */
export interface RoomPages {
  start(decks: readonly DeckFile[]): Promise<string>;
  /** The page for a deck that does not exist. */
  missing(name: string, decks: readonly DeckFile[]): Promise<string>;
}

export interface Room {
  /** Ends with a slash. A deck is at `<origin><name>/`. */
  origin: string;
  /** Opens a deck before it is requested. Throws ExpectedError when it cannot be shown. */
  open(deck: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens the room on 127.0.0.1. Throws ExpectedError when the port is not available or the folders cannot be watched; nothing is open then. */
export async function openRoom(options: RoomOptions): Promise<Room> {
  const sites = await DeckSites.watch(options);
  // Listens last, because browser tabs from an earlier run send requests at once.
  const http = serve(sites, options);
  try {
    const port = await listenOn(http, options.port);
    return {
      origin: `http://127.0.0.1:${port}/`,
      async open(deck) {
        const site = await sites.get(deck);
        void site.transformAhead();
      },
      async close() {
        http.closeAllConnections();
        await Promise.all([sites.close(), new Promise((resolve) => http.close(resolve))]);
      },
    };
  } catch (error) {
    await sites.close();
    throw error;
  }
}

/** Creates the server without listening. */
function serve(sites: DeckSites, options: RoomOptions): Server {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    confine(response, 'live');
    const refusal = refusalOf(request);
    if (refusal !== null) return send(response, 403, 'text/plain; charset=utf-8', `${refusal}\n`);
    const address = addressOf(request);
    if (address === null) return send(response, 400, 'text/plain; charset=utf-8', 'this is no address\n');
    const { pathname, search } = address;
    if (answerFavicon(request, response, options.theme)) return;
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
    const site = await sites.get(name);
    // Slidev answers requests for notes at its root only.
    if (NOTES.test(rest)) request.url = rest;
    await site.answer(request, response, (error) => {
      if (error !== undefined && error !== null) fail(request, response, error);
      else send(response, 404, 'text/plain; charset=utf-8', 'there is nothing here\n');
    });
  };

  const connect = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const { name } = splitPath(addressOf(request)?.pathname ?? '');
    if (!mayOpenSocket(request) || name === null || !(await sites.has(name))) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    const { sockets } = await sites.get(name);
    sockets.emit('upgrade', request, socket, head);
  };

  const fail = ({ url }: IncomingMessage, response: ServerResponse, error: unknown): void => {
    const expected = error instanceof ExpectedError;
    // Any program on this machine may send requests. Paths of files are only printed in the terminal.
    if (!expected) options.warn(`${url}: ${error instanceof Error ? error.stack : error}`);
    const text = expected ? `${error.message}\n${error.hint ?? ''}\n` : 'this has failed; the terminal says why\n';
    if (response.headersSent) response.end();
    else send(response, 500, 'text/plain; charset=utf-8', text);
  };

  const http = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => fail(request, response, error));
  });
  http.on('upgrade', (request, socket, head) => {
    // Nothing else handles errors of the socket from here on, and closing a tab at the wrong moment would end the process.
    socket.on('error', () => socket.destroy());
    connect(request, socket, head).catch(() => socket.destroy());
  });
  return http;
}

/** The base for parsing addresses; stands for any of our names. */
const ORIGIN = 'http://localhost';
const NOTES = /^\/__slidev\/slides\/\d+\.json$/;

/** Addresses of Slidev and Vite for editors, inspectors and remote control. */
function isForbidden(rest: string): boolean {
  return rest.startsWith('/__') && !NOTES.test(rest);
}

/** Returns the requested address, or null when it is not one, such as `//`. */
function addressOf({ url = '/' }: IncomingMessage): URL | null {
  return URL.canParse(url, ORIGIN) ? new URL(url, ORIGIN) : null;
}

/** Splits `/scaling.zh/3` into the deck `scaling.zh` and `/3`. The name is null when the path does not start with a deck's name. */
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
