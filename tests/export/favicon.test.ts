/** What a browser asks for by itself is answered, and is no fault of a deck. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import type { Browser } from 'playwright-chromium';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/export/browser/browser.ts';
import { watchFaults } from '../../scripts/export/page/page-faults.ts';
import { startDeckServer } from '../../scripts/export/server/deck-server.ts';
import { projectRoot } from '../../scripts/shared/paths.ts';

describe("the export's server", () => {
  it.each([
    ['the icon of its theme', path.join(projectRoot, 'templates', 'theme'), 200, 'image/svg+xml', /^<svg /],
    ['nothing where the theme has none', path.join(projectRoot, 'tests/export/input/theme'), 204, null, /^$/],
  ])('answers /favicon.ico with %s', async (_, theme, status, type, body) => {
    const server = await startDeckServer({ assets: [], theme });
    const ask = (headers: Record<string, string>) => fetch(`${server.origin}/favicon.ico?1`, { headers });
    const answer = await ask({ cookie: `${server.pass.name}=${server.pass.value}` });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, type]);
    expect(await answer.text()).toMatch(body);
    expect((await ask({})).status).toBe(403);
    await server.close();
  });
});

describe('a page', () => {
  const http = createServer(({ url }, response) => {
    if (url === '/') response.setHeader('content-type', 'text/html').end('<!doctype html><p>words</p>');
    else response.writeHead(404).end();
  });
  let browser: Browser;
  let origin: string;
  beforeAll(async () => {
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const address = http.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    origin = `http://127.0.0.1:${port}`;
    ({ browser } = await launchBrowser({ explicit: null, env: process.env }, port));
  });
  afterAll(async () => {
    await browser.close();
    http.close();
  });

  it.each([
    ['favicon.ico', 0],
    ['apple-touch-icon-120x120-precomposed.png', 0],
    ['.well-known/appspecific/com.chrome.devtools.json', 0],
    ['icons/favicon.ico', 1],
    ['well-known.js', 1],
  ])('that has %s missing has %i faults', async (name, count) => {
    const page = await browser.newPage();
    const { all } = watchFaults(page, `${origin}/`);
    await page.goto(origin);
    // The second one is the sign that the first one has been reported.
    for (const missing of [name, 'last.js']) await page.evaluate((address) => fetch(address), missing);
    const told = () => all().map(({ message }) => message);
    const notLoaded = (file: string) => `the page reports an error: ${origin}/${file} could not be loaded`;
    await expect.poll(() => told().at(-1)).toBe(notLoaded('last.js'));
    expect(told().slice(0, -1)).toEqual(count === 0 ? [] : [notLoaded(name)]);
    await page.close();
  });
});
