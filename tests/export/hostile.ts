/** Decks that try to get out (input/hostile), a second server that counts what reaches it, and a page to run them in. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-chromium';
import { z } from 'zod';
import { findBrowser } from '../../scripts/export/browser/browser.ts';
import { embeddedEnvironment } from '../../scripts/export/browser/embedded-chromium.ts';
import { removePeers } from '../../scripts/export/page/print.ts';
import type { DeckJob } from '../../scripts/export/run/export-job.ts';
import type { DeckServer, ShownDeck } from '../../scripts/export/server/deck-server.ts';
import type { DeckData } from '../../scripts/export/stage/deck-data.ts';
import { jobFor, type Workplace } from './deck-job.ts';

export interface SecondServer {
  /** Ways by which a request came. */
  ways: Set<string>;
  /** Connections and packets, also those that ask for nothing. */
  arrivals: { http: number; tcp: number; udp: number };
  forget(): void;
  /** Puts the ports into the text of a deck. */
  address(text: string): string;
  close(): Promise<void>;
}

/** Listens on three ports of 127.0.0.1: for HTTP, for whatever comes by TCP, and for whatever comes by UDP. */
export async function startSecondServer(): Promise<SecondServer> {
  const ways = new Set<string>();
  const arrivals = { http: 0, tcp: 0, udp: 0 };
  const note = (url = '') => ways.add(url.replace(/^\/|[?#].*$/g, ''));
  const http = createServer((request, response) => {
    note(request.url);
    response.setHeader('access-control-allow-origin', '*').end();
  });
  http.on('connection', () => {
    arrivals.http += 1;
  });
  http.on('upgrade', ({ url }, socket) => {
    note(url);
    socket.destroy();
  });
  const tcp = createTcpServer((socket) => {
    arrivals.tcp += 1;
    socket.on('error', () => {});
    socket.on('data', () => socket.destroy());
  });
  const udp = createSocket('udp4');
  udp.on('message', () => {
    arrivals.udp += 1;
  });
  http.listen(0, '127.0.0.1');
  tcp.listen(0, '127.0.0.1');
  udp.bind(0, '127.0.0.1');
  await Promise.all([http, tcp, udp].map((server) => once(server, 'listening')));
  const ports: Record<string, number> = { HTTP: portOf(http.address()), TCP: portOf(tcp.address()), UDP: udp.address().port };
  return {
    ways,
    arrivals,
    forget() {
      ways.clear();
      Object.assign(arrivals, { http: 0, tcp: 0, udp: 0 });
    },
    address: (text) => text.replace(/\b(?:HTTP|TCP|UDP)\b/g, (name) => String(ports[name])),
    async close() {
      http.closeAllConnections();
      await Promise.all([http, tcp, udp].map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
    },
  };
}

/** How a page can be made to go elsewhere; each needs a deck of its own. */
export const departures: Record<string, string> = {
  location: 'location.href = far;',
  refresh: `document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: '0; url=' + far }));`,
  form: `document.body.append(Object.assign(document.createElement('form'), { action: far, method: 'post' })); document.forms[0].submit();`,
  link: `Object.assign(document.createElement('a'), { href: far, download: 'x' }).click();`,
  self: `open(far, '_self');`,
  navigation: 'navigation.navigate(far);',
};

/** Writes `hostile` and one deck for each departure beside the others. */
export async function writeHostileDecks({ slides }: Workplace, server: SecondServer): Promise<void> {
  const [hostile, leaving] = await Promise.all(['hostile', 'leaving'].map((name) => readFile(path.join(input, `${name}.md`), 'utf8')));
  await writeFile(path.join(slides, 'hostile.md'), server.address(hostile ?? ''));
  for (const [name, code] of Object.entries(departures)) {
    const text = server.address(leaving ?? '').replace('WAY', `leaving-${name}`);
    await writeFile(
      path.join(slides, `leaving-${name}.md`),
      text.replace('LEAVE', () => code),
    );
  }
}

const input = fileURLToPath(new URL('./input/hostile', import.meta.url));

/** A job for a deck with one slide. */
export function hostileJob(name: string, work: Workplace): DeckJob {
  const job = jobFor(name, work);
  return {
    ...job,
    deck: {
      ...job.deck,
      slides: [
        {
          id: 'cover',
          headline: 'Hostile',
          part: null,
          continued: null,
          section: null,
          source: null,
          words: [],
          notes: [],
          hash: '',
          characters: [],
        },
      ],
    },
  };
}

/** The browser of this run as anybody would start it. */
export async function startPlainBrowser(args: string[] = []): Promise<Browser> {
  const { chosen } = await findBrowser({ explicit: null, env: process.env });
  const env = { ...process.env, ...embeddedEnvironment(chosen.path) };
  return chromium.launch({
    ...(chosen.source === 'playwright' ? {} : { executablePath: chosen.path }),
    args,
    chromiumSandbox: process.getuid?.() !== 0,
    env: z.record(z.string(), z.string()).parse(env),
  });
}

const tried = z.object({ read: z.array(z.string()), registered: z.number() });

interface Visit {
  shown: ShownDeck;
  /** Whether the page keeps to what the server's answers say. */
  policy: boolean;
  /** Whether it has no WebRTC, as in an export. */
  peerless?: boolean;
}

/** Opens the hostile deck and says what it could read when it has tried everything. */
export async function runHostile(browser: Browser, server: DeckServer, visit: Visit): Promise<z.infer<typeof tried>> {
  const page = await openShown(browser, server, visit);
  const outcome = await (await page.waitForFunction(() => Reflect.get(globalThis, 'tried'))).jsonValue();
  await page.waitForTimeout(GRACE);
  await page.context().close();
  return tried.parse(outcome);
}

/** Opens a deck that leaves. */
export async function leave(browser: Browser, server: DeckServer, visit: Visit): Promise<void> {
  const page = await openShown(browser, server, visit);
  // The page says so before it leaves; when it is gone by then, it has asked for something else.
  const signs = [page.waitForFunction(() => 'leaving' in globalThis), page.waitForRequest(/leaving-\w+\??$/)];
  await Promise.race(signs.map((sign) => sign.catch(() => {})));
  await page.waitForTimeout(GRACE);
  await page.context().close();
}

/** Prefetches, pings and packets have no end that a page could see, in ms: on loopback they take a few. */
const GRACE = 1000;

async function openShown(browser: Browser, { origin, pass }: DeckServer, { shown, policy, peerless = false }: Visit): Promise<Page> {
  const context = await browser.newContext({ bypassCSP: !policy });
  await context.addCookies([{ name: pass.name, value: pass.value, url: origin, httpOnly: true, sameSite: 'Strict' }]);
  await context.addInitScript('globalThis.__name ??= (value) => value;');
  if (peerless) await context.addInitScript(removePeers);
  const page = await context.newPage();
  await page.goto(shown.url, { waitUntil: shown.data === null ? 'commit' : 'domcontentloaded' });
  // It may leave before it is whole.
  if (shown.data !== null) page.evaluate(putUp, shown.data).catch(() => {});
  return page;
}

/** Runs in the page, as the export does it. */
async function putUp(data: DeckData): Promise<void> {
  const { showOnStage } = globalThis as unknown as { showOnStage: (data: DeckData) => Promise<void> };
  await showOnStage(data);
  document.documentElement.style.display = '';
}

function portOf(address: string | AddressInfo | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
