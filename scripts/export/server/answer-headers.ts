/** What our servers tell a browser to keep to, with every answer: pages and workers obey the policy that came with them. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';

/** Says what the page of an answer may do: the deck that is printed, a document for paper, or those that people look at. */
export function confine(response: ServerResponse, policy: 'printed' | 'paper' | 'live'): void {
  response.setHeader('Content-Security-Policy', policies[policy]);
  for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
}

const always = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

/** Slidev's pages set styles on elements and in sheets of their own; nothing in them needs more than these. */
const common = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'font-src': "'self' data:",
  // Else it would be what script-src says.
  'worker-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

const policies = {
  printed: written({
    ...common,
    'frame-ancestors': "'none'",
    // No windows, no downloads.
    sandbox: 'allow-scripts allow-same-origin',
  }),
  // Plain HTML: no script at all.
  paper: written({ ...common, 'script-src': "'none'", 'frame-ancestors': "'none'", sandbox: 'allow-same-origin' }),
  live: written({ ...common, 'connect-src': "'self'", 'media-src': "'self'", 'frame-ancestors': "'self'" }),
};

function written(policy: Record<string, string>): string {
  return Object.entries(policy)
    .map(([directive, value]) => `${directive} ${value}`)
    .join('; ');
}

// The icon that every browser asks a server for by itself.

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

/** The media type of a file that our servers answer with, by the ending of its name. */
export function mediaTypeOf(name: string): string {
  return MEDIA_TYPES[path.posix.extname(name).toLowerCase()] ?? 'application/octet-stream';
}

/** Scripts, styles, fonts, and the pictures that content may show (check-images.ts). */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
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
