import type { Server } from 'node:http';
import { ExpectedError } from '../shared/errors.ts';

const FIRST_PORT = 3030;
const TRIES = 100;

/**
 * Listens on 127.0.0.1, on the given port or else on the first free one from 3030. Returns the port. Throws ExpectedError when there is
 * none.
 */
export async function listenOn(http: Server, asked: number | null): Promise<number> {
  if (asked !== null) {
    if (await listen(http, asked)) return asked;
    throw new ExpectedError(`port ${asked} is in use or may not be used`, {
      hint: 'name another one with --port, or leave it out: then the next free one is taken',
    });
  }
  for (let port = FIRST_PORT; port < FIRST_PORT + TRIES; port += 1) if (await listen(http, port)) return port;
  throw new ExpectedError(`the ports ${FIRST_PORT} to ${FIRST_PORT + TRIES - 1} are all in use`, { hint: 'name one with --port' });
}

async function listen(http: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      http.off('listening', onListening);
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    };
    const onListening = () => {
      http.off('error', onError);
      resolve(true);
    };
    http.once('error', onError);
    http.once('listening', onListening);
    http.listen(port, '127.0.0.1');
  });
}
