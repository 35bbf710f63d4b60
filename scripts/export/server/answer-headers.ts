/** Security headers for every answer of our servers. Pages and workers must follow the policy that came with them. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';

/** Sets what the page of an answer may do: the printed deck, a document for paper, or the pages of the live room. */
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

/** Slidev's pages set inline styles and add style sheets. They need nothing else. */
const common = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'font-src': "'self' data:",
  // The default would be that of script-src.
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
  // Plain HTML without scripts.
  paper: written({ ...common, 'script-src': "'none'", 'frame-ancestors': "'none'", sandbox: 'allow-same-origin' }),
  live: written({ ...common, 'connect-src': "'self'", 'media-src': "'self'", 'frame-ancestors': "'self'" }),
};

function written(policy: Record<string, string>): string {
  return Object.entries(policy)
    .map(([directive, value]) => `${directive} ${value}`)
    .join('; ');
}

// The icon that every browser requests by itself.

/** Answers `/favicon.ico` with the theme's `favicon.svg`, or with 204 when the theme has none. Returns false for any other request. */
export function answerFavicon({ url = '/' }: IncomingMessage, response: ServerResponse, theme: string | undefined): boolean {
  if (url.replace(/[?#].*$/s, '') !== '/favicon.ico') return false;
  const reading = theme === undefined ? Promise.resolve(null) : readFile(path.join(theme, 'favicon.svg')).catch(() => null);
  void reading.then((icon) => {
    if (icon === null) response.writeHead(204).end();
    else response.writeHead(200, { 'content-type': 'image/svg+xml', 'cache-control': 'no-cache' }).end(icon);
  });
  return true;
}

/** Returns the media type of a file that our servers send, by the extension of its name. */
export function mediaTypeOf(name: string): string {
  return MEDIA_TYPES[path.posix.extname(name).toLowerCase()] ?? 'application/octet-stream';
}

/** Scripts, styles, fonts, and the picture formats that content may use (check-images.ts). */
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
