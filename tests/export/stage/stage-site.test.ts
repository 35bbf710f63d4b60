/** Decks as data, through the server that shows them: what a deck is sent as, what is left to Slidev's own server, and what is kept of the stage. */
import { cp, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type DeckServer, startDeckServer } from '../../../scripts/export/server/deck-server.ts';
import { Cache } from '../../../scripts/shared/cache/cache.js';
import { cacheFolder } from '../../../scripts/shared/cache/cache-folder.ts';
import { sha256 } from '../../../scripts/shared/cache/hashes.ts';
import { makeWorkplace, type Workplace } from '../deck-job.ts';

let work: Workplace;
let fallbacks: string[] = [];
const open: DeckServer[] = [];
const entry = (name: string) => path.join(work.slides, `${name}.md`);

beforeAll(async () => {
  work = await makeWorkplace({ ownTheme: true });
  await cp(fileURLToPath(new URL('../input/pictures', import.meta.url)), path.join(work.folder, 'pictures'), { recursive: true });
});
afterEach(async () => {
  fallbacks = [];
  await Promise.all(open.splice(0).map((server) => server.close()));
});
afterAll(() => work.remove());

const said = (reason: string): void => {
  fallbacks.push(reason);
};

async function start(startServer = startDeckServer, onFallback = said): Promise<DeckServer> {
  const server = await startServer({ assets: [path.join(work.folder, 'pictures')], onFallback });
  open.push(server);
  return server;
}

async function get({ origin, pass }: DeckServer, address: string): Promise<string> {
  const response = await fetch(`${origin}${address}`, { headers: { cookie: `${pass.name}=${pass.value}` } });
  return response.ok ? response.text() : `${response.status}`;
}

/** A deck of one slide with this body, as data. Rejects with the reason when Slidev's server is to show it, which is not started. */
async function bodyOf(body: string): Promise<Record<string, string> | undefined> {
  const instead = new AbortController();
  const server = await start(startDeckServer, (reason) => instead.abort(reason));
  const head = 'theme: "../templates/theme"\nlayout: plain\nslideId: one\nheadline: One';
  await writeFile(entry('one'), `---\n${head}\n---\n\n${body}\n`);
  return (await server.showDeck(entry('one'), instead.signal)).data?.slides[0]?.slots;
}

async function rewrite(file: string, from: string | RegExp, to: string): Promise<void> {
  await writeFile(file, (await readFile(file, 'utf8')).replace(from, to));
}

