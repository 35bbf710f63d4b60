/** One Slidev server for all decks of a run: its client is compiled once, decks are swapped beneath it. */

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import type { DevEnvironment, ViteDevServer } from 'vite';
import { ExpectedError } from '../shared/errors.ts';
import { projectRoot } from '../shared/paths.ts';
import { cacheFolder } from './cache-folder.ts';
import { isAllowed, newPass, type Pass } from './server-guard.ts';
import { loadDeck, type SlidevDeck, type SlidevOptions, slidevFolders, slidevOptions } from './slidev-deck.ts';
import { importSlidev } from './slidev-module.ts';
import { exportPlugins, fontPackages } from './slidev-plugins.ts';

export interface ShownDeck {
  /** Of the page with all slides below each other. */
  url: string;
  slides: number;
}

export interface SlidevServer {
  origin: string;
  port: number;
  /** The cookie without which the server answers nobody. */
  pass: Pass;
  /**
   * Compiles a deck and serves it from now on. Throws ExpectedError when it cannot be compiled, with the slide and the reason.
   */
  showDeck(entry: string): Promise<ShownDeck>;
  /** What Vite and Slidev complained about since the last showDeck. */
  complaints(): readonly string[];
  close(): Promise<void>;
}

/**
 * Listens on a free port of 127.0.0.1. Slidev itself is imported with the first deck, so that a browser can start meanwhile.
 * `assets` are folders outside the slides and theme folders that decks take images from.
 */
export async function startSlidevServer(assets: readonly string[]): Promise<SlidevServer> {
  const pass = newPass();
  const complaints: string[] = [];
  let site: Site | null = null;
  let closed = false;
  const http = createServer((request, response) => {
    if (!isAllowed(request, origin, pass) || site === null) {
      response.writeHead(403).end();
      return;
    }
    if (!isOfDeck(request.url ?? '')) keepInBrowser(response);
    site.vite.middlewares(request, response);
  });
  const port = await listen(http);
  const origin = `http://127.0.0.1:${port}`;

  const siteFor = async (deck: SlidevDeck): Promise<Site> => {
    const shape = shapeOf(deck);
    if (site?.shape === shape) {
      swapDeck(site, deck);
      return site;
    }
    await site?.close();
    site = null;
    const made = await createSite(deck, shape, assets, complaints);
    if (closed) await made.close();
    site = made;
    return made;
  };

  return {
    origin,
    port,
    pass,
    complaints: () => complaints,
    async showDeck(entry) {
      complaints.length = 0;
      const deck = await loadDeck(entry);
      const { vite, options } = await siteFor(deck);
      await checkLayouts(options);
      await compileDeck(vite.environments.client, options);
      return { url: `${origin}/print?print=true`, slides: deck.data.slides.length };
    },
    async close() {
      closed = true;
      http.closeAllConnections();
      await Promise.all([site?.close(), new Promise((resolve) => http.close(resolve))]);
    },
  };
}

interface Site {
  shape: string;
  vite: ViteDevServer;
  options: SlidevOptions;
  close(): Promise<void>;
}

async function listen(http: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(0, '127.0.0.1', resolve);
  });
  const address = http.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server has no port');
  return address.port;
}

/** Whether what stands behind a URL or module id is another thing for another deck. */
function isOfDeck(id: string): boolean {
  return /^\/print|\/@slidev\/|__slidev_\d|__uno/.test(id);
}

/** Vite has the browser ask again for each of 300 files with every deck; while the server runs they stay the same. */
function keepInBrowser(response: ServerResponse): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) => setHeader(name, name.toLowerCase() === 'cache-control' ? 'max-age=3600, immutable' : value);
}

/** What Slidev's plugins take from the first deck and keep: decks that differ in it cannot share a server. */
function shapeOf({ entry, theme, data: { config, features } }: SlidevDeck): string {
  const { fonts, routerMode, drawings, record, presenter, download } = config;
  return JSON.stringify([theme, path.dirname(entry), fonts, routerMode, drawings, record, presenter, download, features]);
}

