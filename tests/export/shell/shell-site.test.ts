/** Decks on the shell, through the server that shows them: what is kept, what is made anew, and what the shell leaves to Slidev's own server. */
import { cp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type DeckServer, startDeckServer } from '../../../scripts/export/deck-server.ts';
import { cacheFolder } from '../../../scripts/shared/cache-folder.ts';
import { sha256 } from '../../../scripts/shared/hashes.ts';
import { makeWorkplace, type Workplace } from '../deck-job.ts';

let work: Workplace;
let fallbacks: string[] = [];
const open: DeckServer[] = [];
const entry = (name: string) => path.join(work.slides, `${name}.md`);

beforeAll(async () => {
  work = await makeWorkplace();
  await cp(fileURLToPath(new URL('../input/pictures', import.meta.url)), path.join(work.folder, 'pictures'), { recursive: true });
});
afterEach(async () => {
  fallbacks = [];
  await Promise.all(open.splice(0).map((server) => server.close()));
});
afterAll(() => work.remove());

/** A server that knows nothing but what stands in the cache. */
async function start(): Promise<DeckServer> {
  const server = await startDeckServer({ assets: [path.join(work.folder, 'pictures')], onFallback: (reason) => fallbacks.push(reason) });
  open.push(server);
  return server;
}

async function get({ origin, pass }: DeckServer, address: string): Promise<string> {
  const response = await fetch(`${origin}${address}`, { headers: { cookie: `${pass.name}=${pass.value}` } });
  return response.ok ? response.text() : `${response.status}`;
}

/** Shows a deck, and gives its own files by name; "404" for what it does not have. */
async function show(server: DeckServer, name: string): Promise<{ slides: number; file: (name: string) => Promise<string> }> {
  const { slides, module } = await server.showDeck(entry(name));
  return { slides, file: (file) => get(server, (module ?? '/none').replace(/[^/]*$/, file)) };
}

/** The record of a deck in the cache. */
async function recordOf(name: string): Promise<string> {
  return path.join(await cacheFolder('deck'), `${sha256(JSON.stringify([entry(name), null])).slice(0, 32)}.json`);
}

async function rewrite(file: string, from: string | RegExp, to: string): Promise<void> {
  await writeFile(file, (await readFile(file, 'utf8')).replace(from, to));
}

it('compiles a deck once; another process takes it from the cache, unless that was spoilt', async () => {
  const first = await start();
  const { slides, file } = await show(first, 'scaling');
  expect(slides).toBe(3);
  const compiled = await file('group-0.js');
  expect(compiled).toContain('The last words.');
  expect(await get(first, '/print')).toMatch(/<script type="module" src="\/shell\/print\.js"><\/script>/);
  expect(fallbacks).toEqual([]);

  const record = await recordOf('scaling');
  const [, body = ''] = (await readFile(record, 'utf8')).split('\n');
  const marked = body.replace('The last words.', 'Words of the cache.');
  await writeFile(record, `${sha256(marked)}\n${marked}`);
  const second = await start();
  expect(await (await show(second, 'scaling')).file('group-0.js')).toContain('Words of the cache.');

  for (const spoilt of [`${sha256(body)}\n${marked}`, body.slice(0, 900), '', `${sha256('{}')}\n{}`]) {
    await writeFile(record, spoilt);
    const third = await start();
    expect(await (await show(third, 'scaling')).file('group-0.js')).toBe(compiled);
  }
});

