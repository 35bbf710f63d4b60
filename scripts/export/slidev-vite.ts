/** Vite with Slidev's plugins, as export and the live decks both have it: no configuration file, no folder of its own beside the decks. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Logger, Plugin, ServerOptions, ViteDevServer } from 'vite';
import { cacheFolder, ownFolder } from '../shared/cache-folder.ts';
import { projectRoot } from '../shared/paths.ts';
import { filesOfScripts, filesOfStyles } from './deck-references.ts';
import { type KnownFolders, knownFiles } from './known-files.ts';
import { type SlidevDeck, type SlidevOptions, slidevFolders } from './slidev-deck.ts';
import { importSlidev } from './slidev-module.ts';
import { fontPackages, withoutStylesFromText } from './slidev-plugins.ts';

type ServerHooks = NonNullable<Parameters<typeof import('@slidev/cli').ViteSlidevPlugin>[2]>;

export interface SlidevViteSetup {
  deck: SlidevDeck;
  options: SlidevOptions;
  /** Where Vite and Slidev may write. */
  workFolder: string;
  /** Folders with code of ours that runs in the page. */
  code?: readonly string[];
  /** Folders besides that of the deck that it takes images from. */
  images: readonly string[];
  plugins: Plugin[];
  /** Starts and ends with a slash. */
  base: string;
  server: ServerOptions;
  /** Told of everything that Vite and Slidev complain about. */
  complain: (message: string) => void;
  hooks?: ServerHooks;
}

/** A work folder of its own, for Slidev writes modules there: two runs at a time would read each other's half-written ones. */
export async function makeWorkFolder(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await ownFolder(await cacheFolder('slidev'), 'run');
  // Slidev may still be writing into it: then it is not empty when it is to go.
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Makes a Vite server that listens nowhere: its owner hands it the requests. */
export async function createSlidevVite(setup: SlidevViteSetup): Promise<ViteDevServer> {
  const { options, workFolder, plugins, base, server, complain, hooks } = setup;
  const [{ ViteSlidevPlugin }, { createServer, createLogger }] = await Promise.all([importSlidev(), import('vite')]);
  const known = knownFolders(setup);
  // The inspector would listen on a port of its own.
  const slidev = await ViteSlidevPlugin(options, { unocss: { hmrTopLevelAwait: false, inspector: false } }, hooks);
  const logger: Logger = { ...createLogger('silent'), warn: complain, warnOnce: complain, error: complain };
  return createServer({
    configFile: false,
    root: projectRoot,
    base,
    cacheDir: path.join(workFolder, 'vite'),
    publicDir: false,
    // No .env is read: the page would have its variables.
    envDir: false,
    customLogger: logger,
    plugins: [knownFiles(known), filesOfStyles(), plugins, await withoutStylesFromText(slidev), filesOfScripts()],
    define: { __VUE_PROD_DEVTOOLS__: false },
    resolve: { alias: [fontPackages()] },
    server: { ...server, middlewareMode: true, watch: null, fs: { strict: true, allow: [known.work, ...known.code, ...known.images] } },
  });
}

/** Slidev serves its page without Vite's script, on which the definition of its compile-time flags depends. */
export function withPageScript(options: SlidevOptions): SlidevOptions {
  const src = `${options.base ?? '/'}@vite/client`;
  options.utils.indexHtml = options.utils.indexHtml.replace('<script type="module"', `<script type="module" src="${src}"></script>$&`);
  return options;
}

function knownFolders({ deck, workFolder: work, code = [], images }: SlidevViteSetup): KnownFolders {
  const packages = path.resolve(slidevFolders().clientRoot, '..', '..');
  return { work, code: [packages, deck.theme, ...code], images: [path.dirname(deck.entry), ...images] };
}
