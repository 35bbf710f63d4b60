/**
 * Vite with Slidev's plugins, for export and the live decks: without a configuration file, and without a folder of its own next to the
 * decks.
 */
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

/** Settings for both serving and bundling. */
export interface SlidevSetup {
  /** Slidev's plugins, created by `slidevPlugins`. */
  slidev: Plugin[];
  /** Our plugins, which come before Slidev's. */
  plugins: Plugin[];
  known: KnownFolders;
  root: string;
  /** Called with every message of Vite and Slidev about a problem. */
  complain: (message: string) => void;
}

/** Returns Slidev's plugins for a deck. They keep `options` and read its data each time. */
export async function slidevPlugins({ ViteSlidevPlugin }: Slidev, options: SlidevOptions, hooks?: ServerHooks): Promise<Plugin[]> {
  // The inspector would listen on its own port. Without `vueVersion`, Slidev would load Vue to find out its version.
  const own = { unocss: { hmrTopLevelAwait: false, inspector: false }, markdown: { vueVersion: packageVersion('vue') } };
  const plugins = await ViteSlidevPlugin(options, own, hooks);
  return withoutStylesFromText(plugins);
}

export interface ServerSetup {
  deck: SlidevDeck;
  options: SlidevOptions;
  /** The folder in which Vite and Slidev may write. */
  workFolder: string;
  /** Folders with our own code that runs in the page. */
  code?: readonly string[];
  /** Folders besides that of the deck from which it takes images. */
  images: readonly string[];
  plugins: Plugin[];
  /** Starts and ends with a slash. */
  base: string;
  server: ServerOptions;
  /** Called with every message of Vite and Slidev about a problem. */
  complain: (message: string) => void;
  hooks?: ServerHooks;
}

/** Creates a work folder for this run alone: Slidev writes modules there, and two runs at a time would read each other's half-written ones. */
export async function makeWorkFolder(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await ownFolder(await cacheFolder('slidev'), 'run');
  // Slidev may still be writing into the folder, so that removing it needs several attempts.
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Creates a Vite server that does not listen. Its owner passes requests to it. */
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

/** Bundles modules with Slidev's plugins, in memory. Throws Vite's errors. */
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
      // One style sheet: nothing that loads later can change a page that is being printed.
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
    // No .env file is read, because its variables would be in the page.
    envDir: false as const,
    logLevel: 'silent' as const,
    customLogger: { ...logger, warn: complain, warnOnce: complain, error: complain },
    plugins: [deckPictures(known), knownFiles(known), filesOfStyles(), plugins, slidev, filesOfScripts()],
    define: { __VUE_PROD_DEVTOOLS__: false },
    resolve: { alias: [fontPackages()] },
    server: { fs: { strict: true, allow: [known.work, ...known.code, ...known.images] } },
  };
}

/** Adds Vite's script to the page. Slidev serves its page without it, but it defines Slidev's compile-time flags. */
export function withPageScript(options: SlidevOptions): SlidevOptions {
  const src = `${options.base ?? '/'}@vite/client`;
  const script = '<script type="module"';
  options.utils.indexHtml = patch(options.utils.indexHtml, script, `${script} src="${src}"></script>${script}`);
  return options;
}

/** Returns the folders from which a deck may use files. */
export function knownFolders({
  deck,
  workFolder: work,
  code = [],
  images,
}: Pick<ServerSetup, 'deck' | 'workFolder' | 'code' | 'images'>): KnownFolders {
  const packages = path.resolve(slidevFolders().clientRoot, '..', '..');
  return { work, code: [packages, deck.theme, ...code], images: [path.dirname(deck.entry), ...images] };
}

// Files that Vite reads while it compiles a deck, without asking plugins: those in a deck's style sheets, and those of `new URL('file',
// import.meta.url)`. Generated decks have neither.

/** Rejects slides whose style sheets refer to files. */
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

/** Rejects slides whose scripts refer to files. Must come after the plugin that turns slides into scripts. */
function filesOfScripts(): Plugin {
  return {
    name: 'briefdeck:files-of-scripts',
    transform(code, id) {
      if (!SLIDE.test(id) || STYLE.test(id) || !code.includes('import.meta.url')) return null;
      // Slides may mention it in text. Only code reads a file.
      if (makesUrl(this.parse(code))) throw new Error('a script in a deck may name no file by new URL(..., import.meta.url)');
      return null;
    },
  };
}

const SLIDE = /__slidev_\d+\.md|\/@slidev\/title-renderer/;
const STYLE = /__slidev_\d+\.md\?.*\btype=style\b/;

/** Vite recognizes only these spellings. For spellings with escapes the browser sends a request, which is refused. */
const NAMES_FILE = new RegExp(
  [
    /@(?:use|forward|config|plugin|reference|source)\b.*/,
    /\bfrom\s*["'].*/,
    /image-set\(.*/,
    // Addresses on the web are not our files.
    /@import\b(?!\s*(?:url\(\s*)?["']?https?:).*/,
    /url\((?!\s*["']?(?:data:|https?:|#)).*/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);

/** Returns whether a syntax tree (ESTree) contains `new URL(anything, import.meta.url)`. */
function makesUrl(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.some(makesUrl);
  const { type, callee, arguments: given } = node as { type?: string; callee?: { name?: string }; arguments?: unknown[] };
  if (type === 'NewExpression' && callee?.name === 'URL' && (given?.length ?? 0) > 1) return true;
  return Object.values(node).some(makesUrl);
}
