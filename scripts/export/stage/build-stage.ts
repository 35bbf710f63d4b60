/** The page that all decks of a theme are shown in, bundled once: Slidev's client, the theme's layouts and components, all styles. */
import type { Plugin } from 'vite';
import { z } from 'zod';
import { asToldWriteError } from '../../shared/disk/write-error.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { projectRoot } from '../../shared/paths.ts';
import { NotOnStage } from '../server/site.ts';
import { plainReason } from '../slidev/plain-reason.ts';
import { type SlidevDeck, slidevFolders, slidevOptions } from '../slidev/slidev-deck.ts';
import { importSlidev } from '../slidev/slidev-module.ts';
import { projectDependencies } from '../slidev/slidev-plugins.ts';
import { type BundledFile, bundleWithSlidev, knownFolders, makeWorkFolder, slidevPlugins } from '../slidev/slidev-vite.ts';
import { EMPTY_MODULES, stageScript } from './stage-script.ts';

export const stageSchema = z.strictObject({
  /** The HTML of the page. */
  page: z.string(),
  /** Scripts and style sheets by address. */
  files: z.record(z.string(), z.string()),
  /** Files that are not copied, fonts above all, by address; their paths are relative to the folder of the program. */
  installed: z.record(z.string(), z.string()),
  /** Names of the layouts that slides may have. */
  layouts: z.array(z.string()),
});
export type Stage = z.infer<typeof stageSchema>;

/**
 * Bundles the stage for the theme of a deck, of which nothing else counts (some seconds). Throws NotOnStage when the theme cannot be bundled, and
 * ExpectedError where nothing can.
 */
export async function buildStage(deck: SlidevDeck): Promise<Stage> {
  const slidev = await importSlidev();
  const work = await makeWorkFolder();
  try {
    const options = await slidevOptions(withoutSlides(deck), work.folder);
    const setup = {
      slidev: await slidevPlugins(slidev, options),
      plugins: [stageModules(await options.utils.getLayouts()), printOnly(), projectDependencies()],
      known: knownFolders({ deck, workFolder: work.folder, images: [] }),
      root: projectRoot,
      // What is amiss makes it fail.
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
    // A full disk, say, keeps the development server from working too.
    if (told !== error || error instanceof ExpectedError) throw told;
    throw new NotOnStage(`the theme cannot be bundled: ${plainReason(error)}`, { cause: error });
  } finally {
    await work.remove();
  }
}

/** Slides, and what Slidev found in them, reach the page as data. */
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
  // The page asks for all modules at once, and not one after the other as it meets them.
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

/** The script of the page, and Slidev's modules that would hold what is of one deck. */
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

/** Leaves out all pages but the one that is printed: presenter, overview and the slide show are never opened here. */
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
