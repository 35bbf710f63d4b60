/** Vite with Slidev's plugins, for all decks that agree in what those plugins take from the first one and keep. */
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Logger, ViteDevServer } from 'vite';
import { projectRoot } from '../shared/paths.ts';
import { cacheFolder } from './cache-folder.ts';
import { type SlidevDeck, type SlidevOptions, slidevFolders, slidevOptions } from './slidev-deck.ts';
import { importSlidev } from './slidev-module.ts';
import { exportPlugins, fontPackages } from './slidev-plugins.ts';

export interface Site {
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
export async function createSite(deck: SlidevDeck, assets: readonly string[], complaints: string[]): Promise<Site> {
  const [{ ViteSlidevPlugin }, { createServer: createVite, createLogger }] = await Promise.all([importSlidev(), import('vite')]);
  // Of its own, for Slidev writes modules there; two exports at a time would read each other's half-written ones.
  const workFolder = await mkdtemp(path.join(await cacheFolder('slidev'), 'run-'));
  const removeFolder = () => rm(workFolder, { recursive: true, force: true });
  try {
    const options = withPageScript(await slidevOptions(deck, workFolder));
    const vite = await createVite({
      configFile: false,
      root: projectRoot,
      cacheDir: path.join(workFolder, 'vite'),
      publicDir: false,
      customLogger: { ...createLogger('silent'), ...collect(complaints) },
      // The inspector would listen on a port of its own.
      plugins: [exportPlugins(options), await ViteSlidevPlugin(options, { unocss: { hmrTopLevelAwait: false, inspector: false } })],
      define: { __VUE_PROD_DEVTOOLS__: false },
      resolve: { alias: [fontPackages()] },
      server: { middlewareMode: true, hmr: false, ws: false, watch: null, fs: { strict: true, allow: readableFolders(deck, assets) } },
    });
    const close = async () => {
      await vite.close();
      await removeFolder();
    };
    return { shape: shapeOf(deck), vite, options, close };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

function collect(complaints: string[]): Pick<Logger, 'warn' | 'warnOnce' | 'error'> {
  const note = (message: string) => complaints.push(message);
  return { warn: note, warnOnce: note, error: note };
}

/** Slidev adds its own folders and the theme's. */
function readableFolders({ entry }: SlidevDeck, assets: readonly string[]): string[] {
  const packages = path.resolve(slidevFolders().clientRoot, '..', '..');
  return [packages, path.dirname(entry), ...assets];
}

/** Puts another deck of the same shape into a site. */
export function swapDeck(site: Site, deck: SlidevDeck): void {
  // Slidev's plugins hold on to this object, so its contents change and not the object.
  Object.assign(site.options.data, deck.data);
  site.options.entry = deck.entry;
  const { moduleGraph } = site.vite.environments.client;
  for (const module of moduleGraph.idToModuleMap.values()) {
    if (isOfDeck(module.id ?? '')) moduleGraph.invalidateModule(module);
  }
}

/** Slidev serves its page without Vite's script, on which the definition of its compile-time flags depends. */
function withPageScript(options: SlidevOptions): SlidevOptions {
  options.utils.indexHtml = options.utils.indexHtml.replace(
    '<script type="module"',
    '<script type="module" src="/@vite/client"></script>$&',
  );
  return options;
}
