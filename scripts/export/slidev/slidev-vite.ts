/** Vite with Slidev's plugins, as export and the live decks both have it: no configuration file, no folder of its own beside the decks. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { BuildEnvironmentOptions, Logger, Plugin, ServerOptions, ViteDevServer } from 'vite';
import { cacheFolder, ownFolder } from '../../shared/cache/cache-folder.ts';
import { packageVersion } from '../../shared/packages.ts';
import { projectRoot } from '../../shared/paths.ts';
import { type KnownFolders, knownFiles } from './known-files.ts';
import { importSlidev, type Slidev, type SlidevDeck, type SlidevOptions, slidevFolders } from './slidev-deck.ts';
import { deckPictures } from './slidev-pictures.ts';
import { fontPackages, patch, withoutStylesFromText } from './slidev-plugins.ts';

type Vite = typeof import('vite');
type ServerHooks = NonNullable<Parameters<typeof import('@slidev/cli').ViteSlidevPlugin>[2]>;

/** What serving a deck and bundling one have in common. */
export interface SlidevSetup {
  /** Slidev's plugins, made by `slidevPlugins`. */
  slidev: Plugin[];
  /** Ours, before Slidev's. */
  plugins: Plugin[];
  known: KnownFolders;
  root: string;
  /** Told of everything that Vite and Slidev complain about. */
  complain: (message: string) => void;
}

/** Slidev's plugins for a deck; they keep `options` and read its data anew each time. */
export async function slidevPlugins({ ViteSlidevPlugin }: Slidev, options: SlidevOptions, hooks?: ServerHooks): Promise<Plugin[]> {
  // The inspector would listen on a port of its own; and the version of Vue would be found out by loading Vue.
  const own = { unocss: { hmrTopLevelAwait: false, inspector: false }, markdown: { vueVersion: packageVersion('vue') } };
  const plugins = await ViteSlidevPlugin(options, own, hooks);
  return withoutStylesFromText(plugins);
}

export interface ServerSetup {
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
export async function createSlidevVite(setup: ServerSetup): Promise<ViteDevServer> {
  const { options, workFolder, plugins, base, server, complain, hooks } = setup;
  const [slidev, { createServer, createLogger }] = await Promise.all([slidevPlugins(await importSlidev(), options, hooks), import('vite')]);
  const known = knownFolders(setup);
  const common = slidevConfig({ slidev, plugins, known, root: projectRoot, complain }, createLogger('silent'));
  return createServer({
    ...common,
    base,
    cacheDir: path.join(workFolder, 'vite'),
    server: { ...server, ...common.server, middlewareMode: true, watch: null },
  });
}

/** Bundles modules with Slidev's plugins, in memory. Throws what Vite throws. */
export async function bundleWithSlidev(
  setup: SlidevSetup,
  rolldownOptions: BuildEnvironmentOptions['rolldownOptions'],
): Promise<BundledFile[]> {
  const { build, createLogger } = await import('vite');
  const result = await build({
    ...slidevConfig(setup, createLogger('silent')),
    base: '/',
    mode: 'production',
    build: {
      write: false,
      minify: false,
      // One file of styles: nothing comes in later and changes a page that is being printed.
      cssCodeSplit: false,
      cssMinify: false,
      modulePreload: false,
      reportCompressedSize: false,
      assetsInlineLimit: 0,
      target: 'esnext',
      rolldownOptions: { ...rolldownOptions, checks: { pluginTimings: false } },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  return outputs.flatMap((each) => ('output' in each ? each.output : []));
}

export type BundledFile = Extract<Awaited<ReturnType<Vite['build']>>, { output: unknown }>['output'][number];

function slidevConfig({ slidev, plugins, known, root, complain }: SlidevSetup, logger: Logger) {
  return {
    configFile: false as const,
    root,
    publicDir: false as const,
    // No .env is read: the page would have its variables.
    envDir: false as const,
    logLevel: 'silent' as const,
    customLogger: { ...logger, warn: complain, warnOnce: complain, error: complain },
    plugins: [deckPictures(known), knownFiles(known), filesOfStyles(), plugins, slidev, filesOfScripts()],
    define: { __VUE_PROD_DEVTOOLS__: false },
    resolve: { alias: [fontPackages()] },
    server: { fs: { strict: true, allow: [known.work, ...known.code, ...known.images] } },
  };
}

/** Slidev serves its page without Vite's script, on which the definition of its compile-time flags depends. */
export function withPageScript(options: SlidevOptions): SlidevOptions {
  const src = `${options.base ?? '/'}@vite/client`;
  const script = '<script type="module"';
  options.utils.indexHtml = patch(options.utils.indexHtml, script, `${script} src="${src}"></script>${script}`);
  return options;
}

/** The folders that the files of a deck may come from. */
export function knownFolders({
  deck,
  workFolder: work,
  code = [],
  images,
}: Pick<ServerSetup, 'deck' | 'workFolder' | 'code' | 'images'>): KnownFolders {
  const packages = path.resolve(slidevFolders().clientRoot, '..', '..');
  return { work, code: [packages, deck.theme, ...code], images: [path.dirname(deck.entry), ...images] };
}

// What Vite reads while it compiles a deck and asks no plugin about: files that a deck's style sheets name, and those of
// `new URL('file', import.meta.url)`. Generated decks have neither.

/** Refuses slides whose style sheets name files. */
function filesOfStyles(): Plugin {
  return {
    name: 'briefdeck:files-of-styles',
    enforce: 'pre',
    transform(code, id) {
      if (!STYLE.test(id)) return null;
      const [reference] = code.match(NAMES_FILE) ?? [];
      if (reference !== undefined) throw new Error(`a style in a deck may name no file: ${reference}`);
      return null;
    },
  };
}

/** Refuses slides whose scripts do. Must come after the plugin that makes scripts of slides. */
function filesOfScripts(): Plugin {
  return {
    name: 'briefdeck:files-of-scripts',
    transform(code, id) {
      if (!SLIDE.test(id) || STYLE.test(id) || !code.includes('import.meta.url')) return null;
      // Slides may speak of it: only as code it reads a file.
      if (makesUrl(this.parse(code))) throw new Error('a script in a deck may name no file by new URL(..., import.meta.url)');
      return null;
    },
  };
}

const SLIDE = /__slidev_\d+\.md|\/@slidev\/title-renderer/;
const STYLE = /__slidev_\d+\.md\?.*\btype=style\b/;

/** Vite knows them by these very letters; what is spelled with escapes the browser asks for itself, and is told no. */
const NAMES_FILE = new RegExp(
  [
    /@(?:use|forward|config|plugin|reference|source)\b.*/,
    /\bfrom\s*["'].*/,
    /image-set\(.*/,
    // On the web is none of our files.
    /@import\b(?!\s*(?:url\(\s*)?["']?https?:).*/,
    /url\((?!\s*["']?(?:data:|https?:|#)).*/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);

/** Whether a syntax tree (ESTree) has `new URL(anything, import.meta.url)` in it. */
function makesUrl(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.some(makesUrl);
  const { type, callee, arguments: given } = node as { type?: string; callee?: { name?: string }; arguments?: unknown[] };
  if (type === 'NewExpression' && callee?.name === 'URL' && (given?.length ?? 0) > 1) return true;
  return Object.values(node).some(makesUrl);
}
