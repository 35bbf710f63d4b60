/** One Slidev server for all decks of a run: its client is compiled once, decks are swapped beneath it. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { DevEnvironment } from 'vite';
import { ExpectedError } from '../shared/errors.ts';
import { confine } from './answer-headers.ts';
import type { PaperSite } from './paper-site.ts';
import { isAllowed, newPass, type Pass } from './server-guard.ts';
import { loadDeck, type SlidevDeck, type SlidevOptions, slidevFolders } from './slidev-deck.ts';
import { createSite, isOfDeck, type Site, shapeOf, swapDeck } from './slidev-site.ts';

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
   * Compiles a deck and serves it from now on. Throws ExpectedError when it cannot be compiled, with the slide and the reason, and
   * the signal's reason when that is aborted: then the server keeps showing what it shows.
   */
  showDeck(entry: string, signal?: AbortSignal): Promise<ShownDeck>;
  /** What Vite and Slidev complained about since the last showDeck. */
  complaints(): readonly string[];
  close(): Promise<void>;
}

/**
 * Listens on a free port of 127.0.0.1. Slidev itself is imported with the first deck, so that a browser can start meanwhile.
 * `assets` are folders outside the slides and theme folders that decks take images from; `theme` is the only theme that decks may name; `papers` are
 * the documents that it shows besides.
 */
export async function startSlidevServer(assets: readonly string[], theme?: string, papers?: PaperSite): Promise<SlidevServer> {
  const pass = newPass();
  const complaints: string[] = [];
  let site: Site | null = null;
  let closed = false;
  const http = createServer((request, response) => {
    confine(response, 'printed');
    if (isAllowed(request, origin, pass) && papers?.answer(request, response) === true) return;
    if (!isAllowed(request, origin, pass) || site === null) {
      response.writeHead(403).end();
      return;
    }
    if (!isOfDeck(request.url ?? '')) keepInBrowser(response);
    site.vite.middlewares(request, response);
  });
  const port = await listen(http);
  const origin = `http://127.0.0.1:${port}`;

  const siteFor = async (deck: SlidevDeck, signal?: AbortSignal): Promise<Site> => {
    if (closed) throw new Error('the server is closed');
    if (site?.shape === shapeOf(deck)) {
      swapDeck(site, deck);
      return site;
    }
    const last = site;
    site = null;
    await last?.close();
    const made = await createSite(deck, assets, complaints);
    if (closed || signal?.aborted === true) {
      await made.close();
      signal?.throwIfAborted();
      throw new Error('the server is closed');
    }
    site = made;
    return made;
  };

  return {
    origin,
    port,
    pass,
    complaints: () => complaints,
    async showDeck(entry, signal) {
      complaints.length = 0;
      const deck = await loadDeck(entry, { theme });
      signal?.throwIfAborted();
      const { vite, options } = await siteFor(deck, signal);
      await checkLayouts(options);
      signal?.throwIfAborted();
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

async function listen(http: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(0, '127.0.0.1', resolve);
  });
  const address = http.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server has no port');
  return address.port;
}

/** Vite has the browser ask again for each of 300 files with every deck; while the server runs they stay the same. */
function keepInBrowser(response: ServerResponse): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) => setHeader(name, name.toLowerCase() === 'cache-control' ? 'max-age=3600, immutable' : value);
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
