import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What the exporting browser shows with every request. */
export interface Pass {
  name: string;
  value: string;
}

export function newPass(): Pass {
  return { name: 'briefdeck', value: randomBytes(18).toString('base64url') };
}

/**
 * Whether a request comes from the exporting browser and only reads. Other programs and web pages on the machine can
 * reach the port too, and Slidev's server would write slides and open editors for them.
 */
export function isAllowed(request: IncomingMessage, origin: string, pass: Pass): boolean {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  const here = `http://${request.headers.host}` === origin;
  const known = (request.headers.cookie ?? '').split('; ').includes(`${pass.name}=${pass.value}`);
  return reads && here && known && !(request.url ?? '').startsWith('/__');
}
