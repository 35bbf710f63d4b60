/** `present` with a real browser: the start page, keys, and what nobody may do. present.long.ts has what a presenter does besides. */
import { createServer, request } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstDeck } from '../../scripts/commands/present.ts';
import { run } from '../run.ts';
import { type Presenting, startPresenting } from './live.ts';

let presenting: Presenting;
beforeAll(async () => {
  presenting = await startPresenting('water');
});
afterAll(async () => {
  expect(await presenting.end()).toMatchObject({ exitCode: 130 });
});

describe('the start page', () => {
  it('lists all decks by theme, with every language', async () => {
    const { page } = presenting.shown;
    await page.goto(presenting.live.origin);
    const themes = page.locator('[data-theme]');
    expect(await themes.locator('h2').allTextContents()).toEqual(['Water', 'Money']);
    const water = page.locator('[data-theme="water"] .decks li');
    expect(await water.allInnerTexts()).toEqual([
      expect.stringMatching(/English.*\d+ slides/s),
      expect.stringMatching(/中文.*\d+ 页.*放映/s),
    ]);
    expect(await page.evaluate(() => document.fonts.ready.then(() => document.fonts.check('700 20px "Source Serif 4"')))).toBe(true);
  });

  it('leads to every deck, presenter and overview', async () => {
    const { page } = presenting.shown;
    const links = await page.locator('a').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    expect(links).toContain('/water.zh/presenter/1');
    for (const link of new Set(links))
      expect((await fetch(new URL(link, presenting.live.origin), { redirect: 'follow' })).status).toBe(200);
  });

  it('helps with a deck that is not there', async () => {
    const answer = await fetch(`${presenting.live.origin}wine/3`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toMatch(/There is no deck “wine” here.*href="\/water\/"/s);
  });
});

describe('a deck', () => {
  it('is shown by keys', async () => {
    const { page, open, shows, goTo } = presenting.shown;
    await open('water/', 'deck.cover');
    await page.keyboard.press('ArrowRight');
    await shows('deck.step-1');
    await page.keyboard.press('ArrowLeft');
    await shows('deck.cover');
    await page.keyboard.press('Space');
    await shows('deck.step-1');
    await goTo(3, 'where-it-starts');
    await page.keyboard.press('o');
    const overview = page.locator('.z-modal', { has: page.locator('[data-slide-id="deck.cover"]') });
    await overview.waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await overview.waitFor({ state: 'hidden' });
    await shows('deck.step-1');
  });

  it('turns dark and light', async () => {
    const { page } = presenting.shown;
    await page.keyboard.press('d');
    await page.waitForFunction(() => document.documentElement.classList.contains('dark'));
    await page.keyboard.press('d');
    await page.waitForFunction(() => !document.documentElement.classList.contains('dark'));
  });
});

describe('what is refused', () => {
  it.each([
    ['writing a slide', '/water/__slidev/slides/1.json', { method: 'POST', body: '{"note":"x"}' }, 403],
    ['moving other windows from outside', '/water/@server-reactive/nav', { method: 'POST', body: '{}' }, 403],
    ['opening an editor', '/water/__open-in-editor?file=x', {}, 403],
    ['remote control', '/water/__mcp', {}, 403],
    ['a file of the machine', '/water/@fs/etc/passwd', {}, 403],
    ['a file of the machine, at the root', '/@fs/etc/passwd', {}, 403],
    ['a file of the project', '/water/package.json', {}, 403],
    ['a file of a font package that is no font', '/@fontsource/noto-sans-sc/package.json', {}, 403],
    ['a script for another site', '/water/@vite/client', { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } }, 403],
    ['what is no address', '//', {}, 400],
    ['nothing of its own', '/water/@vite/client', {}, 200],
    ['nothing that every browser asks for', '/favicon.ico', {}, 200],
  ])('%s', async (_, address, init, status) => {
    expect(await statusOf(address, init)).toBe(status);
  });

  it('another name, and a web socket of another site', async () => {
    expect(await statusOf('/', { headers: { host: 'evil.example' } })).toBe(403);
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      'sec-websocket-protocol': 'vite-ping',
    };
    expect(await statusOf('/water/', { headers: { ...upgrade, origin: 'http://evil.example' } })).toBe(403);
    expect(await statusOf('/water/', { headers: { ...upgrade, origin: presenting.live.origin.slice(0, -1) } })).toBe(101);
  });

  it('is no news, nor is what strangers ask for in vain; what a page asks for in vain is', async () => {
    const layout = presenting.work.file('templates/theme/layouts/cover.vue');
    const before = presenting.live.words();
    for (const [address, init] of [
      ['/water/', { headers: { host: 'evil.example' } }],
      ['/water/', { method: 'POST', body: '{}' }],
      ['/nothing/', {}],
      ['/water/%', {}],
      ['/water/@fs/etc/passwd', {}],
      ['/water/@slidev/slides/99/frontmatter', {}],
      ['/water/nothing?vue', {}],
      ['/water/@id/vue/nothing', {}],
      [`/water/@fs${layout}?vue&type=nothing`, { headers: { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' } }],
      ['/water/@id/vue/nothing', { headers: { 'sec-fetch-site': 'cross-site' } }],
    ] as const)
      expect(await statusOf(encodeURI(address).replace('%25', '%'), init)).toBeGreaterThanOrEqual(400);
    expect(presenting.live.words()).toBe(before);
    await statusOf('/water/@id/vue/nothing', { headers: { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'script' } });
    expect(presenting.live.words().slice(before.length)).toMatch(/water\.md: .*not a directory.*$/m);
    expect(presenting.live.words().slice(before.length)).not.toContain('last good deck');
  });
});

/** Not fetch, which sets some of these headers itself. */
async function statusOf(
  address: string,
  { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: object; body?: string },
) {
  return new Promise<number | undefined>((resolve, reject) => {
    const sent = request(new URL(presenting.live.origin), { path: address, method, headers: { ...headers } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response.statusCode);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

describe('the deck to begin with', () => {
  const decks = [
    { name: 'water.zh', lang: 'zh' },
    { name: 'water', lang: 'en' },
  ];
  it.each([
    [['en', 'zh'], 'water'],
    [['zh', 'en'], 'water.zh'],
    [['zh'], 'water.zh'],
    [[], 'water'],
  ])('with --lang %s', (languages, name) => {
    expect(firstDeck(decks, languages)).toBe(name);
  });
});

describe('usage', () => {
  it('a port that is taken, one that is none, and decks that are not there', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = String(typeof address === 'object' ? address?.port : 0);
    expect(await run(['present', '--port', port, ...presenting.work.options])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`port ${port} is in use`),
    });
    taken.close();
    expect(await run(['present', '--port', '70000', ...presenting.work.options])).toMatchObject({ exitCode: 2 });
    expect(await run(['present', '--slides', path.join(presenting.work.folder, 'none')])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('generate'),
    });
    expect(await run(['present', 'watr', ...presenting.work.options])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('did you mean "water"'),
    });
  });
});
