/** Who may ask the live room for what. Other programs and web pages on the machine can reach its port too. */
import type { IncomingMessage } from 'node:http';

/** Why a request is refused, or null. Slidev's and Vite's ways to write files and to open programs are none of GET's business. */
export function refusalOf(request: IncomingMessage, port: number): string | null {
  if (request.method !== 'GET' && request.method !== 'HEAD') return 'only GET and HEAD are answered';
  if (!hostsOf(port).includes(request.headers.host ?? '')) return 'this server has another name';
  if (isFromElsewhere(request)) return 'other sites may only link here';
  return null;
}

/** Whether a page of ours opens the web socket. Vite asks for its token besides. */
export function mayOpenSocket(request: IncomingMessage, port: number): boolean {
  const { host, origin } = request.headers;
  return hostsOf(port).includes(host ?? '') && origin === `http://${host}`;
}

function hostsOf(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

/** Slides are modules: another site could run them as scripts of its own and read what they say. Browsers tell. */
function isFromElsewhere({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  const foreign = site === 'cross-site' || site === 'same-site';
  return foreign && !(headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document');
}
