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

/** The record of a deck in the cache. */
async function recordOf(name: string): Promise<string> {
  return path.join(await cacheFolder('deck'), `${sha256(JSON.stringify([entry(name), null])).slice(0, 32)}.json`);
}

async function rewrite(file: string, from: string | RegExp, to: string): Promise<void> {
  await writeFile(file, (await readFile(file, 'utf8')).replace(from, to));
}

it('compiles a deck once; another process takes it from the cache, unless that was spoilt', async () => {
  const first = await start();
  expect(await first.showDeck(entry('scaling'))).toMatchObject({ slides: 3 });
  const compiled = await get(first, '/deck/group-0.js');
  expect(compiled).toContain('The last words.');
  expect(await get(first, '/print')).toMatch(/<script type="module" src="\/shell\/print\.js"><\/script>/);
  expect(fallbacks).toEqual([]);

  const record = await recordOf('scaling');
  const [, body = ''] = (await readFile(record, 'utf8')).split('\n');
  const marked = body.replace('The last words.', 'Words of the cache.');
  await writeFile(record, `${sha256(marked)}\n${marked}`);
  const second = await start();
  await second.showDeck(entry('scaling'));
  expect(await get(second, '/deck/group-0.js')).toContain('Words of the cache.');

  for (const spoilt of [`${sha256(body)}\n${marked}`, body.slice(0, 900), '', `${sha256('{}')}\n{}`]) {
    await writeFile(record, spoilt);
    const third = await start();
    await third.showDeck(entry('scaling'));
    expect(await get(third, '/deck/group-0.js')).toBe(compiled);
  }
});

it('compiles a deck alike with all of Slidev and, on a shell that is there, with the part of it that is one file', async () => {
  const compile = async () => {
    await rm(await recordOf('scaling'), { force: true });
    const server = await start();
    await server.showDeck(entry('scaling'));
    return Promise.all(['/deck/group-0.js', '/deck/meta.js', '/deck/configs.js', '/print'].map((address) => get(server, address)));
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

it('compiles only what has changed, and everything together again before there are too many pieces', async () => {
  const server = await start();
  await server.showDeck(entry('scaling'));
  await rewrite(entry('scaling'), 'More words', 'Other words');
  await server.showDeck(entry('scaling'));
  expect(await get(server, '/deck/group-0.js')).toContain('The last words.');
  const changed = await get(server, '/deck/group-1.js');
  expect(changed).toContain('Other words');
  expect(changed).not.toContain('The last words.');
  for (let edit = 1; edit <= 12; edit += 1) {
    await rewrite(entry('scaling'), /\w+ words/, `x${edit} words`);
    await server.showDeck(entry('scaling'));
    expect(await get(server, '/deck/group-9.js')).toBe('404');
    const all = await Promise.all(Array.from({ length: 9 }, (_, index) => get(server, `/deck/group-${index}.js`)));
    expect(all.join('\n')).toContain(`x${edit} words`);
  }
  await rewrite(entry('scaling'), /x12 words/, 'More words');
}, 120_000);

it('sees another picture behind the same name', async () => {
  const server = await start();
  await server.showDeck(entry('picture'));
  const address = /"(\/deck\/[^"]*\.png)"/.exec(await get(server, '/deck/group-0.js'))?.[1] ?? '';
  expect(await get(server, address)).toContain('PNG');
  const picture = path.join(work.folder, 'pictures', 'dot.png');
  const { mtime } = await stat(picture);
  await writeFile(picture, Buffer.concat([await readFile(picture), Buffer.from('changed')]));
  // Not even a date tells.
  await utimes(picture, mtime, mtime);
  const later = await start();
  await later.showDeck(entry('picture'));
  const now = /"(\/deck\/[^"]*\.png)"/.exec(await get(later, '/deck/group-0.js'))?.[1] ?? '';
  expect(await get(later, now)).toContain('changed');
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
