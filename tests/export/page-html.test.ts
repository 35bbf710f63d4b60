/** The page in which decks are shown is the same HTML for all of them: what a deck says reaches it as data. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DeckServer, startDeckServer } from '../../scripts/export/server/deck-server.ts';
import { openRoom, type Room } from '../../scripts/live/room.ts';
import { escapeTitle, escapeYaml } from '../../scripts/render/escape.ts';
import { anyLine } from '../arbitraries.ts';
import { makeWorkplace, type Workplace } from './deck-job.ts';

let work: Workplace;
let stage: DeckServer;
let dev: DeckServer;
let room: Room;

beforeAll(async () => {
  work = await makeWorkplace();
  [stage, dev] = await Promise.all([startDeckServer({ assets: [] }), startDeckServer({ assets: [], way: 'dev' })]);
  room = await openRoom({
    slides: work.slides,
    theme: work.theme,
    assets: [],
    port: null,
    pages: { start: async () => '', missing: async () => '' },
    complain: () => {},
    mended: () => {},
    warn: () => {},
  });
});
afterAll(async () => {
  await Promise.all([stage.close(), dev.close(), room.close()]);
  await work.remove();
});

/** A deck of one slide; `says` stands in every setting that Slidev writes into a page. */
async function writeDeck(name: string, says: string): Promise<string> {
  const file = path.join(work.slides, `${name}.md`);
  const text = escapeYaml(says);
  const settings = ['author', 'info', 'keywords', 'favicon', 'titleTemplate', 'exportFilename'].map((key) => `${key}: ${text}`);
  const seo = ['ogTitle', 'ogDescription', 'ogImage', 'ogUrl', 'twitterCard', 'twitterTitle', 'twitterUrl'].map((key) => `${key}: ${text}`);
  const head = [
    `theme: ${JSON.stringify(work.theme)}`,
    'lang: en',
    `title: ${escapeYaml(escapeTitle(says))}`,
    ...settings,
    `seoMeta: { ${seo.join(', ')} }`,
    `briefdeck: { deck: ${text} }`,
  ];
  await writeFile(file, ['---', ...head, 'layout: plain', 'slideId: cover', 'headline: One', '---', '', '<p>Words.</p>', ''].join('\n'));
  return file;
}

async function htmlOf(server: DeckServer, name: string, says: string): Promise<string> {
  await server.showDeck(await writeDeck(name, says));
  const { origin, pass } = server;
  return (await fetch(`${origin}/print`, { headers: { cookie: `${pass.name}=${pass.value}` } })).text();
}

it('has nothing of a deck in it, on the stage and on the development server', async () => {
  const plain = { stage: await htmlOf(stage, 'page', 'Water'), dev: await htmlOf(dev, 'page', 'Water') };
  expect(plain.stage).toContain('/stage/stage.js');
  expect(plain.dev).toContain('main.ts');
  const said = fc.oneof(anyLine, fc.constantFrom('Growth -> decline', '" onload="x', "$& $' %s %MODE%"));
  await fc.assert(
    fc.asyncProperty(said, async (says) => {
      expect({ stage: await htmlOf(stage, 'page', says), dev: await htmlOf(dev, 'page', says) }).toEqual(plain);
    }),
    { numRuns: 3, examples: [['Water ><style>*{color:#f0f!important}</style><link x=']], endOnFailure: true },
  );
});

it('has nothing of a deck in it either where decks are presented', async () => {
  const pageOf = async (name: string, says: string) => {
    await writeDeck(name, says);
    return (await (await fetch(`${room.origin}${name}/`)).text()).replaceAll(`/${name}/`, '/deck/');
  };
  const plain = await pageOf('plain', 'Water');
  expect(plain).toContain('/deck/@fs/');
  expect(await pageOf('other', 'Water > <meta http-equiv=refresh content=0;url=http://127.0.0.1:1/>')).toBe(plain);
  expect(await readFile(path.join(work.slides, 'other.md'), 'utf8')).toContain('http-equiv');
});
