/** `watch --export` with a real browser: what an edit does to the open page, to the decks and to the PDFs. */
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-chromium';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { interview, type LiveWindow, makeWorkplace, openWindow, type Running, slide, startLive, type Workplace } from './live.ts';

let work: Workplace;
let live: Running;
let shown: LiveWindow;
let page: Page;

const START = `${interview}/010-where-it-starts.md`;
const ADDED = `${interview}/005-before-all.md`;

beforeAll(async () => {
  work = await makeWorkplace();
  live = await startLive(['watch', '--export', '--lang', 'en', ...work.options], /Ctrl-C ends/);
  await live.says(/✓ \S.*water\.pdf/);
  await live.says(/✓ \S.*money\.pdf/);
  // What waits is printed once, however often it has changed meanwhile: so the first briefings are waited for.
  await live.says(/✓ \S.*water-briefing\.pdf/);
  await live.says(/✓ \S.*money-briefing\.pdf/);
  shown = await openWindow(live);
  page = shown.page;
  await shown.open('water/where-it-starts', 'where-it-starts');
});
afterAll(async () => {
  await shown.close();
  expect(await live.stop()).toMatchObject({ exitCode: 130 });
  await work.remove();
});

const headline = (text: string) => page.locator('h1:visible', { hasText: text }).first().waitFor();
/** Slidev's controls say how many slides there are. */
const controls = () => page.locator('#page-root nav', { hasText: /\/\s*\d+/ }).first();
const slides = async () => Number(/\/\s*(\d+)/.exec((await controls().textContent()) ?? '')?.[1]);
const total = (count: number) =>
  page
    .locator('#page-root nav', { hasText: new RegExp(`/\\s*${count}(?!\\d)`) })
    .first()
    .waitFor({ state: 'attached' });
const madeAt = async (name: string) => (await stat(work.file(`dist/${name}`))).mtimeMs;
const address = () => new URL(page.url()).pathname;

it('an edit reaches the open page, and only the PDF that it affects', async () => {
  const [deck, money] = await Promise.all([stat(work.file('slides/money.md')), madeAt('money.pdf')]);
  await page.evaluate(() => Object.assign(window, { same: true }));
  await work.edit(START, 'The river starts as a spring', 'The river begins as a spring');
  await headline('The river begins as a spring');
  expect(await page.evaluate(() => 'same' in window)).toBe(true);
  await live.says(/✓ \S.*water\.md \d+ slides, changed/);
  await live.says(/✓ \S.*water\.pdf \d+ pages/);
  await live.says(/✓ \S.*water-briefing\.pdf \d+ pages/);
  expect(await madeAt('money.pdf')).toBe(money);
  expect((await stat(work.file('slides/money.md'))).mtimeMs).toBe(deck.mtimeMs);
});

it('files that are added, renamed and deleted count, and the page stays on its slide', async () => {
  const before = await slides();
  await writeFile(
    work.file(ADDED),
    '---\nquestion: And before?\ntags: [water]\nsection: source\nspeaker: ana\ntakeaway: Rain\n---\n\n- Rain falls.\n',
  );
  await total(before + 1);
  expect(address()).toBe('/water/where-it-starts');
  await headline('The river begins as a spring');
  const renamed = `${interview}/015-after-all.md`;
  await rename(work.file(ADDED), work.file(renamed));
  await live.says(/✓ \S.*water\.md \d+ slides, changed[\s\S]*✓ \S.*water\.md \d+ slides, changed/);
  expect(await readFile(work.file('slides/water.md'), 'utf8')).toContain('015-after-all.md');
  await rm(work.file(renamed));
  await total(before);
  expect(address()).toBe('/water/where-it-starts');
  await headline('The river begins as a spring');
});

it('a slide that is no longer needed gives way to the first of its exchange, a wrong address to the cover', async () => {
  const table = ['| Year | Level |', '| --- | --- |', ...Array.from({ length: 15 }, (_, n) => `| ${2000 + n} | ${n} m |`), '', ''].join(
    '\n',
  );
  const before = await slides();
  await work.edit(START, '- It', `${table}- It`);
  await total(before + 1);
  await page.goto(`${live.origin}water/where-it-starts.2`);
  await slide(page, 'where-it-starts.2').waitFor();
  await work.edit(START, table, '');
  await slide(page, 'where-it-starts').waitFor();
  expect(address()).toBe('/water/where-it-starts');
  await page.goto(`${live.origin}water/nonsense`);
  await page.waitForURL('**/water/deck.cover');
  await page.goto(`${live.origin}water/where-it-starts`);
  await slide(page, 'where-it-starts').waitFor();
});

it('a problem shows with its place, once, while the last good deck stays; mended, everything goes on', async () => {
  await work.edit(START, 'tags: [water, rivers]', 'tags: {water, rivers]');
  await live.says(/010-where-it-starts\.md:3:\d+ error/);
  await live.says(/✗ \S.*water\.md not generated.*the last good version stays/);
  await headline('The river begins as a spring');
  const after = live.words().length;
  // The same problem, two lines further down, is no news; another deck's change is.
  await work.edit(START, '---\nquestion', '---\n# noted\n\nquestion');
  await work.edit('content/themes/money.md', 'title: Money', 'title: Coins');
  await live.says(/✓ \S.*money\.md \d+ slides, changed/);
  expect(live.words().slice(after)).not.toContain('010-where-it-starts');
  await work.edit(START, 'tags: {water, rivers]', 'tags: [water, rivers]');
  await live.says(/all problems are mended/);
  await work.edit(START, 'begins as a spring', 'rises as a spring');
  await headline('The river rises as a spring');
});

it('templates count: a broken one is a problem, a new look is seen and printed', async () => {
  await work.edit('templates/slides/exchange.md.hbs', 'layout: exchange', 'layout: exchange\n{{#if');
  await live.says(/exchange\.md\.hbs/);
  await work.edit('templates/slides/exchange.md.hbs', '\n{{#if', '');
  await live.says(/all problems are mended/);
  const money = await madeAt('money.pdf');
  await work.edit('templates/theme/styles/kinds.css', '', '.slidev-layout h1 { color: rgb(1, 2, 3) !important; }\n');
  await page.waitForFunction(() => [...document.querySelectorAll('h1')].some((each) => getComputedStyle(each).color === 'rgb(1, 2, 3)'));
  await live.says(/✓ \S.*money\.pdf/);
  expect(await madeAt('money.pdf')).toBeGreaterThan(money);
});

it('a content folder that vanishes for a moment takes no deck with it', async () => {
  await rename(work.file('content'), work.file('away'));
  await live.says(/cannot read the content folder/);
  await rename(work.file('away'), work.file('content'));
  await live.says(/all problems are mended/);
  await work.edit(START, 'rises as a spring', 'springs up');
  await headline('The river springs up');
});

it('a theme that is deleted takes its deck along, a new one appears', async () => {
  await mkdir(work.file('kept'));
  await rename(work.file('content/themes/money.md'), work.file('kept/money.md'));
  await live.says(/money\.md removed: its theme is gone/);
  expect((await fetch(`${live.origin}money/`)).status).toBe(404);
  await rename(work.file('kept/money.md'), work.file('content/themes/money.md'));
  await live.says(/✓ \S.*money\.md \d+ slides, new/);
  expect((await fetch(`${live.origin}money/`)).status).toBe(200);
});