it('compiles a deck alike with all of Slidev and, on a shell that is there, with the part of it that is one file', async () => {
  const compile = async () => {
    await rm(await recordOf('scaling'), { force: true });
    const server = await start();
    const { file } = await show(server, 'scaling');
    return Promise.all([get(server, '/print'), ...['deck.js', 'group-0.js', 'meta.js', 'configs.js'].map(file)]);
  };
  await compile();
  const { shell }: { shell: string } = JSON.parse((await readFile(await recordOf('scaling'), 'utf8')).split('\n')[1] ?? '');
  const kept = path.join(await cacheFolder('shell'), `${sha256(shell).slice(0, 32)}.json`);
  await rm(kept);
  const withAll = await compile();
  expect((await stat(kept)).isFile()).toBe(true);
  expect(await compile()).toEqual(withAll);
  expect((await readdir(await cacheFolder('slidev-node'))).length).toBeGreaterThan(0);
});

it('opens the page with the files of the shell that is there, also when that was made anew since the deck was compiled', async () => {
  await show(await start(), 'scaling');
  const { shell }: { shell: string } = JSON.parse((await readFile(await recordOf('scaling'), 'utf8')).split('\n')[1] ?? '');
  const kept = path.join(await cacheFolder('shell'), `${sha256(shell).slice(0, 32)}.json`);
  const [, body = ''] = (await readFile(kept, 'utf8')).split('\n');
  // Its files are named after what is in them.
  const [, name = ''] = /shell\/chunks\/print-([\w-]+)\.js/.exec(body) ?? [];
  expect(name).not.toBe('');
  const other = body.replaceAll(name, 'another0');
  await writeFile(kept, `${sha256(other)}\n${other}`);
  const server = await start();
  await show(server, 'scaling');
  const addresses = [...(await get(server, '/print')).matchAll(/<(?:link|script)[^>]* (?:href|src)="([^"]+)"/g)].map(
    ([, address = '']) => address,
  );
  const files = addresses.filter((address) => address.startsWith('/'));
  expect(files.filter((address) => address.includes('another0'))).toHaveLength(1);
  expect(await Promise.all(files.map((address) => get(server, address)))).not.toContain('404');
  await rm(kept);
});

it('compiles only what has changed, and everything together again before there are too many pieces', async () => {
  const server = await start();
  await server.showDeck(entry('scaling'));
  await rewrite(entry('scaling'), 'More words', 'Other words');
  const { file } = await show(server, 'scaling');
  expect(await file('group-0.js')).toContain('The last words.');
  const changed = await file('group-1.js');
  expect(changed).toContain('Other words');
  expect(changed).not.toContain('The last words.');
  for (let edit = 1; edit <= 12; edit += 1) {
    await rewrite(entry('scaling'), /\w+ words/, `x${edit} words`);
    const edited = await show(server, 'scaling');
    expect(await edited.file('group-9.js')).toBe('404');
    const all = await Promise.all(Array.from({ length: 9 }, (_, index) => edited.file(`group-${index}.js`)));
    expect(all.join('\n')).toContain(`x${edit} words`);
  }
  await rewrite(entry('scaling'), /x12 words/, 'More words');
}, 120_000);

it('answers for the last decks that were shown, each at addresses of its own', async () => {
  const server = await start();
  const shown = [];
  for (const name of ['scaling', 'scaling.zh', 'scaling', 'scaling.zh']) shown.push(await show(server, name));
  const words = await Promise.all(shown.map(({ file }) => file('group-0.js')));
  expect(words[0]).toBe('403');
  expect(words[1]).toContain('scaling.zh.md');
  expect(words[2]).toContain('The last words.');
  expect(words[3]).toBe(words[1]);
});

it('shows what a deck was before it is compiled anew', async () => {
  const first = await start();
  await show(first, 'scaling');
  await rewrite(entry('scaling'), 'The last words.', 'Later words.');
  const server = await start();
  expect(await server.showEarlierDeck(entry('nowhere'))).toBeNull();
  const earlier = await server.showEarlierDeck(entry('scaling'));
  expect(await get(server, (earlier?.module ?? '').replace('deck.js', 'group-0.js'))).toContain('The last words.');
  const { file } = await show(server, 'scaling');
  const groups = await Promise.all(Array.from({ length: 9 }, (_, index) => file(`group-${index}.js`)));
  expect(groups.join('\n')).toContain('Later words.');
  await rewrite(entry('scaling'), 'Later words.', 'The last words.');
});

