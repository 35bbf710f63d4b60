/** Decks as Slidev's own development server shows them: slower, and able to do all that Slidev can. */
import type { ServerResponse } from 'node:http';
import type { DevEnvironment } from 'vite';
import type { Site, SiteOptions } from '../server/site.ts';
import { cannotCompile, checkLayouts } from './check-layouts.ts';
import { loadDeck, type SlidevDeck, type SlidevOptions, slidevFolders } from './slidev-deck.ts';
import { createSite, isOfDeck, shapeOf, swapDeck, type ViteSite } from './slidev-site.ts';

/** Starts nothing yet: the server is made for the first deck and kept for all of its shape. `complaints` collects what Vite and Slidev have to say. */
export function openDevSite({ assets, theme, complaints }: SiteOptions & { complaints: string[] }): Site {
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
