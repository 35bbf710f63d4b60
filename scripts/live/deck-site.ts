/** One deck, live: Vite and Slidev in development mode below the deck's own path. */
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
  /** Answers a request; `next` is called when there is nothing to answer, or with what went wrong. */
  answer(request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): Promise<void>;
  /** Never listens; whoever may open a web socket is handed to it with an `upgrade` event. */
  sockets: Server;
  /**
   * Transforms what a page will ask for; a page's first request for code waits for it, so that it need not be called. UnoCSS writes its style sheets anew with
   * each module that it sees: a page that was open by then loaded them up to a hundred times, and took twice as long until it showed its first slide.
   */
  transformAhead(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The deck cannot be read any more, and pages keep showing it as it was; or its code, or the theme's, does not compile. What a request
 * that no page of ours has made fails with is no complaint.
 */
export type ComplaintCause = 'deck' | 'code';

export interface DeckSiteOptions {
  entry: string;
  /** Path of the deck, starting and ending with a slash. */
  base: string;
  /** The theme of all decks. */
  theme: string;
  /** Folders besides slides and theme that the deck takes images from. */
  assets: readonly string[];
  complain: (message: string, cause: ComplaintCause) => void;
  /** The deck has been read well. */
  onRead: () => void;
  /** The deck has changed in what a running server cannot change: it is to be closed and made again. */
  onOutgrown: () => void;
}

/** Opens a deck. Throws ExpectedError when the deck or its theme is not there or cannot be read. */
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
    // Vite leaves whoever waits for it without an answer when it is closed.
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

/** For whom code runs right now; nothing is known of what no request has caused. */
const answering = new AsyncLocalStorage<'a page of ours' | 'a stranger'>();

async function transformAll({ environments: { client } }: ViteDevServer, { data }: SlidevDeck): Promise<void> {
  const root = `/@fs/${slidevFolders().clientRoot}`;
  const slides = data.slides.map(({ source }, index) => `${source.filepath}__slidev_${index + 1}.md`);
  const modules = [`${root}/main.ts`, `${root}/pages/play.vue`, `${root}/pages/presenter.vue`, ...slides];
  await Promise.all(modules.map((url) => client.warmupRequest(url)));
  await client.waitForRequestsIdle();
}

/** A root like a theme's: its setup runs in the page. */
const pageFolder = fileURLToPath(new URL('./page', import.meta.url));

/** The deck with an address for every slide, and without what would write files, open programs or leave the machine. */
async function loadLiveDeck(entry: string, theme: string, text?: string): Promise<SlidevDeck> {
  const deck = await loadDeck(entry, { mode: 'dev', text, theme });
  for (const { frontmatter } of deck.data.slides) frontmatter.routeAlias ??= frontmatter.slideId;
  const { config } = deck.data;
  const safe = { editor: false, mcp: false, record: false, browserExporter: false, routerMode: 'history' } as const;
  deck.data.config = { ...config, ...safe, presenter: true };
  return deck;
}
