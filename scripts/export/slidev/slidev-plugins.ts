/** Our additions to Slidev's own Vite plugins. */
import path from 'node:path';
import type { Plugin, PluginOption } from 'vite';
import { requirePackage } from '../../shared/packages.ts';
import { projectRoot } from '../../shared/paths.ts';
import type { SlidevOptions } from './slidev-deck.ts';

/** Returns the plugins for export. They read `options.data` each time, so that another deck can be put into it. */
export function exportPlugins(options: SlidevOptions): Plugin[] {
  return [quietClient(), slidesOfCurrentDeck(options), projectDependencies(), withoutPrebundling()];
}

/** Returns the plugins for presenting: the page keeps its web socket, and one server shows one deck. */
export function presentPlugins(): Plugin[] {
  return [projectDependencies(), withoutPrebundling()];
}

/** Replaces a piece of Slidev's code. Throws when it is missing, which means that this version of Slidev is different. */
export function patch(source: string, from: string, to: string): string {
  if (!source.includes(from)) throw new Error(`this version of Slidev has no ${JSON.stringify(from)} where Briefdeck changes it`);
  return source.replaceAll(from, to);
}

/** Returns an alias for fonts, because Vite resolves `@import` in style sheets without plugins. */
export function fontPackages(): { find: RegExp; replacement: string } {
  const folder = path.dirname(requirePackage('@fontsource/source-sans-3'));
  return { find: /^@fontsource\//, replacement: `${folder.split(path.sep).join('/')}/` };
}

/**
 * Replaces Vite's client script by one without a web socket: nothing may reload or restyle a page that is being printed. It imports
 * `@vite/env`, which defines Slidev's compile-time flags.
 */
function quietClient(): Plugin {
  return {
    name: 'briefdeck:quiet-client',
    enforce: 'pre',
    load: (id) => (id.endsWith('/vite/dist/client/client.mjs') ? quietClientCode : null),
  };
}

const quietClientCode = `import '@vite/env';
const sheets = new Map();
export function updateStyle(id, content) {
  let sheet = sheets.get(id);
  if (sheet === undefined) {
    sheet = document.createElement('style');
    sheet.dataset.viteDevId = id;
    document.head.append(sheet);
    sheets.set(id, sheet);
  }
  sheet.textContent = content;
}
export function removeStyle(id) {
  sheets.get(id)?.remove();
  sheets.delete(id);
}
export const injectQuery = (url) => url;
export class ErrorOverlay {}
export function createHotContext() {
  const nothing = () => {};
  return {
    data: {}, accept: nothing, acceptExports: nothing, dispose: nothing, prune: nothing,
    decline: nothing, invalidate: nothing, on: nothing, off: nothing, send: nothing,
  };
}
`;

/** Loads the slides of the current deck. Slidev's own loader keeps the file names of the first deck; this one comes before it. */
function slidesOfCurrentDeck(options: SlidevOptions): Plugin {
  return {
    name: 'briefdeck:current-deck',
    enforce: 'pre',
    load(id) {
      const match = /^\/@slidev\/slides\/(\d+)\/(md|frontmatter)(?:$|\?)/.exec(id);
      const slide = options.data.slides[Number(match?.[1]) - 1];
      if (match === null || slide === undefined) return null;
      const source = JSON.stringify(`${slide.source.filepath}__slidev_${match[1]}.${match[2]}`);
      return `export * from ${source};\nexport { default } from ${source};\n`;
    },
  };
}

/** Resolves bare imports of a theme outside the project to the project's packages, because there is no node_modules above it. */
export function projectDependencies(): Plugin {
  return {
    name: 'briefdeck:project-dependencies',
    enforce: 'pre',
    async resolveId(id, importer, options) {
      if (importer === undefined || !/^(?:@[\w-]+\/)?[a-z][\w.-]*(?:\/|$)/i.test(id)) return null;
      const found = await this.resolve(id, importer, { ...options, skipSelf: true });
      return found ?? this.resolve(id, path.join(projectRoot, 'package.json'), { ...options, skipSelf: true });
    },
  };
}

/**
 * Turns off Vite's bundling of dependencies: everything in Slidev's pages is ES modules already. Nothing is written to Vite's cache (which
 * two runs at a time would share), and no page is reloaded when another dependency is found.
 */
function withoutPrebundling(): Plugin {
  return {
    name: 'briefdeck:without-prebundling',
    enforce: 'post',
    config(config) {
      config.optimizeDeps = { noDiscovery: true, include: [] };
    },
  };
}

/**
 * Returns Slidev's plugins with a UnoCSS that ignores the text of decks. UnoCSS looks for class names in all text: the words `[*,&]:hidden`
 * in a headline would become a rule that hides every slide, others would load a picture from anywhere, and `a:(b c)` would be rewritten as
 * `a:b a:c`. The classes in templates are defined by the theme.
 */
export async function withoutStylesFromText(plugins: PluginOption): Promise<Plugin[]> {
  const flat = await flatten(plugins);
  return flat.map((plugin) => (plugin.name.startsWith('unocss:') ? withoutDecks(plugin) : plugin));
}

/** Modules with text of a deck: its slides, their front matter, titles and settings. */
const DECK_TEXT = /^\/@slidev\/|__slidev_\d+\./;

function withoutDecks(plugin: Plugin): Plugin {
  // Of the deck, the page's own HTML contains only title and authors.
  const { transformIndexHtml: _html, transform, ...rest } = plugin;
  if (transform === undefined) return rest;
  const handler = typeof transform === 'function' ? transform : transform.handler;
  const skipping: typeof handler = function (code, id, options) {
    return DECK_TEXT.test(id) ? null : handler.call(this, code, id, options);
  };
  return { ...rest, transform: typeof transform === 'function' ? skipping : { ...transform, handler: skipping } };
}

async function flatten(plugins: PluginOption): Promise<Plugin[]> {
  const awaited = await plugins;
  if (Array.isArray(awaited)) return (await Promise.all(awaited.map(flatten))).flat();
  return awaited ? [awaited] : [];
}
