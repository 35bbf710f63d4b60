/** Vite with Slidev's plugins, for all decks that agree in what those plugins take from the first one and keep. */
import path from 'node:path';
import type { ViteDevServer } from 'vite';
import { type SlidevDeck, type SlidevOptions, slidevOptions } from './slidev-deck.ts';
import { exportPlugins } from './slidev-plugins.ts';
import { createSlidevVite, makeWorkFolder, withPageScript } from './slidev-vite.ts';

export interface ViteSite {
  shape: string;
  vite: ViteDevServer;
  options: SlidevOptions;
  close(): Promise<void>;
}

/** Whether what stands behind a URL or module id is another thing for another deck. */
export function isOfDeck(id: string): boolean {
  return /^\/print|\/@slidev\/|__slidev_\d|__uno(?:_shortcuts)?\.css/.test(id);
}

/** What Slidev's plugins take from the first deck and keep: decks that differ in it cannot share a server. */
export function shapeOf({ entry, theme, data: { config, features } }: SlidevDeck): string {
  const { fonts, routerMode, drawings, record, presenter, download } = config;
  return JSON.stringify([theme, path.dirname(entry), fonts, routerMode, drawings, record, presenter, download, features]);
}

/** Makes the server for decks of this shape. `complaints` collects what it has to say. */
export async function createSite(deck: SlidevDeck, assets: readonly string[], complaints: string[]): Promise<ViteSite> {
  const work = await makeWorkFolder();
  try {
    const options = withPageScript(await slidevOptions(deck, work.folder));
    const vite = await createSlidevVite({
      deck,
      options,
      workFolder: work.folder,
      images: assets,
      plugins: exportPlugins(options),
      base: '/',
      server: { hmr: false, ws: false },
      complain: (message) => complaints.push(message),
    });
    const close = async () => {
      try {
        await vite.close();
      } finally {
        await work.remove();
      }
    };
    return { shape: shapeOf(deck), vite, options, close };
  } catch (error) {
    await work.remove();
    throw error;
  }
}

/** Puts another deck of the same shape into a site. */
export function swapDeck(site: ViteSite, deck: SlidevDeck): void {
  // Slidev's plugins hold on to this object, so its contents change and not the object.
  Object.assign(site.options.data, deck.data);
  site.options.entry = deck.entry;
  const { moduleGraph } = site.vite.environments.client;
  for (const module of moduleGraph.idToModuleMap.values()) {
    if (isOfDeck(module.id ?? '')) moduleGraph.invalidateModule(module);
  }
}
