/** The one server of a run, which its browser alone can talk to: it shows one deck after the other. */
import { createServer, type Server } from 'node:http';
import { confine } from './answer-headers.ts';
import { openDevSite } from './dev-site.ts';
import { answerFavicon } from './favicon.ts';
import type { PaperSite } from './paper-site.ts';
import { isAllowed, newPass, type Pass } from './server-guard.ts';
import { NoShell } from './shell/no-shell.ts';
import { openShellSite } from './shell/shell-site.ts';
import type { OnSite, Site } from './site.ts';

export interface ShownDeck {
  /** Of the page with all slides below each other. */
  url: string;
  slides: number;
  /** Address of the deck's module, for the page to show; null when the page shows the deck at once. */
  module: string | null;
}

export interface DeckServer {
  origin: string;
  port: number;
  /** The cookie without which the server answers nobody. */
  pass: Pass;
  /**
   * Compiles a deck and serves it from now on. Throws ExpectedError when it cannot be compiled, with the slide and the reason, and
   * the signal's reason when that is aborted: then the server keeps showing what it shows.
   */
  showDeck(entry: string, signal?: AbortSignal): Promise<ShownDeck>;
  /** Serves a deck as it was when it was last compiled for the shell, beside what is shown; null when it never was, or had code of its own. */
  showEarlierDeck(entry: string): Promise<ShownDeck | null>;
  /** Makes ready for compiling a deck like the one that stands there. */
  warmUp(entry: string): void;
  /** Has a deck compiled that will soon be shown; whatever is wrong with it is said then. */
  prepareDeck(entry: string): void;
  /** What Vite and Slidev complained about since the last showDeck; on the shell a deck fails at once. */
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
  /** Whether decks are shown on the bundled shell, as far as they can be, or by Slidev's development server alone. On the shell when not given. */
  way?: 'shell' | 'dev';
  /** Told, once for each reason, why the development server shows a deck that the shell should have shown. */
  onFallback?: (reason: string) => void;
}

/** Listens on a free port of 127.0.0.1. Slidev itself is imported with the first deck that has to be compiled. */
export async function startDeckServer(options: DeckServerOptions): Promise<DeckServer> {
  const { assets, theme, papers, way = 'shell', onFallback = () => {} } = options;
  const pass = newPass();
  const complaints: string[] = [];
  const dev = openDevSite({ assets, theme, complaints });
  const shell = way === 'shell' ? openShellSite({ assets, theme }) : null;
  const sites = shell === null ? [dev] : [shell, dev];
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

  const shownAt = ({ slides, stage }: OnSite): ShownDeck => ({
    url: `${origin}/print?print=true${stage === null ? '' : `&stage=${stage.page}`}`,
    slides,
    module: stage?.deck ?? null,
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
          if (!(error instanceof NoShell)) throw error;
          if (!said.has(error.message)) onFallback(error.message);
          said.add(error.message);
        }
      }
      throw new Error('no site shows the deck');
    },
    async showEarlierDeck(entry) {
      const made = (await shell?.showEarlier(entry)) ?? null;
      if (made === null) return null;
      shown ??= shell;
      return shownAt(made);
    },
    warmUp(entry) {
      shell?.warmUp(entry);
    },
    prepareDeck(entry) {
      shell?.prepare(entry);
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
