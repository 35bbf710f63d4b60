/** Who may ask the live room for what. Other programs and web pages on the machine can reach its port too. */
import type { IncomingMessage } from 'node:http';

/** Why a request is refused, or null. Slidev's and Vite's ways to write files and to open programs are none of GET's business. */
export function refusalOf(request: IncomingMessage): string | null {
  if (request.method !== 'GET' && request.method !== 'HEAD') return 'only GET and HEAD are answered';
  if (!isOurs(request)) return 'this server has another name';
  if (isFromElsewhere(request)) return 'other sites may only link here';
  return null;
}

/** Whether a page of ours opens the web socket. Vite asks for its token besides. */
export function mayOpenSocket(request: IncomingMessage): boolean {
  const { host, origin } = request.headers;
  return isOurs(request) && origin === `http://${host}`;
}

/** Whether a page of ours asks, as browsers say of every script and style. Other programs and typed addresses ask for anything. */
export function isFromOwnPage({ headers }: IncomingMessage): boolean {
  return headers['sec-fetch-site'] === 'same-origin';
}

/** Whether a request calls the server by its name: other names lead here too, where somebody says so. */
function isOurs({ headers, socket }: IncomingMessage): boolean {
  return headers.host === `127.0.0.1:${socket.localPort}` || headers.host === `localhost:${socket.localPort}`;
}

/** Slides are modules: another site could run them as scripts of its own and read what they say. Browsers tell. */
function isFromElsewhere({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  const foreign = site === 'cross-site' || site === 'same-site';
  return foreign && !(headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document');
}