it('answers for the pictures of a deck also when another one, or what it was before, was shown since', async () => {
  const server = await start();
  const { file } = await show(server, 'picture');
  const address = /"(\/deck\/[^"]*\.png)"/.exec(await file('group-0.js'))?.[1] ?? '';
  await show(server, 'scaling');
  expect(await get(server, address)).toContain('PNG');
});

it('sees another picture behind the same name', async () => {
  const server = await start();
  const { file } = await show(server, 'picture');
  const address = /"(\/deck\/[^"]*\.png)"/.exec(await file('group-0.js'))?.[1] ?? '';
  const before = await get(server, address);
  expect(before).toContain('PNG');
  const picture = path.join(work.folder, 'pictures', 'dot.png');
  const { mtime } = await stat(picture);
  await writeFile(picture, await readFile(path.join(import.meta.dirname, '../../content/input/images/interviews/talk/images/a.png')));
  // Not even a date tells.
  await utimes(picture, mtime, mtime);
  const later = await start();
  const now = /"(\/deck\/[^"]*\.png)"/.exec(await (await show(later, 'picture')).file('group-0.js'))?.[1] ?? '';
  const after = await get(later, now);
  expect(after).toContain('PNG');
  expect(after).not.toBe(before);
});

it('sees another theme, also while it runs', async () => {
  const server = await start();
  await server.showDeck(entry('scaling'));
  expect(await get(server, '/shell/layouts/plain.js')).not.toContain('another-look');
  const layout = path.join(work.folder, 'templates/theme/layouts/plain.vue');
  await rewrite(layout, 'class="body"', 'class="body another-look"');
  await server.showDeck(entry('scaling'));
  const code = await get(server, '/shell/layouts/plain.js');
  expect(
    code + (await Promise.all([...code.matchAll(/from "\.\.(\/[^"]*)"/g)].map(([, file]) => get(server, `/shell${file}`)))).join(),
  ).toContain('another-look');
}, 120_000);

it('leaves to Slidev what the shell does not hold, and says so once for each reason', async () => {
  const server = await start();
  await writeFile(entry('listed'), '---\ntheme: "../templates/theme"\nlayout: plain\nslideId: cover\nheadline: Listed\n---\n\n<Toc />\n');
  expect(await server.showDeck(entry('listed'))).toMatchObject({ slides: 1 });
  await server.showDeck(entry('listed'));
  expect(fallbacks).toEqual([expect.stringMatching(/imports .*Toc/)]);
  expect(await get(server, '/print')).toContain('/@vite/client');
  // The next deck is on the shell again.
  await server.showDeck(entry('scaling'));
  expect(await get(server, '/print')).toContain('/shell/print.js');
});

it('leaves to Slidev a theme that cannot be bundled', async () => {
  await writeFile(path.join(work.folder, 'templates/theme/layouts/unused.vue'), '<template><p>never closed</template>\n');
  const server = await start();
  expect(await server.showDeck(entry('scaling'))).toMatchObject({ slides: 3 });
  expect(fallbacks).toEqual([expect.stringMatching(/^the shell cannot be bundled: /)]);
}, 120_000);

it('keeps no more records than it says', async () => {
  const { writeRecord, readRecord } = await import('../../../scripts/export/cache-record.ts');
  const kind = { name: 'shell', kept: 1000 } as const;
  await writeRecord(kind, 'bench', 'one');
  expect(await readRecord(kind, 'bench')).toBe('one');
  const before = (await readdir(await cacheFolder('shell'))).length;
  await writeRecord({ ...kind, kept: before }, 'one more', 'two');
  expect((await readdir(await cacheFolder('shell'))).length).toBe(before);
  expect(await readRecord(kind, 'one more')).toBe('two');
});
