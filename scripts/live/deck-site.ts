/** Serves one deck live: Vite and Slidev in development mode, below the deck's own path. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { ViteDevServer } from 'vite';
import { loadDeck, type SlidevDeck, slidevFolders, slidevOptions } from '../export/slidev/slidev-deck.ts';
import { presentPlugins } from '../export/slidev/slidev-plugins.ts';
import { shapeOf } from '../export/slidev/slidev-site.ts';
import { createSlidevVite, makeWorkFolder, withPageScript } from '../export/slidev/slidev-vite.ts';
import { livePlugins } from './live-plugins.ts';
import { isFromOwnPage } from './room-guard.ts';

export interface DeckSite {
  vite: ViteDevServer;
  /** Answers a request. Calls `next` when it has no answer, or with an error. */
  answer(request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): Promise<void>;
  /** Never listens. Emit `upgrade` on it for every request that may open a web socket. */
  sockets: Server;
  /**
   * Transforms the code that a page will request. A page's first request for code waits for this, so calling it is optional. UnoCSS
   * rewrites its style sheets with each module that it sees: a page that was already open reloaded them up to a hundred times, and took
   * twice as long to show its first slide.
   */
  transformAhead(): Promise<void>;
  close(): Promise<void>;
}

/**
 * `deck`: the deck cannot be read any more, and pages keep showing its last state. `code`: its code, or the theme's, does not compile.
 * Failures of requests that do not come from our own pages are not reported.
 */
export type ComplaintCause = 'deck' | 'code';

export interface DeckSiteOptions {
  entry: string;
  /** The path of the deck, starting and ending with a slash. */
  base: string;
  /** The theme of all decks. */
  theme: string;
  /** Folders besides slides and theme from which the deck takes images. */
  assets: readonly string[];
  complain: (message: string, cause: ComplaintCause) => void;
  /** Called when the deck has been read without errors. */
  onRead: () => void;
  /** Called when the deck has changed in a way that a running server cannot follow: close this site and open a new one. */
  onOutgrown: () => void;
}

/** Opens a deck. Throws ExpectedError when the deck or its theme is missing or cannot be read. */
export async function openDeckSite({ entry, theme, base, assets, complain, onRead, onOutgrown }: DeckSiteOptions): Promise<DeckSite> {
  const deck = await loadLiveDeck(entry, theme);
  onRead();
  const shape = shapeOf(deck);
  const work = await makeWorkFolder();
  try {
    const options = withPageScript(await slidevOptions(deck, work.folder, { mode: 'dev', base, roots: [pageFolder] }));
    const sockets = createServer();
    const loadData = async (sources: Record<string, string>) => {
      try {
        const changed = await loadLiveDeck(entry, theme, Object.values(sources)[0]);
        onRead();
        if (shapeOf(changed) === shape) return changed.data;
        onOutgrown();
      } catch (error) {
        complain(error instanceof Error ? error.message : String(error), 'deck');
      }
      return false;
    };
    const vite = await createSlidevVite({
      deck,
      options,
      workFolder: work.folder,
      code: [pageFolder],
      images: assets,
      plugins: [...livePlugins(options, sockets), ...presentPlugins()],
      base,
      // Hosts and origins are checked before a request gets here.
      server: { cors: false, allowedHosts: true, forwardConsole: false },
      complain: (message) => {
        if (answering.getStore() !== 'a stranger') complain(message, 'code');
      },
      hooks: { loadData },
    });
    let ahead: Promise<void> | null = null;
    let tellClosed = () => {};
    // Vite never answers requests that are pending when it is closed.
    const closed = new Promise<void>((resolve) => {
      tellClosed = resolve;
    });
    const transformAhead = () => {
      ahead ??= Promise.race([transformAll(vite, deck), closed]);
      return ahead;
    };
    const close = async () => {
      tellClosed();
      try {
        await vite.close();
      } finally {
        await work.remove();
      }
    };
    return {
      vite,
      sockets,
      transformAhead,
      close,
      async answer(request, response, next) {
        const isOwn = isFromOwnPage(request);
        if (isOwn && request.url?.startsWith(`${base}@`) === true) await transformAhead();
        answering.run(isOwn ? 'a page of ours' : 'a stranger', () => vite.middlewares(request, response, next));
      },
    };
  } catch (error) {
    await work.remove();
    throw error;
  }
}

/** The origin of the request that the current code runs for. Undefined outside a request. */
const answering = new AsyncLocalStorage<'a page of ours' | 'a stranger'>();

async function transformAll({ environments: { client } }: ViteDevServer, { data }: SlidevDeck): Promise<void> {
  const root = `/@fs/${slidevFolders().clientRoot}`;
  const slides = data.slides.map(({ source }, index) => `${source.filepath}__slidev_${index + 1}.md`);
  const modules = [`${root}/main.ts`, `${root}/pages/play.vue`, `${root}/pages/presenter.vue`, ...slides];
  await Promise.all(modules.map((url) => client.warmupRequest(url)));
  await client.waitForRequestsIdle();
}

/** Used as a further root, like a theme: its setup runs in the page. */
const pageFolder = fileURLToPath(new URL('./page', import.meta.url));

/** Loads the deck, gives every slide an address, and disables whatever would write files, open programs or use the network. */
async function loadLiveDeck(entry: string, theme: string, text?: string): Promise<SlidevDeck> {
  const deck = await loadDeck(entry, { mode: 'dev', text, theme });
  for (const { frontmatter } of deck.data.slides) frontmatter.routeAlias ??= frontmatter.slideId;
  const { config } = deck.data;
  const safe = { editor: false, mcp: false, record: false, browserExporter: false, routerMode: 'history' } as const;
  deck.data.config = { ...config, ...safe, presenter: true };
  return deck;
}
