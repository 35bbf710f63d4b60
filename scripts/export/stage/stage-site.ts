/** Shows decks on the stage: each deck is sent to the page as data, without being compiled. */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import type { Plugin } from 'vite';
import { z } from 'zod';
import { pathOfDeckAddress } from '../../shared/addresses.ts';
import { openCache } from '../../shared/cache/cache-folder.ts';
import { hashFolder, sha256 } from '../../shared/cache/hashes.ts';
import { programVersion } from '../../shared/cache/program-version.ts';
import { parseJson } from '../../shared/disk/files.ts';
import { asToldWriteError, ExpectedError } from '../../shared/errors.ts';
import { projectRoot } from '../../shared/paths.ts';
import { cleanPicture } from '../picture/clean-picture.ts';
import { mediaTypeOf } from '../server/answer-headers.ts';
import { NotOnStage, type Site, type SiteOptions } from '../server/site.ts';
import { isKnown } from '../slidev/known-files.ts';
import { checkLayouts, importSlidev, loadDeck, plainReason, type SlidevDeck, slidevFolders, slidevOptions } from '../slidev/slidev-deck.ts';
import { projectDependencies } from '../slidev/slidev-plugins.ts';
import { type BundledFile, bundleWithSlidev, knownFolders, makeWorkFolder, slidevPlugins } from '../slidev/slidev-vite.ts';
import { deckData } from './deck-data.ts';
import { EMPTY_MODULES, stageScript } from './stage-script.ts';

/** Bytes by address. */
type Pictures = Map<string, Uint8Array>;