describe('a deck', () => {
  it('is sent to the page as front matter and HTML, with its settings', async () => {
    const { slides, data } = await (await start()).showDeck(entry('scaling'));
    expect(slides).toBe(3);
    expect(data?.slides[1]).toEqual({
      layout: 'plain',
      frontmatter: { layout: 'plain', slideId: 'second', headline: 'Smooth curves, sudden abilities' },
      title: null,
      level: null,
      slots: { default: '<ul>\n<li>More words</li>\n<li><strong>and</strong> more</li>\n</ul>' },
    });
    expect(data?.configs).toMatchObject({ title: 'Scaling', canvasWidth: 980, presenter: false });
    expect(fallbacks).toEqual([]);
  });

  it('has the HTML of each slot apart', async () => {
    expect(await bodyOf('<p>One</p>\n\n::figure::\n\n<div>\n<b>Two</b>\n</div>\n\n<p>Three</p>')).toEqual({
      default: '<p>One</p>',
      figure: '<div>\n<b>Two</b>\n</div>\n<p>Three</p>',
    });
    expect(await bodyOf('::figure::\n\n<p>Two</p>')).toEqual({ figure: '<p>Two</p>' });
  });

  it.each([
    [
      'steps, which are all there',
      '<ul>\n<li v-click>One</li>\n<li v-click="2">Two</li>\n</ul>',
      '<ul>\n<li >One</li>\n<li >Two</li>\n</ul>',
    ],
    ['text that is not to be read as code', '<p v-pre>{{ 1 + 1 }} <Foo :a="b">c</Foo></p>', '<p v-pre>{{ 1 + 1 }} <Foo :a="b">c</Foo></p>'],
    ['references', '<p>&#123;&#123; 1 &#125;&#125;</p>', '<p>&#123;&#123; 1 &#125;&#125;</p>'],
    ['a drawing', '<svg viewBox="0 0 1 1">\n<path d="M0 0"/></svg>', '<svg viewBox="0 0 1 1">\n<path d="M0 0"/></svg>'],
    [
      'a far picture, which the page cannot load',
      '<p><img src="https://example.com/a.png"></p>',
      '<p><img src="https://example.com/a.png"></p>',
    ],
  ])('is data with %s', async (_, body, html) => {
    expect(await bodyOf(body)).toEqual({ default: html });
  });

  it.each([
    ['Markdown', 'Some *words*', /^slide 1 has Markdown/],
    ['Markdown behind HTML', '<p>a</p>\n\n- b', /^slide 1 has Markdown/],
    ['a code block', '```js\na\n```', /^slide 1 has Markdown/],
    ['a file that is to be shown as code', '<<< ./a.ts', /^slide 1 has Markdown/],
    ['a component', '<div><JumpLink to="a"/></div>', /^slide 1 has the component <JumpLink>/],
    ['an expression', '<p>{{ 1 + 1 }}</p>', /^slide 1 has an expression/],
    ['a directive', '<p v-if="false">a</p>', /^slide 1 has the directive v-if/],
    ['a step that hides', '<p v-click.hide>a</p>', /^slide 1 has the directive v-click/],
    ['a bound attribute', '<p :id="1 + 1">a</p>', /^slide 1 has the directive :id/],
    ['a handler', '<p onclick="a()">a</p>', /^slide 1 has the attribute onclick/],
    ['a script', '<p>a</p>\n\n<script setup>\n1;\n</script>', /^slide 1 has the element <script>/],
    ['a style', '<p>a</p>\n\n<style>\np { color: red }\n</style>', /^slide 1 has the element <style>/],
    ['a far drawing in a drawing', '<svg>\n<image href="./a.png"/></svg>', /^slide 1 has a file in <image href>/],
    ['an element that only Vue closes', '<div><p/>a</div>', /^slide 1 has <p\/>/],
  ])('with %s is left to Slidev, and that is said', async (_, body, reason) => {
    await expect(bodyOf(body)).rejects.toMatch(reason);
  });

  it('has a layout that the theme has not: an error', async () => {
    await expect((await start()).showDeck(entry('no-layout'))).rejects.toThrow('slide 2: the theme has no layout "nowhere"');
  });
});

describe('a picture', () => {
  const addressIn = (html: string | undefined) => /src="(\/deck\/[^"]*\.png)"/.exec(html ?? '')?.[1] ?? '';
  const show = async (server: DeckServer) => addressIn((await server.showDeck(entry('picture'))).data?.slides[0]?.slots.default);

  it('is there also when another deck was shown since; another one behind the same name has another address', async () => {
    const server = await start();
    const address = await show(server);
    await server.showDeck(entry('scaling'));
    expect(await get(server, address)).toContain('PNG');
    const picture = path.join(work.folder, 'pictures', 'dot.png');
    await writeFile(picture, await readFile(path.join(import.meta.dirname, '../../content/input/images/interviews/talk/images/a.png')));
    const now = await show(server);
    expect(now).not.toBe(address);
    expect(await get(server, now)).toContain('PNG');
  });

  it('has any name, which the deck writes encoded twice', async () => {
    await cp(path.join(work.folder, 'pictures/dot.png'), path.join(work.folder, 'pictures', "it's 1#2?.png"));
    const slots = await bodyOf('<p><img src="../pictures/it%2527s%25201%25232%253F.png"></p>');
    expect(addressIn(slots?.default)).toMatch(/^\/deck\/[0-9a-f]{16}\.png$/);
  });

  it('that is not there, or lies elsewhere, is an error of its deck', async () => {
    await expect(bodyOf('<p><img src="../pictures/none.png"></p>')).rejects.toThrow(/^there is no picture .*none\.png$/);
    await cp(path.join(work.folder, 'pictures'), path.join(work.folder, 'elsewhere'), { recursive: true });
    await expect(bodyOf('<p><img src="../elsewhere/dot.png"></p>')).rejects.toThrow(/dot\.png is none of the files/);
  });
});