async function createSite(deck: SlidevDeck, shape: string, assets: readonly string[], complaints: string[]): Promise<Site> {
  const [{ ViteSlidevPlugin }, { createServer: createVite, createLogger }] = await Promise.all([importSlidev(), import('vite')]);
  // Of its own, for Slidev writes modules there; two exports at a time would read each other's half-written ones.
  const workFolder = await mkdtemp(path.join(await cacheFolder('slidev'), 'run-'));
  const options = withPageScript(await slidevOptions(deck, workFolder));
  const { clientRoot } = slidevFolders();
  const note = (message: string) => complaints.push(message);
  const vite = await createVite({
    configFile: false,
    root: projectRoot,
    cacheDir: path.join(workFolder, 'vite'),
    publicDir: false,
    customLogger: { ...createLogger('silent'), warn: note, warnOnce: note, error: note },
    plugins: [exportPlugins(options), await ViteSlidevPlugin(options, { unocss: { hmrTopLevelAwait: false, inspector: false } })],
    define: { __VUE_PROD_DEVTOOLS__: false },
    resolve: { alias: [fontPackages()] },
    server: {
      middlewareMode: true,
      hmr: false,
      ws: false,
      watch: null,
      fs: { strict: true, allow: [path.resolve(clientRoot, '..', '..'), path.dirname(deck.entry), ...assets] },
    },
  });
  const close = async () => {
    await vite.close();
    await rm(workFolder, { recursive: true, force: true });
  };
  return { shape, vite, options, close };
}

function swapDeck(site: Site, deck: SlidevDeck): void {
  // Slidev's plugins hold on to this object, so its contents change and not the object.
  Object.assign(site.options.data, deck.data);
  site.options.entry = deck.entry;
  const { moduleGraph } = site.vite.environments.client;
  for (const module of moduleGraph.idToModuleMap.values()) {
    if (isOfDeck(module.id ?? '')) moduleGraph.invalidateModule(module);
  }
}

/** Slidev serves its page without Vite's script, on which the definition of its compile-time flags depends. */
function withPageScript(options: SlidevOptions): SlidevOptions {
  options.utils.indexHtml = options.utils.indexHtml.replace(
    '<script type="module"',
    '<script type="module" src="/@vite/client"></script>$&',
  );
  return options;
}

/** Slidev shows a slide with an unknown layout in another one, and says so only on the console. */
async function checkLayouts({ data, utils }: SlidevOptions): Promise<void> {
  const layouts = await utils.getLayouts();
  for (const slide of data.slides) {
    const layout: unknown = slide.frontmatter.layout;
    if (typeof layout === 'string' && !Object.hasOwn(layouts, layout)) {
      throw new ExpectedError(`slide ${slide.index + 1}: the theme has no layout "${layout}"`);
    }
  }
}

/** Compiles every slide now: the reason of a failure is known here, in the browser it is only a failed request. */
async function compileDeck(environment: DevEnvironment, { data }: SlidevOptions): Promise<void> {
  const compile = async (url: string, what: string) => {
    try {
      await environment.transformRequest(url);
    } catch (error) {
      throw new ExpectedError(`${what} cannot be compiled: ${firstLine(error)}`, { cause: error });
    }
  };
  void environment.warmupRequest(`/@fs/${slidevFolders().clientRoot}/main.ts`);
  for (const [index, { source }] of data.slides.entries())
    await compile(`${source.filepath}__slidev_${index + 1}.md`, `slide ${index + 1}`);
  await compile('/@slidev/title-renderer.md', 'a title');
  await environment.warmupRequest(`/@fs/${slidevFolders().clientRoot}/pages/print.vue`);
  await environment.waitForRequestsIdle();
}

function firstLine(error: unknown): string {
  // Vite throws errors of other realms and plain objects too.
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return String(message).split('\n')[0] ?? '';
}
