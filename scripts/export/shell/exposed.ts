/** What the shell offers to decks: modules of which a page must hold one copy only. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { type SlidevDeck, type SlidevOptions, slidevFolders } from '../slidev-deck.ts';

/** Module (as a deck imports it, or its file) by its address in the page. */
export type Exposed = ReadonlyMap<string, string>;

/** Everything that compiled slides may import: Vue, Slidev's context, layouts, components of Slidev and of the theme. */
export async function exposedModules({ theme }: SlidevDeck, { utils }: SlidevOptions): Promise<Exposed> {
  const client = slidevFolders().clientRoot;
  const [layouts, own, builtin] = await Promise.all([
    utils.getLayouts(),
    componentsIn(path.join(theme, 'components')),
    componentsIn(path.join(client, 'builtin')),
  ]);
  return new Map([
    ['/shell/vue.js', 'vue'],
    ['/shell/context.js', path.join(client, 'context.ts')],
    ['/shell/client.js', path.join(client, 'index.ts')],
    ['/shell/export-helper.js', EXPORT_HELPER],
    ...Object.entries(layouts).map(([name, file]): [string, string] => [`/shell/layouts/${name}.js`, path.normalize(file)]),
    ...own.map((file): [string, string] => [`/shell/theme/${addressOf(theme, file)}.js`, file]),
    ...builtin.filter((file) => !HEAVY.test(file)).map((file): [string, string] => [`/shell/builtin/${addressOf(client, file)}.js`, file]),
  ]);
}

/** Compiled components share it. */
const EXPORT_HELPER = '\0plugin-vue:export-helper';

/** Editors, diagrams and titles that are compiled anew with every deck: a deck that has one is left to Slidev's own server. */
const HEAVY = /(?:CodeRunner|KaTexBlockWrapper[^/\\]*|Mermaid|Monaco|PlantUml|ShikiMagicMove|Toc|TocList|Tweet|BlueSky)\.(?:vue|ts)$/;

async function componentsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => /^[^.].*\.vue$/.test(name) || /^V[A-Z]\w+\.ts$/.test(name)).map((name) => path.join(folder, name));
}

function addressOf(root: string, file: string): string {
  return path
    .relative(root, file)
    .replace(/\.\w+$/, '')
    .replace(/[^\w]+/g, '-');
}
