/** What the servers give away of the machine's files, and what they run of them: nothing but what decks are made of. */
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeckServer, startDeckServer } from '../../scripts/export/server/deck-server.ts';
import { openRoom, type Room } from '../../scripts/live/room.ts';
import { projectRoot } from '../../scripts/shared/paths.ts';
import { makeWorkplace, type Workplace } from './deck-job.ts';

let work: Workplace;
let server: DeckServer;
let room: Room;
const SECRET = 'the secret of the machine';

beforeAll(async () => {
  work = await makeWorkplace({ ownTheme: true });
  const theme = path.join(work.folder, 'templates', 'theme');
  const pictures = path.join(work.folder, 'pictures');
  await cp(fileURLToPath(new URL('./input/pictures', import.meta.url)), pictures, { recursive: true });
  await plant();
  server = await startDeckServer({ assets: [pictures], theme, way: 'dev' });
  await server.showDeck(path.join(work.slides, 'scaling.md'));
  room = await openRoom({
    slides: work.slides,
    theme,
    assets: [pictures],
    port: null,
    pages: { start: async () => 'start', missing: async () => 'missing' },
    complain() {},
    mended() {},
    warn() {},
  });
  await room.open('scaling');
});
afterAll(async () => {
  await Promise.all([server.close(), room.close()]);
  await work.remove();
});

/** Files that nobody may see, symbolic links to them, and code where Slidev looks for some. */
async function plant(): Promise<void> {
  const at = (...names: string[]) => path.join(work.folder, ...names);
  for (const folder of ['slides/.git', 'templates/theme/.git', 'private']) await mkdir(at(folder), { recursive: true });
  const texts = [
    'private/a.txt',
    'private/a.svg',
    'slides/a.txt',
    'slides/.env',
    'slides/.git/config',
    'pictures/010-x.md',
    'pictures/.a.svg',
  ];
  for (const file of [...texts, 'templates/theme/.env', 'templates/theme/.git/config']) await writeFile(at(file), SECRET);
  const links = {
    'slides/out.svg': 'private/a.svg',
    'slides/text.svg': 'slides/a.txt',
    'pictures/out': 'private',
    'templates/theme/out.txt': 'private/a.txt',
  };
  const code = 'globalThis.ran = import.meta.url;\nexport default () => globalThis.ran;\n';
  const setups = [
    'main',
    'shiki',
    'vite-plugins',
    'transformers',
    'preparser',
    'unocss',
    'katex',
    'mermaid',
    'routes',
    'root',
    'code-runners',
  ];
  const scripts = [
    ...setups.map((name) => `setup/${name}.ts`),
    'vite.config.ts',
    'uno.config.ts',
    'postcss.config.js',
    'slidev.config.ts',
    'styles/index.ts',
  ];
  const views = ['components/Evil.vue', 'layouts/plain.vue', 'global-top.vue', 'global-bottom.vue', 'custom-nav-controls.vue'];
  for (const folder of ['setup', 'components', 'layouts', 'styles', 'snippets', 'public', 'evil/setup'])
    await mkdir(at('slides', folder), { recursive: true });
  for (const file of [...scripts, 'evil/setup/shiki.ts', 'snippets/x.ts', 'public/x.ts']) await writeFile(at('slides', file), code);
  for (const file of views)
    await writeFile(at('slides', file), `<script setup>\n${code.split('\n')[0]}\n</script>\n<template><p>EVIL</p></template>`);
  for (const file of ['style.css', 'index.html']) await writeFile(at('slides', file), '<body>EVIL</body>');
  await writeFile(at('slides', 'package.json'), '{ "slidev": { "addons": ["./evil"] } }');
  await writeFile(at('private/a.css'), `p::after { content: "${SECRET}" }`);
  for (const [link, target] of Object.entries(links)) await symlink(at(target), at(link));
}

interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Not fetch, which tidies addresses and sets some headers itself. */
async function ask(
  origin: string,
  address: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: object } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(origin), { path: address, method, headers: { ...headers } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    for (const event of ['upgrade', 'connect'])
      sent.once(event, (response: IncomingMessage, socket: Duplex) => {
        socket.destroy();
        resolve({ status: response.statusCode, headers: response.headers, text: '' });
      });
    sent.once('error', reject);
    sent.end();
  });
}

