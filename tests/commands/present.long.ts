/** `present` with a real browser: what a presenter does in windows of several decks. */
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Presenting, slide, startPresenting } from './live.ts';

let presenting: Presenting;
beforeAll(async () => {
  presenting = await startPresenting('water');
});
afterAll(async () => {
  expect(await presenting.end()).toMatchObject({ exitCode: 130 });
});

it('a deck is opened for the first time with its style sheets as they stay', async () => {
  const { context, open } = presenting.shown;
  const first = await context.newPage();
  let updates = 0;
  first.on('console', (message) => {
    if (message.text().includes('hot updated')) updates += 1;
  });
  await open('money/', 'deck.cover', first);
  // Four sheets: once more when the page has asked for something that nobody knew of.
  expect(updates).toBeLessThanOrEqual(8);
  await first.close();
});

it('a deck has links to its slides, from a claim to its evidence and back, to terms, to the other theme and to the source', async () => {
  const { page, open, shows, goTo } = presenting.shown;
  await open('water/2', 'deck.step-1');
  await slide(page, 'deck.step-1').getByRole('link', { name: '3', exact: true }).click();
  await shows('where-it-starts');
  await slide(page, 'where-it-starts').getByRole('link', { name: '2', exact: true }).click();
  await shows('deck.step-1');
  await goTo(3, 'where-it-starts');
  const locator = slide(page, 'where-it-starts').locator('a.locator');
  expect([await locator.getAttribute('href'), await locator.getAttribute('target'), await locator.getAttribute('rel')]).toEqual([
    'https://example.org/rivers',
    '_blank',
    expect.stringContaining('noopener'),
  ]);
  await slide(page, 'where-it-starts').getByRole('link', { name: 'Spring' }).click();
  await shows('deck.glossary');
  await goTo(7, 'deck.sources');
  await slide(page, 'deck.sources').getByRole('link', { name: 'It ends in the sea' }).click();
  await shows('where-it-ends');
  await goTo(8, 'deck.related');
  await slide(page, 'deck.related').getByRole('link', { name: 'Money' }).click();
  await shows('deck.cover');
  expect(new URL(page.url()).pathname).toMatch(/^\/money\//);
});

it('a deck is told of again when it breaks a second time', async () => {
  const { page } = presenting.shown;
  const file = presenting.work.file('slides/money.md');
  const good = await readFile(file, 'utf8');
  for (const turn of ['first', 'second']) {
    await writeFile(file, '---\ntitle: [\n---\n');
    await presenting.live.says(/money\.md: .*; the page shows the last good deck/);
    // Nothing is said of a deck that is well.
    await writeFile(file, good.replace(/^headline: .*$/m, `headline: Mended the ${turn} time`));
    await slide(page, 'deck.cover').getByText(`Mended the ${turn} time`).waitFor();
  }
});

it('a deck has notes, timer and the next slide in the presenter, which the other window follows', async () => {
  const { context, page, open, shows } = presenting.shown;
  await open('water/1', 'deck.cover');
  const presenter = await context.newPage();
  await open('water/presenter/1', 'deck.cover', presenter);
  await presenter.keyboard.press('ArrowRight');
  await shows('deck.step-1', presenter);
  await presenter.getByText('Begin with the map.').waitFor();
  await presenter.getByText('Question: Where does the river start?').waitFor();
  await shows('deck.step-1');
  await presenter.keyboard.press('ArrowLeft');
  await shows('deck.cover');
  // And back again from the window that follows.
  await page.keyboard.press('ArrowRight');
  // The presenter shows that slide already, as the next one: a click in there, before the presenter has followed, is undone when it does.
  await presenter.waitForURL(({ pathname }) => pathname === '/water/presenter/deck.step-1');
  await shows('deck.step-1', presenter);
  expect(await presenter.locator('[title="Edit Notes"]').count()).toBe(0);
  await slide(presenter, 'deck.step-1').getByRole('link', { name: '3', exact: true }).click();
  await shows('where-it-starts', presenter);
  await slide(presenter, 'where-it-starts').getByRole('link', { name: 'Spring' }).click();
  await shows('deck.glossary', presenter);
  await shows('deck.glossary');
  expect(new URL(presenter.url()).pathname).toBe('/water/presenter/deck.glossary');
  await presenter.close();
});
