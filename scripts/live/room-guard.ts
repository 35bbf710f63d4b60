/** Decides which requests the live room answers. Other programs and web pages on the machine can reach its port too. */
import type { IncomingMessage } from 'node:http';

/**
 * Returns why a request is refused, or null. Only GET and HEAD are answered, so Slidev and Vite cannot be made to write files or open
 * programs.
 */
export function refusalOf(request: IncomingMessage): string | null {
  if (request.method !== 'GET' && request.method !== 'HEAD') return 'only GET and HEAD are answered';
  if (!isOurs(request)) return 'this server has another name';
  if (isFromElsewhere(request)) return 'other sites may only link here';
  return null;
}

/** Returns whether one of our pages opens the web socket. Vite also checks its token. */
export function mayOpenSocket(request: IncomingMessage): boolean {
  const { host, origin } = request.headers;
  return isOurs(request) && origin === `http://${host}`;
}

/**
 * Returns whether one of our pages sends the request; browsers say so for every script and style. Other programs and typed addresses do not
 * count.
 */
export function isFromOwnPage({ headers }: IncomingMessage): boolean {
  return headers['sec-fetch-site'] === 'same-origin';
}

/** Returns whether the request uses one of the server's own names. Others could make their host name point here. */
function isOurs({ headers, socket }: IncomingMessage): boolean {
  return headers.host === `127.0.0.1:${socket.localPort}` || headers.host === `localhost:${socket.localPort}`;
}

/**
 * Returns whether another site sends the request, according to the browser. Slides are modules: another site could run them as its own
 * scripts and read them.
 */
function isFromElsewhere({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  const foreign = site === 'cross-site' || site === 'same-site';
  return foreign && !(headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document');
}
