/** The server, the browser and the page between them, on decks outside of the project. */
import { cp, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unpackEmbedded } from '../../scripts/export/browser/embedded-chromium.ts';
import { screenshotSlides, showPage } from '../../scripts/export/page/print.ts';
import { openSession, type Session } from '../../scripts/export/run/session.ts';
import { measureOverflow } from '../../scripts/export/run/show-deck.ts';
import { jobFor, makeSlides, makeWorkplace, type Workplace } from './deck-job.ts';

let work: Workplace;
let session: Session;
const sources: string[] = [];
const entry = (name: string) => path.join(work.slides, `${name}.md`);

beforeAll(async () => {
  work = await makeWorkplace();
  const pictures = path.join(work.folder, 'pictures');
  await cp(fileURLToPath(new URL('./input/pictures', import.meta.url)), pictures, { recursive: true });
  session = await openSession({
    // By its path, as somebody would with --browser: it must find its libraries and fonts all the same.
    browser: { explicit: await unpackEmbedded(), env: process.env },
    assets: [pictures],
    onBrowser: ({ source, version, name }) => sources.push(`${source} ${name} ${version}`),
  });
});
afterAll(async () => {
  await session.close();
  await work.remove();
});

const show = async (name: string) => {
  const page = await session.page();
  const shown = await session.server.showDeck(entry(name));
  await showPage(page, { ...shown, languageTag: 'en' });
  return page;
};

describe('the page', () => {
  it('is one, also for those who ask for it at once', async () => {
    await session.dropPage();
    const [first, second] = await Promise.all([session.page(), session.page()]);
    expect(first).toBe(second);
    expect(first.context().browser()?.contexts()).toHaveLength(1);
  });

  it('shows one deck after the other', async () => {
    for (const name of ['scaling', 'scaling.zh', 'scaling']) {
      const page = await show(name);
      const headlines = await page.locator('h1').allTextContents();
      expect(headlines).toEqual(jobFor(name, work).deck.slides.map(({ headline }) => headline));
    }
    expect(sources).toEqual([expect.stringMatching(/^option Chromium \d+\./)]);
  });

  it('shows images from the folders it was given, and measures what leaves the slide', async () => {
    const page = await show('picture');
    expect(await page.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(4);
    expect(await measureOverflow(page)).toEqual([{ page: 1, slide: 'cover', edge: 'right', pixels: 9099, text: 'Wide' }]);
  });

  it('is cut off from everything but its server', async () => {
    let visits = 0;
    const elsewhere = createServer((_, response) => {
      visits += 1;
      response.setHeader('access-control-allow-origin', '*').end();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const address = elsewhere.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const page = await show('scaling');
    const reached = await page.evaluate(
      (url) =>
        fetch(url).then(
          () => true,
          () => false,
        ),
      `http://127.0.0.1:${port}/`,
    );
    elsewhere.close();
    expect([reached, visits]).toEqual([false, 0]);
  });

  it('gives a picture of every slide in twice its size', async () => {
    const images = await screenshotSlides(await show('scaling'));
    const sizes = images.map((image) => [Buffer.from(image).readUInt32BE(16), Buffer.from(image).readUInt32BE(20)]);
    expect(sizes).toEqual([
      [1960, 1104],
      [1960, 1104],
      [1960, 1104],
    ]);
    expect(new Set(images.map((image) => Buffer.from(image).toString('base64'))).size).toBe(3);
  });

  it('fails on text that was taken for a component', async () => {
    await expect(show('stray-tag')).rejects.toThrow('the page reports an error: [Vue warn]: Failed to resolve component: Scaler');
    await session.dropPage();
  });

  it('is replaced when it crashes', async () => {
    const page = await session.page();
    const retries: string[] = [];
    const options = {
      timeout: 120_000,
      shown: null,
      retrying: (reason: string) => retries.push(reason),
    };
    const inspector = await page.context().newCDPSession(page);
    const crashed = expect(page.waitForRequest(/stage\/stage\.js/).then(() => inspector.send('Page.crash'))).rejects.toThrow();
    const pdf = await makeSlides(jobFor('scaling', work), session, options);
    await crashed;
    expect(retries).toEqual(['the browser crashed']);
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe('the server', () => {
  it('names a layout that the theme does not have', async () => {
    await expect(session.server.showDeck(entry('no-layout'))).rejects.toThrow('slide 2: the theme has no layout "nowhere"');
  });

  it('says what to do about a deck that is not there', async () => {
    await expect(session.server.showDeck(entry('nothing'))).rejects.toMatchObject({
      message: `there is no deck ${entry('nothing')}`,
      hint: 'run generate first',
    });
  });

  it('answers only the exporting browser, and only with what a deck needs', async () => {
    const { origin, pass } = session.server;
    const cookie = `${pass.name}=${pass.value}`;
    const status = async (url: string, init: RequestInit = {}) => (await fetch(`${origin}${url}`, init)).status;
    await session.server.showDeck(entry('scaling'));
    expect(await status('/print', { headers: { cookie } })).toBe(200);
    expect(await status('/print')).toBe(403);
    expect(await status('/print', { headers: { cookie: `${pass.name}=guessed` } })).toBe(403);
    expect(await status('/__slidev/slides/1.json', { method: 'POST', headers: { cookie }, body: '{}' })).toBe(403);
    expect(await status('/__open-in-editor?file=x', { headers: { cookie } })).toBe(403);
    expect(await status('/stage/stage.js', { headers: { cookie } })).toBe(200);
    expect(await status('/stage/stage.js')).toBe(403);
    // Nothing of the disk has an address here.
    for (const url of ['/@fs/etc/passwd', '/package.json', '/stage/../package.json', '/stage/constructor', '/constructor', '/deck/0.png'])
      expect(await status(url, { headers: { cookie } })).toBe(404);
  });

  it('writes nothing beside the decks', async () => {
    expect(await work.files(work.slides)).not.toContain('node_modules');
    expect(await readFile(entry('scaling'), 'utf8')).toContain('Why scaling works');
  });
});
