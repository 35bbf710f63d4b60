/** A Vite server with Slidev's plugins, for all decks with the same settings that those plugins keep from the first deck. */
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

/** Returns whether the content behind a URL or module id depends on the deck. */
export function isOfDeck(id: string): boolean {
  return /^\/print|\/@slidev\/|__slidev_\d|__uno(?:_shortcuts)?\.css/.test(id);
}

/** Returns what Slidev's plugins keep from the first deck. Decks that differ in it cannot share a server. */
export function shapeOf({ entry, theme, data: { config, features } }: SlidevDeck): string {
  const { fonts, routerMode, drawings, record, presenter, download } = config;
  return JSON.stringify([theme, path.dirname(entry), fonts, routerMode, drawings, record, presenter, download, features]);
}

/** Creates the server for decks of this shape. `complaints` collects its messages. */
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

/** Replaces the deck of a site by another one of the same shape. */
export function swapDeck(site: ViteSite, deck: SlidevDeck): void {
  // Slidev's plugins keep a reference to this object, so its contents are changed.
  Object.assign(site.options.data, deck.data);
  site.options.entry = deck.entry;
  const { moduleGraph } = site.vite.environments.client;
  for (const module of moduleGraph.idToModuleMap.values()) {
    if (isOfDeck(module.id ?? '')) moduleGraph.invalidateModule(module);
  }
}