describe('the stage', () => {
  const records = async () => {
    const folder = await cacheFolder('stage');
    return Promise.all((await readdir(folder)).map(async (name) => path.join(folder, name)));
  };
  const stageOf = async (server: DeckServer) => (await server.showDeck(entry('scaling'))).url.replace(/.*stage=/, '');

  /** As another process does: it knows nothing but what stands in the cache. */
  const startAnew = async () => {
    vi.resetModules();
    return start((await import('../../../scripts/export/server/deck-server.ts')).startDeckServer);
  };

  it('is taken from the cache by another process, unless that was spoilt', async () => {
    const key = await stageOf(await start());
    const file = path.join(await cacheFolder('stage'), key);
    expect(await records()).toContain(file);
    const [, body = ''] = (await readFile(file, 'utf8')).split('\n');
    const marked = body.replace('showOnStage', 'marked');
    await writeFile(file, `${sha256(marked)}\n${marked}`);
    const second = await startAnew();
    await stageOf(second);
    expect(await get(second, '/stage/stage.js')).toContain('marked');

    for (const spoilt of [`${sha256(body)}\n${marked}`, body.slice(0, 900), '']) {
      await writeFile(file, spoilt);
      expect(new Cache(path.dirname(file), 8).read(key)).toBeNull();
    }
    await writeFile(file, `${sha256('{}')}\n{}`);
    const third = await startAnew();
    await stageOf(third);
    expect(await get(third, '/stage/stage.js')).not.toContain('marked');
  });

  it('is another one for another theme, also while it runs, and whatever the dates of its files are', async () => {
    const server = await start();
    const before = await stageOf(server);
    const layout = path.join(work.folder, 'templates/theme/layouts/plain.vue');
    const then = new Date('2020-01-01');
    await utimes(layout, then, then);
    expect(await stageOf(server)).toBe(before);
    await rewrite(layout, 'class="body"', 'class="body another-look"');
    await utimes(layout, then, then);
    expect(await stageOf(server)).not.toBe(before);
    expect(await get(server, '/stage/stage.js')).toContain('another-look');
  });

  it('gives way to Slidev for one deck, which is said once for each reason', async () => {
    const server = await start();
    await writeFile(entry('listed'), '---\ntheme: "../templates/theme"\nlayout: plain\nslideId: cover\nheadline: Listed\n---\n\n<Toc />\n');
    expect(await server.showDeck(entry('listed'))).toMatchObject({ slides: 1, data: null });
    await server.showDeck(entry('listed'));
    expect(fallbacks).toEqual(['slide 1 has the component <Toc>']);
    expect(await get(server, '/print')).toContain('/@vite/client');
    await server.showDeck(entry('scaling'));
    expect(await get(server, '/print')).toContain('/stage/stage.js');
  });

  it('that cannot be bundled leaves all to Slidev', async () => {
    await writeFile(path.join(work.folder, 'templates/theme/layouts/unused.vue'), '<template><p>never closed</template>\n');
    const server = await start();
    expect(await server.showDeck(entry('scaling'))).toMatchObject({ slides: 3, data: null });
    expect(fallbacks).toEqual([expect.stringMatching(/^the theme cannot be bundled: /)]);
  });
});
