/** Serves HTML pages that are printed on paper, from the same server as decks: one page at a time, with only the files that it refers to. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Paper } from '../../model/outputs/paper.ts';
import { confine, mediaTypeOf } from './answer-headers.ts';

export interface PaperSite {
  /** Shows a page from now on. `images` are the bytes of images by address. Returns the page's path on the server. */
  show(paper: Paper, images: ReadonlyMap<string, Uint8Array>): string;
  /** Answers a request for the shown page or one of its files. Returns false for any other request. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
}

export function createPaperSite(): PaperSite {
  let shown: { paper: Paper; images: ReadonlyMap<string, Uint8Array> } | null = null;
  return {
    show(paper, images) {
      shown = { paper, images };
      return PAGE;
    },
    answer({ url = '/' }, response) {
      const address = addressOf(url);
      if (address === null) return false;
      confine(response, 'paper');
      const font = shown?.paper.fonts.get(address);
      if (shown === null) response.writeHead(404).end();
      else if (font !== undefined) sendFont(font, response);
      else
        send(address === '' ? hidden(shown.paper.html) : (shown.paper.styles.get(address) ?? shown.images.get(address)), address, response);
      return true;
    },
  };
}

const ROOT = '/paper/';
const PAGE = ROOT;

/** Returns the address below the page, escaped as in the page. Null when the URL is not ours. */
function addressOf(url: string): string | null {
  const [place = ''] = url.split(/[?#]/);
  return place.startsWith(ROOT) ? place.slice(ROOT.length) : null;
}

/** Hides the page until its fonts are loaded (load-fonts.ts). */
const hidden = (html: string) => html.replace(/<html\b/, '<html hidden');

function send(body: string | Uint8Array | undefined, address: string, response: ServerResponse): void {
  if (body === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', address === '' ? 'text/html; charset=utf-8' : mediaTypeOf(address));
  response.end(body);
}

/** Font files never change while a browser runs, so each is requested only once. */
function sendFont(file: string, response: ServerResponse): void {
  response.setHeader('Cache-Control', 'max-age=3600, immutable');
  response.setHeader('Content-Type', 'font/woff2');
  readFile(file).then(
    (bytes) => response.end(bytes),
    () => response.writeHead(404).end(),
  );
}
