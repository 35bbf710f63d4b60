/** `present` with a real browser: what a presenter does, and what nobody may do. */
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-chromium';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstDeck } from '../../scripts/commands/present.ts';
import { run } from '../run.ts';
import { makeWorkplace, openBrowser, type Running, slide, startLive, type Workplace } from './live.ts';

let work: Workplace;
let live: Running;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  work = await makeWorkplace();
  await run(['generate', ...work.options]);
  live = await startLive(['present', 'water', ...work.options], /all decks http:\S+\n/);
  browser = await openBrowser(live);
  context = await browser.newContext({ viewport: { width: 1280, height: 720 }, colorScheme: 'light' });
  page = await context.newPage();
});
afterAll(async () => {
  await browser.close();
  expect(await live.stop()).toMatchObject({ exitCode: 130 });
  await work.remove();
});

const open = async (address: string, id: string, target = page) => {
  await target.goto(`${live.origin}${address}`);
  await slide(target, id).waitFor();
};
const shows = (id: string, target = page) => slide(target, id).waitFor({ timeout: 60_000 });

describe('the start page', () => {
  it('lists all decks by theme, with every language', async () => {
    await page.goto(live.origin);
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
    const links = await page.locator('a').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    expect(links).toContain('/water.zh/presenter/1');
    for (const link of new Set(links)) expect((await fetch(new URL(link, live.origin), { redirect: 'follow' })).status).toBe(200);
  });

  it('helps with a deck that is not there', async () => {
    const answer = await fetch(`${live.origin}wine/3`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toMatch(/There is no deck “wine” here.*href="\/water\/"/s);
  });
});

describe('a deck', () => {
  it('is shown by keys', async () => {
    await open('water/', 'deck.cover');
    await page.keyboard.press('ArrowRight');
    await shows('deck.bottom-line');
    await page.keyboard.press('Space');
    await shows('deck.agenda');
    await page.keyboard.press('ArrowLeft');
    await shows('deck.bottom-line');
    await page.keyboard.press('g');
    await page.locator('#slidev-goto-input:focus').fill('5');
    await page.keyboard.press('Enter');
    await shows('where-it-starts');
    await page.keyboard.press('o');
    const overview = page.locator('.z-modal', { has: page.locator('[data-slide-id="deck.cover"]') });
    await overview.waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await overview.waitFor({ state: 'hidden' });
    await shows('section.source');
  });

  it('is opened for the first time with its style sheets as they stay', async () => {
    const first = await context.newPage();
    let updates = 0;
    first.on('console', (message) => {
      if (message.text().includes('hot updated')) updates += 1;
    });
    await open('money.zh/', 'deck.cover', first);
    // Four sheets: once more when the page has asked for something that nobody knew of.
    expect(updates).toBeLessThanOrEqual(8);
    await first.close();
  });

  it('turns dark and light', async () => {
    await open('water/1', 'deck.cover');
    await page.keyboard.press('d');
    await page.waitForFunction(() => document.documentElement.classList.contains('dark'));
    await page.keyboard.press('d');
    await page.waitForFunction(() => !document.documentElement.classList.contains('dark'));
  });

  it('has links to its slides, to terms, to the other theme and to the source', async () => {
    await open('water/2', 'deck.bottom-line');
    await page.getByRole('link', { name: 'The river starts as a spring' }).click();
    await shows('where-it-starts');
    const locator = slide(page, 'where-it-starts').locator('a.locator');
    expect([await locator.getAttribute('href'), await locator.getAttribute('target'), await locator.getAttribute('rel')]).toEqual([
      'https://example.org/rivers',
      '_blank',
      expect.stringContaining('noopener'),
    ]);
    await slide(page, 'where-it-starts').getByRole('link', { name: 'Spring' }).click();
    await shows('deck.glossary');
    await open('water/3', 'deck.agenda');
    await slide(page, 'deck.agenda').getByRole('link', { name: 'The mouth' }).click();
    await shows('section.mouth');
    await open('water/deck.related', 'deck.related');
    await slide(page, 'deck.related').getByRole('link', { name: 'Money' }).click();
    // It is opened for the first time, which takes Vite and Slidev as long as for the first deck of a room.
    await slide(page, 'deck.cover').waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/money\//);
  });

  it('has notes, timer and the next slide in the presenter, which the other window follows', async () => {
    await open('water/1', 'deck.cover');
    const presenter = await context.newPage();
    await open('water/presenter/4', 'section.source', presenter);
    await presenter.keyboard.press('ArrowRight');
    await shows('where-it-starts', presenter);
    await presenter.getByText('Begin with the map.').waitFor();
    await presenter.getByText('Question: Where does the river start?').waitFor();
    await shows('where-it-starts');
    await presenter.keyboard.press('ArrowLeft');
    await shows('section.source');
    // And back again from the window that follows.
    await page.keyboard.press('ArrowRight');
    // The presenter shows that slide already, as the next one: a click in there, before the presenter has followed, is undone when it does.
    await presenter.waitForURL(({ pathname }) => pathname === '/water/presenter/where-it-starts');
    await shows('where-it-starts', presenter);
    expect(await presenter.locator('[title="Edit Notes"]').count()).toBe(0);
    await slide(presenter, 'where-it-starts').getByRole('link', { name: 'Spring' }).click();
    await shows('deck.glossary', presenter);
    await shows('deck.glossary');
    expect(new URL(presenter.url()).pathname).toBe('/water/presenter/deck.glossary');
    await presenter.close();
  });
});

it('a deck that breaks a second time is told of a second time', async () => {
  await open('money/', 'deck.cover');
  const file = work.file('slides/money.md');
  const good = await readFile(file, 'utf8');
  for (const _ of ['first', 'second']) {
    await writeFile(file, '---\ntitle: [\n---\n');
    await live.says(/money\.md: .*; the page shows the last good deck/);
    await writeFile(file, good);
    // Nothing is said of a deck that is well.
    await setTimeout(1000);
  }
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
    expect(await statusOf('/water/', { headers: { ...upgrade, origin: live.origin.slice(0, -1) } })).toBe(101);
  });

  it('is no news, nor is what strangers ask for in vain; what a page asks for in vain is', async () => {
    const layout = work.file('templates/theme/layouts/cover.vue');
    const before = live.words();
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
    expect(live.words()).toBe(before);
    await statusOf('/water/@id/vue/nothing', { headers: { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'script' } });
    expect(live.words().slice(before.length)).toMatch(/water\.md: .*not a directory.*$/m);
    expect(live.words().slice(before.length)).not.toContain('last good deck');
  });
});

/** Not fetch, which sets some of these headers itself. */
async function statusOf(
  address: string,
  { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: object; body?: string },
) {
  return new Promise<number | undefined>((resolve, reject) => {
    const sent = request(new URL(live.origin), { path: address, method, headers: { ...headers } }, (response) => {
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
    expect(await run(['present', '--port', port, ...work.options])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`port ${port} is in use`),
    });
    taken.close();
    expect(await run(['present', '--port', '70000', ...work.options])).toMatchObject({ exitCode: 2 });
    expect(await run(['present', '--slides', path.join(work.folder, 'none')])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('generate'),
    });
    expect(await run(['present', 'watr', ...work.options])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('did you mean "water"'),
    });
  });
});
