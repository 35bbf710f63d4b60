/** One page in which decks are shown one after the other: each of them as if it were the only one. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unpackEmbedded } from '../../scripts/export/browser/embedded-chromium.ts';
import { loadFonts } from '../../scripts/export/page/load-fonts.ts';
import { printPdf, showPage } from '../../scripts/export/page/print.ts';
import { openSession, type Session } from '../../scripts/export/run/session.ts';
import { finishPdf } from '../../scripts/pdf/write/pdf-metadata.ts';
import { makeWorkplace, type Workplace } from './deck-job.ts';

let work: Workplace;
let session: Session;
const fallbacks: string[] = [];
const entry = (name: string) => path.join(work.slides, `${name}.md`);

beforeAll(async () => {
  work = await makeWorkplace();
  const pictures = path.join(work.folder, 'pictures');
  await cp(path.join(import.meta.dirname, 'input/pictures'), pictures, { recursive: true });
  session = await openSession({
    browser: { explicit: await unpackEmbedded(), env: process.env },
    assets: [pictures],
    onBrowser() {},
    onFallback: (reason) => fallbacks.push(reason),
  });
});
afterAll(async () => {
  await session.close();
  await work.remove();
});

interface Made {
  /** How often the page has been opened since the last deck that had one of its own. */
  opened: number;
  dom: string;
  pdf: string;
}

let opened = 0;

async function show(name: string): Promise<Made> {
  const page = await session.page();
  const count = () => {
    opened += 1;
  };
  page.on('domcontentloaded', count);
  await showPage(page, { ...(await session.server.showDeck(entry(name))), languageTag: 'en' });
  page.off('domcontentloaded', count);
  const dom = await page.evaluate(() => document.body.innerHTML);
  const pdf = await finishPdf(await printPdf(page), {
    metadata: { title: 'T', author: 'A', subject: 'S', keywords: [] },
    languageTag: 'en',
    date: new Date('2023-08-21'),
    origin: session.server.origin,
  });
  return { opened, dom, pdf: Buffer.from(pdf).toString('latin1') };
}

async function showAlone(name: string): Promise<Made> {
  await session.dropPage();
  opened = 0;
  return show(name);
}

async function edit(name: string, from: string | RegExp, to: string): Promise<void> {
  await writeFile(entry(name), (await readFile(entry(name), 'utf8')).replace(from, to));
}

/** Once more with a page of its own. */
async function expectAsAlone(name: string, made: Made): Promise<void> {
  const { dom, pdf } = await showAlone(name);
  expect(made.dom).toBe(dom);
  expect(made.pdf === pdf).toBe(true);
}

it('shows another deck without being opened again', async () => {
  await showAlone('scaling');
  const other = await show('scaling.zh');
  expect(other.opened).toBe(1);
  expect(other.dom).toContain('平滑的曲线与突现的能力');
  expect(other.dom).not.toContain('Smooth curves');
  await expectAsAlone('scaling.zh', other);
});

it('puts up what was edited, and leaves what was not', async () => {
  await showAlone('scaling');
  const page = await session.page();
  const mark = () =>
    page.evaluate(() => {
      for (const slide of document.querySelectorAll('.print-slide-container')) slide.setAttribute('data-before', '');
    });
  const kept = () =>
    page.evaluate(() => [...document.querySelectorAll('.print-slide-container')].map((slide) => slide.hasAttribute('data-before')));
  await mark();
  await edit('scaling', 'More words', 'Other words, in a sentence');
  expect((await show('scaling')).opened).toBe(1);
  expect(await kept()).toEqual([true, false, true]);

  await showAlone('scaling');
  await edit('scaling', 'The last words.', 'The very last words.');
  await edit('scaling', 'headline: Smooth', 'headline: Rather smooth');
  const edited = await show('scaling');
  expect(edited.dom).toContain('The very last words.');
  expect(edited.dom).toContain('Rather smooth');
  await expectAsAlone('scaling', edited);
});

it('shows what was added and what went', async () => {
  await showAlone('scaling');
  await edit(
    'scaling',
    /\n---\nlayout: plain\nslideId: third/,
    '\n---\nlayout: plain\nslideId: new\nheadline: In between\n---\n\n<p>New.</p>\n$&',
  );
  const longer = await show('scaling');
  expect(longer.dom.match(/print-slide-container/g)).toHaveLength(4);
  await expectAsAlone('scaling', longer);
  await edit('scaling', /\n---\nlayout: plain\nslideId: new[\s\S]*?New\.<\/p>\n/, '');
  const shorter = await show('scaling');
  expect(shorter.dom.match(/print-slide-container/g)).toHaveLength(3);
  await expectAsAlone('scaling', shorter);
});

it('is not shared with a deck that has code of its own', async () => {
  await writeFile(
    entry('own code'),
    `---\ntheme: ${JSON.stringify(work.theme)}\nlayout: plain\nslideId: cover\nheadline: Own\n---\n\n<p>Words.</p>\n\n<script setup>\nglobalThis.mine = (globalThis.mine ?? 0) + 1;\n</script>\n`,
  );
  const mine = async () => (await session.page()).evaluate(() => Reflect.get(globalThis, 'mine') ?? null);
  await showAlone('scaling');
  expect((await show('own code')).opened).toBe(2);
  expect(await mine()).toBe(1);
  expect((await show('own code')).opened).toBe(3);
  expect(await mine()).toBe(1);
  expect((await show('scaling')).opened).toBe(4);
  expect(await mine()).toBeNull();
  expect((await show('scaling.zh')).opened).toBe(4);
});

it('says why that deck is not shown on it', () => {
  expect(fallbacks.splice(0)).toEqual(['slide 1 has the element <script>']);
});

it('is opened again when something else was made of it', async () => {
  await showAlone('scaling');
  await (await session.page()).evaluate(() => document.body.replaceChildren('A handout.'));
  const again = await show('scaling');
  expect(again.opened).toBe(2);
  expect(again.dom).toContain('Nobody can yet explain it');
});

it('has loaded the fonts of a text before any of it is laid out, and no others', async () => {
  const page = await session.page();
  await page.goto('about:blank');
  const loaded = await page.evaluate(async (load) => {
    const style = document.createElement('style');
    const face = (family: string, range: string) =>
      `@font-face { font-family: ${family}; src: local("Open Sans"); unicode-range: ${range}; }`;
    style.textContent = `${face('One', 'U+41-5A')} ${face('One', 'U+4E00-9FFF')} ${face('Two', 'U+41-5A')} p { font-family: One, serif; } h1 { font-family: Two; }`;
    document.head.append(style);
    document.body.innerHTML = '<p>ABC</p><h1 class="empty">123</h1>';
    document.documentElement.style.display = 'none';
    await new Function(`return (${load})()`)();
    return [...document.fonts].map(({ family, unicodeRange, status }) => [family, unicodeRange, status === 'unloaded']);
  }, loadFonts.toString());
  expect(loaded).toEqual([
    ['One', 'U+41-5A', false],
    ['One', 'U+4E00-9FFF', true],
    ['Two', 'U+41-5A', true],
  ]);
  expect(fallbacks).toEqual([]);
});
