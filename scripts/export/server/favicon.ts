/** The icon that every browser asks a server for by itself. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';

/** Answers `/favicon.ico` with the theme's `favicon.svg`, or with nothing (204) where the theme has none; false when something else is asked for. */
export function answerFavicon({ url = '/' }: IncomingMessage, response: ServerResponse, theme: string | undefined): boolean {
  if (url.replace(/[?#].*$/s, '') !== '/favicon.ico') return false;
  const reading = theme === undefined ? Promise.resolve(null) : readFile(path.join(theme, 'favicon.svg')).catch(() => null);
  void reading.then((icon) => {
    if (icon === null) response.writeHead(204).end();
    else response.writeHead(200, { 'content-type': 'image/svg+xml', 'cache-control': 'no-cache' }).end(icon);
  });
  return true;
}
