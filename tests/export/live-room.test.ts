/** The live room against tabs that were never closed and connections that break. */
import { createServer, get } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openRoom, type Room } from '../../scripts/live/room.ts';
import { makeWorkplace, type Workplace } from './deck-job.ts';

let work: Workplace;
let room: Room;
let port: number;
const pings: (number | undefined)[] = [];

beforeAll(async () => {
  work = await makeWorkplace();
  port = await freePort();
  const pinging = setInterval(() => {
    get({ port, host: '127.0.0.1', path: '/scaling/' }, (answer) => {
      pings.push(answer.resume().statusCode);
    }).on('error', () => {});
  }, 2);
  room = await openRoom({
    slides: work.slides,
    theme: work.theme,
    assets: [],
    port,
    pages: { start: async () => 'start', missing: async () => 'missing' },
    complain: () => {},
    mended: () => {},
    warn: () => {},
  });
  await vi.waitUntil(() => pings.length > 0, { timeout: 120_000 });
  clearInterval(pinging);
});
afterAll(async () => {
  await room.close();
  await work.remove();
});

it('answers tabs that ask from the first moment on', async () => {
  await room.open('scaling');
  expect(new Set(pings)).toEqual(new Set([200]));
});

it('outlives web sockets that are reset, also while their deck opens', async () => {
  const mine = `http://127.0.0.1:${port}`;
  await resetSocket('/scaling.zh/', mine, 100);
  for (let count = 0; count < 30; count += 1) await resetSocket('/scaling/', 'http://evil.example', 0);
  await room.open('scaling.zh');
  expect((await fetch(`${mine}/scaling/`)).status).toBe(200);
});

it('leaves nothing open when the port is taken', async () => {
  const pages = { start: async () => '', missing: async () => '' };
  const options = { slides: work.slides, theme: work.slides, assets: [], port, pages, complain() {}, mended() {}, warn() {} };
  await expect(openRoom(options)).rejects.toThrow(`port ${port} is in use`);
});

/** Asks for a web socket and breaks the connection off after `delay` ms. */
async function resetSocket(address: string, origin: string, delay: number): Promise<void> {
  const head = [`GET ${address} HTTP/1.1`, `Host: 127.0.0.1:${port}`, `Origin: ${origin}`, 'Connection: Upgrade', 'Upgrade: websocket'];
  const ws = ['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==', 'Sec-WebSocket-Protocol: vite-ping'];
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`${[...head, ...ws].join('\r\n')}\r\n\r\n`, () => setTimeout(() => socket.resetAndDestroy(), delay));
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve());
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
