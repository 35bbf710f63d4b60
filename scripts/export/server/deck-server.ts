/** The one server of a run, which its browser alone can talk to: it shows one deck after the other. */
import { createServer, type Server } from 'node:http';
import { openDevSite } from '../slidev/dev-site.ts';
import type { DeckData } from '../stage/deck-data.ts';
import { openStageSite } from '../stage/stage-site.ts';
import { confine } from './answer-headers.ts';
import { answerFavicon } from './favicon.ts';
import type { PaperSite } from './paper-site.ts';
import { isAllowed, newPass, type Pass } from './server-guard.ts';
import { NotOnStage, type OnSite, type Site } from './site.ts';

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
