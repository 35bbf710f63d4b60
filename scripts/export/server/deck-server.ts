/** The one server of a run, which its browser alone can talk to: it shows one deck after the other. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { DevEnvironment } from 'vite';
import { cannotCompile, checkLayouts } from '../slidev/check-layouts.ts';
import { loadDeck, type SlidevDeck, type SlidevOptions, slidevFolders } from '../slidev/slidev-deck.ts';
import { createSite, isOfDeck, shapeOf, swapDeck, type ViteSite } from '../slidev/slidev-site.ts';
import type { DeckData } from '../stage/deck-data.ts';
import { openStageSite } from '../stage/stage-site.ts';
import { answerFavicon, confine } from './answer-headers.ts';
import type { PaperSite } from './paper-site.ts';
import { NotOnStage, type OnSite, type Site, type SiteOptions } from './site.ts';

export interface ShownDeck {
  /** Of the page with all slides below each other. */
  url: string;
  slides: number;
  /** What the page, which is the stage, is to show; null when it shows the deck by itself. */
  data: DeckData | null;
}

export interface DeckServer {
  origin: string;
  port: number;
  /** The cookie without which the server answers nobody. */
  pass: Pass;
  /**
   * Serves a deck from now on. Throws ExpectedError when it cannot be shown, with the slide and the reason, and the signal's reason when that is aborted: then the server keeps showing what it shows.
   */
  showDeck(entry: string, signal?: AbortSignal): Promise<ShownDeck>;
  /** What Vite and Slidev complained about since the last showDeck; on the stage a deck fails at once. */
  complaints(): readonly string[];
  close(): Promise<void>;
}

export interface DeckServerOptions {
  /** Folders outside the slides and theme folders that decks take images from. */
  assets: readonly string[];
  /** The only theme that decks may name; any when not given. */
  theme?: string | undefined;
  /** Documents that it shows besides. */
  papers?: PaperSite;
  /** Whether decks are shown on the stage, as far as they can be, or by Slidev's development server alone. On the stage when not given. */
  way?: 'stage' | 'dev';
  /** Told, once for each reason, why the development server shows a deck that the stage should have shown. */
  onFallback?: (reason: string) => void;
}

/** Listens on a free port of 127.0.0.1. Slidev itself is imported when the stage has to be bundled, or a deck compiled. */
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

/** What the exporting browser shows with every request. */
export interface Pass {
  name: string;
  value: string;
}

function newPass(): Pass {
  return { name: 'briefdeck', value: randomBytes(18).toString('base64url') };
}

/**
 * Whether a request comes from the exporting browser and only reads. Other programs and web pages on the machine can
 * reach the port too, and Slidev's server would write slides and open editors for them.
 */
function isAllowed(request: IncomingMessage, origin: string, pass: Pass): boolean {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  const here = `http://${request.headers.host}` === origin;
  const known = (request.headers.cookie ?? '').split('; ').includes(`${pass.name}=${pass.value}`);
  return reads && here && known && !(request.url ?? '').startsWith('/__');
}

// Decks as Slidev's own development server shows them: slower, and able to do all that Slidev can.

/** Starts nothing yet: the server is made for the first deck and kept for all of its shape. `complaints` collects what Vite and Slidev have to say. */
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

/** Vite has the browser ask again for each of 300 files with every deck; while the server runs they stay the same. */
function keepInBrowser(response: ServerResponse): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) => setHeader(name, name.toLowerCase() === 'cache-control' ? 'max-age=3600, immutable' : value);
}

/** Compiles every slide now: the reason of a failure is known here, in the browser it is only a failed request. */
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
