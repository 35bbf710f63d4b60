/** The server of a run, which answers only the run's own browser. It shows one deck at a time. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { DevEnvironment } from 'vite';
import { cannotCompile, checkLayouts, loadDeck, type SlidevDeck, type SlidevOptions, slidevFolders } from '../slidev/slidev-deck.ts';
import { createSite, isOfDeck, shapeOf, swapDeck, type ViteSite } from '../slidev/slidev-site.ts';
import type { DeckData } from '../stage/deck-data.ts';
import { openStageSite } from '../stage/stage-site.ts';
import { answerFavicon, confine } from './answer-headers.ts';
import type { PaperSite } from './paper-site.ts';
import { NotOnStage, type OnSite, type Site, type SiteOptions } from './site.ts';

export interface ShownDeck {
  /** The URL of the page with all slides below each other. */
  url: string;
  slides: number;
  /** The deck's data when the page is the stage. Null when the page shows the deck by itself. */
  data: DeckData | null;
}

export interface DeckServer {
  origin: string;
  port: number;
  /** The cookie that every request must have. */
  pass: Pass;
  /**
   * Serves a deck from now on. Throws ExpectedError with the slide and the reason when the deck cannot be shown, and the signal's reason
   * when that is aborted. The server then keeps showing the previous deck.
   */
  showDeck(entry: string, signal?: AbortSignal): Promise<ShownDeck>;
  /** Returns the messages of Vite and Slidev since the last showDeck. On the stage a deck fails at once instead. */
  complaints(): readonly string[];
  close(): Promise<void>;
}

export interface DeckServerOptions {
  /** Folders outside the slides and theme folders from which decks take images. */
  assets: readonly string[];
  /** The only theme that decks may use. Defaults to any. */
  theme?: string | undefined;
  /** Documents that it also shows. */
  papers?: PaperSite;
  /** `stage` shows decks on the stage where possible, `dev` always uses Slidev's development server. Defaults to `stage`. */
  way?: 'stage' | 'dev';
  /** Called once for each reason why the development server has to show a deck instead of the stage. */
  onFallback?: (reason: string) => void;
}

/** Listens on a free port of 127.0.0.1. Slidev is imported only when the stage must be bundled or a deck compiled. */
export async function startDeckServer(options: DeckServerOptions): Promise<DeckServer> {
  const { assets, theme, papers, way = 'stage', onFallback = () => {} } = options;
  const pass = newPass();
  const complaints: string[] = [];
  const dev = openDevSite({ assets, theme, complaints });
  const sites = way === 'stage' ? [openStageSite({ assets, theme }), dev] : [dev];
  const said = new Set<string>();
  let shown: Site | null = null;
  const http = createServer((request, response) => {
    confine(response, 'printed');
    if (!isAllowed(request, origin, pass)) response.writeHead(403).end();
    else if (!answerFavicon(request, response, theme) && papers?.answer(request, response) !== true) {
      if (shown === null) response.writeHead(403).end();
      else shown.answer(request, response);
    }
  });
  const port = await listen(http);
  const origin = `http://127.0.0.1:${port}`;

  const shownAt = ({ slides, onStage }: OnSite): ShownDeck => ({
    url: `${origin}/print?print=true${onStage === null ? '' : `&stage=${onStage.key}`}`,
    slides,
    data: onStage?.data ?? null,
  });

  return {
    origin,
    port,
    pass,
    complaints: () => complaints,
    async showDeck(entry, signal) {
      complaints.length = 0;
      for (const site of sites) {
        try {
          const made = await site.show(entry, signal);
          signal?.throwIfAborted();
          shown = site;
          return shownAt(made);
        } catch (error) {
          if (!(error instanceof NotOnStage)) throw error;
          if (!said.has(error.message)) onFallback(error.message);
          said.add(error.message);
        }
      }
      throw new Error('no site shows the deck');
    },
    async close() {
      http.closeAllConnections();
      await Promise.all([...sites.map((site) => site.close()), new Promise((resolve) => http.close(resolve))]);
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

/** The cookie that the exporting browser sends with every request. */
export interface Pass {
  name: string;
  value: string;
}

function newPass(): Pass {
  return { name: 'briefdeck', value: randomBytes(18).toString('base64url') };
}

/**
 * Returns whether a request comes from the exporting browser and only reads. Other programs and web pages on the machine can also reach the
 * port, and Slidev's server would write slides and open editors for them.
 */
function isAllowed(request: IncomingMessage, origin: string, pass: Pass): boolean {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  const here = `http://${request.headers.host}` === origin;
  const known = (request.headers.cookie ?? '').split('; ').includes(`${pass.name}=${pass.value}`);
  return reads && here && known && !(request.url ?? '').startsWith('/__');
}

// Decks in Slidev's own development server: slower than the stage, but with all features of Slidev.

/**
 * Creates the site without starting it. The server starts with the first deck, and is kept for all decks of the same shape. `complaints`
 * collects messages of Vite and Slidev.
 */
function openDevSite({ assets, theme, complaints }: SiteOptions & { complaints: string[] }): Site {
  let site: ViteSite | null = null;
  let closed = false;

  const siteFor = async (deck: SlidevDeck, signal?: AbortSignal): Promise<ViteSite> => {
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
    async show(entry, signal) {
      const deck = await loadDeck(entry, { theme });
      signal?.throwIfAborted();
      const { vite, options } = await siteFor(deck, signal);
      checkLayouts(options, Object.keys(await options.utils.getLayouts()));
      signal?.throwIfAborted();
      await compileDeck(vite.environments.client, options);
      return { slides: deck.data.slides.length, onStage: null };
    },
    answer(request, response) {
      if (site === null) {
        response.writeHead(403).end();
        return;
      }
      if (!isOfDeck(request.url ?? '')) keepInBrowser(response);
      site.vite.middlewares(request, response);
    },
    async close() {
      closed = true;
      await site?.close();
    },
  };
}

/**
 * Lets the browser cache the files: by default Vite makes it ask again for each of 300 files with every deck, but they do not change while
 * the server runs.
 */
function keepInBrowser(response: ServerResponse): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) => setHeader(name, name.toLowerCase() === 'cache-control' ? 'max-age=3600, immutable' : value);
}

/** Compiles every slide in advance: the reason of a failure is known here, while the browser only sees a failed request. */
async function compileDeck(environment: DevEnvironment, { data }: SlidevOptions): Promise<void> {
  const compile = async (url: string, what: string) => {
    try {
      await environment.transformRequest(url);
    } catch (error) {
      throw cannotCompile(what, error);
    }
  };
  void environment.warmupRequest(`/@fs/${slidevFolders().clientRoot}/main.ts`);
  for (const [index, { source }] of data.slides.entries())
    await compile(`${source.filepath}__slidev_${index + 1}.md`, `slide ${index + 1}`);
  await compile('/@slidev/title-renderer.md', 'a title');
  await environment.warmupRequest(`/@fs/${slidevFolders().clientRoot}/pages/print.vue`);
  await environment.waitForRequestsIdle();
}