const cookie = () => `${server.pass.name}=${server.pass.value}`;
const servers = {
  'the exporting server': (address: string, headers: object = {}, method = 'GET') =>
    ask(server.origin, address, { headers: { cookie: cookie(), ...headers }, method }),
  'the live room': (address: string, headers: object = {}, method = 'GET') => ask(room.origin, `/scaling${address}`, { headers, method }),
};
const encoded = (...names: string[]) =>
  path
    .join(work.folder, ...names)
    .split(path.sep)
    .map(encodeURIComponent)
    .join('/');

describe.each(Object.entries(servers))('%s', (name, get) => {
  it('gives away no file that decks are not made of', async () => {
    const files = [
      ...['private/a.txt', 'private/a.svg', 'slides/a.txt', 'slides/.env', 'slides/.git/config', 'slides/out.svg', 'slides/text.svg'],
      ...['slides/scaling.md', 'pictures/010-x.md', 'pictures/.a.svg', 'pictures/out/a.svg', 'pictures/out/a.txt'],
      ...['templates/theme/.env', 'templates/theme/.git/config', 'templates/theme/out.txt'],
    ].map((file) => encoded(...file.split('/')));
    const inside = `${encoded('templates')}/theme`;
    const places = [
      ...files,
      ...[
        '/etc/passwd',
        '//etc/passwd',
        '/etc/./passwd',
        '/%65tc/passwd',
        '/%2565tc/passwd',
        '/etc%2Fpasswd',
        '/etc/passwd%00.svg',
        '/etc/passwd/',
      ],
      ...[`${inside}/../../private/a.txt`, `${inside}/%2e%2e/%2e%2e/private/a.txt`, `${inside}/%252e%252e/%252e%252e/private/a.txt`],
      ...[`${inside}/..%2f..%2fprivate%2fa.txt`, `${inside}/..%5c..%5cprivate%5ca.txt`, `${inside}/..\\..\\private\\a.txt`],
      ...['/C:/Windows/win.ini', '/c:\\Windows\\win.ini', '/\\\\?\\C:\\Windows\\win.ini', '//server/share/x'],
      ...['package.json', 'npm-shrinkwrap.json', 'scripts/cli.ts', '.npmrc', '.git', 'node_modules/.package-lock.json'].map(
        (file) => `${projectRoot}/${file}`,
      ),
      ...['/proc/self/environ', '/dev/zero', '/dev/stdin'],
    ];
    const queries = ['', '?raw', '?url', '?import&raw', '?inline', '?raw??', '?.svg?raw'];
    const wrong: unknown[] = [];
    for (const address of places.flatMap((place) => ['/@fs', '', '/@id'].map((before) => `${before}${place}`))) {
      const answers = await Promise.all(
        queries.map(async (query) => ({ address: `${address}${query}`, ...(await get(`${address}${query}`)) })),
      );
      wrong.push(...answers.filter(({ status, text }) => leaks(text) || status === undefined || status >= 500));
    }
    expect(wrong).toEqual([]);
  });

  it('lists no folder', async () => {
    const types = new URLSearchParams({ root: projectRoot, name: 'x' });
    for (const address of [
      `/@slidev-monaco-types/load?${types}`,
      `/@id/@slidev-monaco-types/load?${types}`,
      `/@fs${encoded('slides')}/`,
      `/@fs${encoded('pictures')}`,
    ]) {
      expect((await get(address)).text).not.toMatch(/addFile|scaling\.zh|dot\.png/);
    }
  });

  it('gives what decks are made of', async () => {
    const good = [
      `/@fs${encoded('pictures', 'dot.png')}`,
      `/@fs${encoded('templates', 'theme', 'styles', 'page.css')}`,
      `/@fs${projectRoot}/node_modules/vue/package.json`,
    ];
    expect(await Promise.all(good.map(async (address) => (await get(address)).status))).toEqual([200, 200, 200]);
  });

  it('says with every answer what the page may do', async () => {
    for (const address of ['/print', '/@vite/client', `/@fs${encoded('pictures', 'dot.png')}`, '/@fs/etc/passwd', '/__inspect/']) {
      const { headers } = await get(address);
      expect(headers['content-security-policy'], address).toMatch(
        /^default-src 'none'; script-src 'self'; .*worker-src 'none'; base-uri 'none'/,
      );
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY'])('does not answer %s', async (method) => {
    expect((await get('/print', {}, method)).status).not.toBe(200);
    expect((await get('/__slidev/slides/1.json', {}, method)).status).not.toBe(200);
  });

  it('goes by its own name only', async () => {
    const port = new URL(name === 'the live room' ? room.origin : server.origin).port;
    const names = [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1.:${port}`,
      `127.0.0.2:${port}`,
      `[::1]:${port}`,
      `localhost.evil.example:${port}`,
    ];
    for (const host of [...names, `127.0.0.1:${port}, evil.example`, `127.0.0.1:${port}@evil.example`]) {
      expect([host, (await get('/print', { host })).status]).toEqual([host, 403]);
    }
  });
});

/** What a deck could have the compiler read; `FILE` is a planted one, without its extension. */
const bodies: Record<string, string> = {
  'an import': `<script setup>\nimport text from 'FILE.txt?raw'\n</script>\n\n{{ text }}`,
  'an import of another kind': `<script setup>\nimport text from '/@fs/FILE.svg?inline'\n</script>\n\n{{ text }}`,
  'an import below a link': `<script setup>\nimport text from './out.svg?raw'\n</script>\n\n{{ text }}`,
  'a glob': `<script setup>\nconst texts = import.meta.glob('../private/*', { eager: true, query: '?raw' })\n</script>\n\n{{ texts }}`,
  'an absolute glob': `<script setup>\nconst texts = import.meta.glob('FILE.*', { eager: true, query: '?raw' })\n</script>\n\n{{ texts }}`,
  'a URL': `<script setup>\nconst url = new URL('FILE.svg?inline', import.meta.url)\n</script>\n\n{{ url }}`,
  'an image': '<img src="FILE.svg?inline" alt="">',
  'an image by its place': '<img src="/@fs/FILE.svg" alt="">',
  'an image below a link': '<img src="./out.svg" alt="">',
  Markdown: '![x](FILE.svg?raw)',
  'a style sheet': '<style>\n@import "FILE.txt";\n</style>\n\nWords.',
  'a style sheet below a link': '<style>\n@import "./out.svg";\n</style>\n\nWords.',
  'an image of a style sheet': '<style>\np { background: url("FILE.svg?inline") }\n</style>\n\nWords.',
  'a small image of a style sheet': '<style>\np { background: url(FILE.svg) }\n</style>\n\nWords.',
  'a real style sheet': '<style>\n@import "FILE.css";\n</style>\n\nWords.',
  'a real style sheet as a URL': '<style>\n@import url(FILE.css);\n</style>\n\nWords.',
  'a class of another file': '<style module>\n.a { composes: b from "FILE.css" }\n</style>\n\nWords.',
  'a style sheet that is imported': `<script setup>\nimport "FILE.css"\n</script>\n\nWords.`,
  'a style elsewhere': '<style src="FILE.txt"></style>\n\nWords.',
  'a script elsewhere': '<script src="FILE.txt"></script>\n\nWords.',
  'a snippet': '<<< FILE.txt',
  'a snippet beside the deck': '<<< @/a.txt',
  types: '```ts twoslash\n/// <reference path="FILE.txt" />\n```',
  configuration: '<style>\n@config "FILE.txt";\n@plugin "FILE.txt";\n</style>\n\nWords.',
};

it.each(Object.entries(bodies))('a deck with %s reads no other file', async (_, body) => {
  const head = '---\ntheme: "../templates/theme"\nfavicon: false\nlayout: plain\nslideId: cover\nheadline: Reads\n---\n\n';
  const file = path.join(work.slides, 'reads.md');
  await writeFile(file, head + body.replaceAll('FILE', path.join(work.folder, 'private', 'a').split(path.sep).join('/')));
  const shown = await server.showDeck(file).then(
    () => null,
    (error: Error) => error.message,
  );
  // A deck that only speaks of such things is none that does them.
  expect(shown ?? '').not.toContain('Parse failed');
  expect(shown ?? (await everyModule('/@slidev/slides/1/md'))).not.toContain(SECRET);
});

/** The text of a module and of all that it imports of the deck. */
async function everyModule(start: string): Promise<string> {
  const texts = new Map<string, string>();
  const waiting = [start];
  for (const address of waiting) {
    if (texts.has(address)) continue;
    const { text } = await ask(server.origin, encodeURI(address), { headers: { cookie: cookie() } });
    texts.set(
      address,
      decodeURIComponent(text.replace(/%(?![\da-f]{2})/gi, '%25')) + Buffer.from(/base64,([\w+/=]+)/.exec(text)?.[1] ?? '', 'base64'),
    );
    for (const [, next = ''] of text.matchAll(/["']((?:\/@fs)?\/[^"'\n]+)["']/g))
      if (/reads|speaks|private|\/a\.|out/.test(next)) waiting.push(next);
  }
  return [...texts].flat().join('\n');
}

it('a deck may speak of what it may not do', async () => {
  const file = path.join(work.slides, 'speaks.md');
  const words = "new URL('a.svg', import.meta.url), @import 'a.css', url(a.svg)";
  await writeFile(
    file,
    `---\ntheme: "../templates/theme"\nlayout: plain\nslideId: cover\nheadline: Speaks\n---\n\n<p v-pre>${words}</p>\n`,
  );
  await server.showDeck(file);
  expect(await everyModule('/@slidev/slides/1/md')).toMatch(/import\.meta\.url.*@import.*url\(a\.svg/);
});

describe.each(Object.entries(servers))('%s runs and shows no code beside the decks', (_, get) => {
  it('that Slidev would', async () => {
    await server.showDeck(path.join(work.slides, 'scaling.md'));
    const modules = [
      'layouts',
      'styles',
      'global-layers',
      'custom-nav-controls',
      'setups/main',
      'setups/root',
      'setups/routes',
      'monaco-types',
      'slides',
    ];
    const found = await Promise.all(
      ['/print', '/', ...modules.map((name) => `/@slidev/${name}`)].map(async (address) => [address, (await get(address)).text] as const),
    );
    for (const [address, text] of found)
      expect([address, text]).toEqual([
        address,
        expect.not.stringMatching(/EVIL|slides\/(?:setup|components|layouts|styles?|global|custom|snippets|public|evil)/),
      ]);
    expect(Reflect.get(globalThis, 'ran')).toBeUndefined();
  });
});

it('a deck chooses no code: neither its theme nor addons', async () => {
  const file = path.join(work.slides, 'chooses.md');
  const deck = (lines: string) =>
    writeFile(file, `---\n${lines}\nfavicon: false\nlayout: plain\nslideId: cover\nheadline: Chooses\n---\n\nWords.\n`);
  for (const theme of ['./evil', path.join(work.slides, 'evil'), '../slides/evil']) {
    await deck(`theme: ${JSON.stringify(theme)}`);
    const refusal = `its theme is ${path.join(work.slides, 'evil')}, not that of the templates`;
    await expect(server.showDeck(file)).rejects.toThrow(refusal);
    await expect(room.open('chooses')).rejects.toThrow(refusal);
  }
  await deck('theme: "../templates/theme"\naddons: [./evil]');
  await expect(server.showDeck(file)).rejects.toThrow('asks for Slidev addons');
  await expect(room.open('chooses')).rejects.toThrow('asks for Slidev addons');
  expect(Reflect.get(globalThis, 'ran')).toBeUndefined();
});

it('the exporting server opens no web socket, and answers nobody without its cookie', async () => {
  const upgrade = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  };
  for (const protocol of ['vite-hmr', 'vite-ping']) {
    const headers = { ...upgrade, 'sec-websocket-protocol': protocol, origin: server.origin, cookie: cookie() };
    expect((await ask(server.origin, '/', { headers })).status).not.toBe(101);
  }
  expect((await ask(server.origin, '/print')).status).toBe(403);
  expect((await ask(server.origin, '/print', { headers: { cookie: `${cookie()}x` } })).status).toBe(403);
  expect((await ask(server.origin, '/print', { headers: { cookie: `x=1; ${cookie()}` } })).status).toBe(200);
});

it('the live room answers no other site', async () => {
  for (const site of ['cross-site', 'same-site']) {
    const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' };
    expect((await ask(room.origin, '/scaling/@vite/client', { headers })).status).toBe(403);
    const link = { 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect((await ask(room.origin, '/scaling/', { headers: link })).status).toBe(200);
    expect((await ask(room.origin, '/scaling/', { headers: { ...link, 'sec-fetch-dest': 'iframe' } })).status).toBe(403);
  }
});

/** Words of the planted files, of this project's, of a password file, of a list of the environment. */
function leaks(text: string): boolean {
  return (
    text.includes(SECRET) || /root:.*:0:0:|"lockfileVersion"|"biome|Briefdeck turns|ignore-scripts|PATH=|lang: zh-Hans|text\/vnd/.test(text)
  );
}