/** Creates the site without starting anything. Slidev is imported when the stage must be bundled. */
export function openStageSite({ assets, theme }: SiteOptions): Site {
  let shown: { stage: KeyedStage; pictures: readonly Pictures[] } | null = null;
  return {
    async show(entry, signal) {
      const deck = await loadDeck(entry, { theme });
      const stage = await stageFor(deck);
      signal?.throwIfAborted();
      checkLayouts(deck, stage.layouts);
      const pictures: Pictures = new Map();
      const data = deckData(deck, (source) => addPicture(source, deck, assets, pictures));
      // The page may still be showing the previous deck, so its pictures are kept.
      shown = { stage, pictures: [pictures, ...(shown?.pictures.slice(0, 1) ?? [])] };
      return { slides: data.slides.length, onStage: { key: stage.key, data } };
    },
    answer({ url = '/' }, response) {
      const address = url.replace(/[?#].*$/s, '');
      if (shown === null) response.writeHead(403).end();
      else answer(address, shown.stage, shown.pictures, response);
    },
    async close() {},
  };
}

/** Reads a picture of a deck and gives it an address. Throws ExpectedError when it cannot be shown. */
function addPicture(source: string, deck: SlidevDeck, assets: readonly string[], pictures: Pictures): string {
  const file = path.resolve(path.dirname(deck.entry), pathOfDeckAddress(source));
  if (!existsSync(file)) throw new ExpectedError(`there is no picture ${file}`);
  if (!PICTURE.test(file) || !isKnown(file, knownFolders({ deck, workFolder: deck.theme, images: assets })))
    throw new ExpectedError(`${file} is none of the files that a deck is made of`);
  const bytes = cleanPicture(readFileSync(file), file);
  // Named after the content, so that a page never requests the same address twice.
  const address = `/deck/${sha256(bytes).slice(0, 16)}${path.extname(file).toLowerCase()}`;
  pictures.set(address, bytes);
  return address;
}

const PICTURE = /\.(?:png|jpe?g|webp|gif|svg)$/i;

function answer(address: string, { page, files, installed }: KeyedStage, pictures: readonly Pictures[], response: ServerResponse): void {
  const body =
    address === '/print' ? page : (own(files, address) ?? pictures.map((each) => each.get(address)).find((each) => each !== undefined));
  const file = own(installed, address);
  if (body !== undefined) response.writeHead(200, { 'content-type': typeOf(address), 'cache-control': 'no-store' }).end(body);
  else if (file !== undefined) sendFile(response, path.join(projectRoot, file), address);
  else response.writeHead(404).end();
}

const own = (record: Readonly<Record<string, string>>, name: string) => (Object.hasOwn(record, name) ? record[name] : undefined);

function sendFile(response: ServerResponse, file: string, address: string): void {
  const stream = createReadStream(file);
  // Cached by the browser, because an address changes with the content.
  stream.once('open', () => response.writeHead(200, { 'content-type': typeOf(address), 'cache-control': 'max-age=3600, immutable' }));
  stream.once('error', () => (response.headersSent ? response.destroy() : response.writeHead(404).end()));
  stream.pipe(response);
}

function typeOf(address: string): string {
  return address === '/print' ? 'text/html; charset=utf-8' : mediaTypeOf(address);
}

// Bundled stages, in memory and in the cache.

/** One for each theme and installation in use; about 1 MB each. */
const KEPT = 8;

interface KeyedStage extends Stage {
  /** Changes with the stage. */
  key: string;
}

/** By key. Each is bundled or read once per process, by the first session that needs it. */
const known = new Map<string, Promise<Stage>>();

/**
 * Returns the stage for the current state of a deck's theme. A stage that cannot be bundled is not tried again until the theme changes.
 * Throws as buildStage does.
 */
async function stageFor(deck: SlidevDeck): Promise<KeyedStage> {
  const key = await keyOf(deck);
  const stage = known.get(key) ?? find(key, deck);
  known.set(key, stage);
  // Editing a theme while its decks are watched leaves many old stages.
  for (const old of [...known.keys()].slice(0, -KEPT)) known.delete(old);
  return { ...(await stage), key };
}

async function find(key: string, deck: SlidevDeck): Promise<Stage> {
  const cache = await openCache('stage', KEPT);
  const kept = stageSchema.safeParse(parseJson(cache.read(key)?.toString() ?? ''));
  if (kept.success) return kept.data;
  const stage = await buildStage(deck);
  cache.write(key, Buffer.from(JSON.stringify(stage)));
  return stage;
}

/** Returns a hash of the theme, the program, and the settings that Slidev's plugins write into the bundle. */
async function keyOf({ theme, data: { config } }: SlidevDeck): Promise<string> {
  const look = await hashFolder(theme).catch(() => 'missing');
  const { fonts, routerMode, drawings, record, presenter, download } = config;
  return sha256(JSON.stringify([theme, look, programVersion(), fonts, routerMode, drawings, record, presenter, download])).slice(0, 16);
}

// The page that shows all decks of a theme, bundled once: Slidev's client, the theme's layouts and components, and all styles.

const stageSchema = z.strictObject({
  /** The HTML of the page. */
  page: z.string(),
  /** Scripts and style sheets by address. */
  files: z.record(z.string(), z.string()),
  /** Files that are not copied, mainly fonts, by address. Their paths are relative to the folder of the program. */
  installed: z.record(z.string(), z.string()),
  /** The layouts that slides may use. */
  layouts: z.array(z.string()),
});
type Stage = z.infer<typeof stageSchema>;

/**
 * Bundles the stage for the theme of a deck (some seconds); nothing else of the deck matters. Throws NotOnStage when the theme cannot be
 * bundled, and ExpectedError when nothing can be bundled.
 */
async function buildStage(deck: SlidevDeck): Promise<Stage> {
  const slidev = await importSlidev();
  const work = await makeWorkFolder();
  try {
    const options = await slidevOptions(withoutSlides(deck), work.folder);
    const setup = {
      slidev: await slidevPlugins(slidev, options),
      plugins: [stageModules(await options.utils.getLayouts()), printOnly(), projectDependencies()],
      known: knownFolders({ deck, workFolder: work.folder, images: [] }),
      root: projectRoot,
      // A problem makes the bundling fail.
      complain: () => {},
    };
    const output = await bundleWithSlidev(setup, {
      input: { 'stage/stage': STAGE_MODULE },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'stage/[name]-[hash].js',
        assetFileNames: 'stage/[name]-[hash][extname]',
      },
    });
    return stageOf(output, options.utils.indexHtml, Object.keys(await options.utils.getLayouts()));
  } catch (error) {
    const told = asToldWriteError(error, "Slidev's work folder");
    // The development server would fail too, for example with a full disk.
    if (told !== error || error instanceof ExpectedError) throw told;
    throw new NotOnStage(`the theme cannot be bundled: ${plainReason(error)}`, { cause: error });
  } finally {
    await work.remove();
  }
}

/** Removes slides, and what Slidev found in them: these reach the page as data. */
function withoutSlides({ data, ...deck }: SlidevDeck): SlidevDeck {
  const features = { katex: false, monaco: false, tweet: false, bluesky: false, mermaid: false } as const;
  return { ...deck, data: { ...data, slides: [], headmatter: {}, features, markdownFiles: {} } };
}

const STAGE_SCRIPT = '/stage/stage.js';
const STAGE_MODULE = 'stage:script';

function stageOf(output: readonly BundledFile[], html: string, layouts: string[]): Stage {
  const stage: Stage = { page: '', files: {}, installed: {}, layouts };
  const imports = new Map<string, string[]>();
  const styles: string[] = [];
  for (const item of output) {
    const address = `/${item.fileName}`;
    if (item.type === 'chunk') {
      stage.files[address] = item.code;
      imports.set(
        address,
        item.imports.map((name) => `/${name}`),
      );
    } else if (address.endsWith('.css')) {
      stage.files[address] = String(item.source);
      styles.push(address);
    } else stage.installed[address] = item.originalFileNames[0] ?? '';
  }
  // The page requests all modules at once, instead of one after the other as it finds imports.
  const links = [
    ...styles.map((address) => `<link rel="stylesheet" href="${address}">`),
    ...[...importedBy(STAGE_SCRIPT, imports)].map((address) => `<link rel="modulepreload" href="${address}">`),
  ];
  stage.page = html.replace(/src="[^"]*\/main\.ts"/, `src="${STAGE_SCRIPT}"`).replace('</head>', () => `${links.join('')}</head>`);
  if (!stage.page.includes(`src="${STAGE_SCRIPT}"`)) throw new Error('the page of this version of Slidev starts in another way');
  return stage;
}

function importedBy(address: string, imports: ReadonlyMap<string, readonly string[]>, found = new Set<string>()): Set<string> {
  if (!found.has(address)) {
    found.add(address);
    for (const imported of imports.get(address) ?? []) importedBy(imported, imports, found);
  }
  return found;
}

/** Provides the script of the page, and Slidev's modules that depend on the deck. */
function stageModules(layouts: Readonly<Record<string, string>>): Plugin {
  const modules: Readonly<Record<string, string>> = { [STAGE_MODULE]: stageScript(slidevFolders().clientRoot, layouts), ...EMPTY_MODULES };
  return {
    name: 'briefdeck:stage-modules',
    enforce: 'pre',
    resolveId: {
      order: 'pre',
      handler(id) {
        const name = id.replace(/^#slidev\//, '/@slidev/');
        return Object.hasOwn(modules, name) ? `\0${name}` : null;
      },
    },
    load: (id) => modules[id.replace(/^\0/, '')] ?? null,
  };
}

/** Leaves out all pages except the printed one: presenter, overview and slide show are never opened here. */
function printOnly(): Plugin {
  const nothing = '\0briefdeck:no-page';
  return {
    name: 'briefdeck:print-only',
    enforce: 'pre',
    resolveId: {
      order: 'pre',
      handler: (id) => (/^\.\.\/pages\/(?!print\.vue)/.test(id) ? nothing : null),
    },
    load: (id) => (id === nothing ? 'export default { render: () => null };' : null),
  };
}
