/** The part of a page that all decks share, bundled once: Slidev's client, the theme's layouts and components, all styles. */
import type { Plugin } from 'vite';
import { z } from 'zod';
import { slidevFolders } from '../slidev-deck.ts';
import { bundleWithSlidev, type SlidevSetup } from '../slidev-vite.ts';
import type { Exposed } from './exposed.ts';
import { DECK_MODULES, stageScript } from './stage.ts';

export const shellSchema = z.strictObject({
  /** Text by address. */
  files: z.record(z.string(), z.string()),
  /** Files that are not copied, fonts above all, by address; their paths are relative to the project. */
  installed: z.record(z.string(), z.string()),
  styles: z.array(z.string()),
  /** The modules that each module imports at once, by their addresses. */
  imports: z.record(z.string(), z.array(z.string())),
  /** Addresses of the modules with which a page that is printed begins. */
  starts: z.array(z.string()),
});
export type Shell = z.infer<typeof shellSchema>;

/** The script that a page starts with. */
export const SHELL_SCRIPT = '/shell/print.js';

/** Bundles the shell (some seconds). `plugins` are ours that come before Slidev's. Throws what Vite throws. */
export async function buildShell(exposed: Exposed, plugins: readonly Plugin[], setup: Omit<SlidevSetup, 'plugins'>): Promise<Shell> {
  const addresses = [SHELL_SCRIPT, ...exposed.keys()];
  const output = await bundleWithSlidev(
    { ...setup, plugins: [entriesOf(exposed), printOnly(), apart(), ...plugins] },
    {
      input: Object.fromEntries(addresses.map((address) => [nameOf(address), `${ENTRY}${address}`])),
      preserveEntrySignatures: 'strict',
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'shell/chunks/[name]-[hash].js',
        assetFileNames: 'shell/assets/[name]-[hash][extname]',
      },
    },
  );
  const shell: Shell = { files: {}, installed: {}, styles: [], imports: {}, starts: [SHELL_SCRIPT] };
  for (const item of output) {
    const address = `/${item.fileName}`;
    if (item.type === 'chunk') {
      shell.files[address] = item.code;
      shell.imports[address] = item.imports.map(addressOf);
      if (item.facadeModuleId !== null && PRINTED_PAGE.test(item.facadeModuleId)) shell.starts.push(address);
    } else if (address.endsWith('.css')) {
      shell.files[address] = String(item.source);
      shell.styles.push(address);
    } else shell.installed[address] = item.originalFileNames[0] ?? '';
  }
  return shell;
}

/** Slidev loads it when its router has found out that this is the page to show. */
const PRINTED_PAGE = /[\\/]pages[\\/]print\.vue$/;

/** Chunks are named as files, other modules by their addresses. */
const addressOf = (name: string) => (name.startsWith('/') ? name : `/${name}`);

const ENTRY = 'shell:';

/** `/shell/layouts/cover.js` is the entry `shell/layouts/cover`. */
const nameOf = (address: string) => address.slice(1).replace(/\.js$/, '');

/** Modules that hand on everything of another one. */
function entriesOf(entries: Exposed): Plugin {
  return {
    name: 'briefdeck:shell-entries',
    enforce: 'pre',
    resolveId: { order: 'pre', handler: (id) => (id.startsWith(ENTRY) ? `\0${id}` : null) },
    load(id) {
      if (!id.startsWith(`\0${ENTRY}`)) return null;
      const address = id.slice(ENTRY.length + 1);
      if (address === SHELL_SCRIPT) return stageScript(slidevFolders().clientRoot);
      const target = JSON.stringify(entries.get(address));
      const hasDefault = /^"(?:vue|.*(?:context|index)\.ts)"$/.test(target) ? '' : `export { default } from ${target};`;
      return `export * from ${target};${hasDefault}`;
    },
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

/** Keeps what is of one deck out of the bundle: the page asks for it at its own address. */
function apart(): Plugin {
  return {
    name: 'briefdeck:deck-apart',
    enforce: 'pre',
    resolveId: {
      order: 'pre',
      handler(id) {
        const address = DECK_MODULES[id.replace(/^#slidev\//, '/@slidev/')];
        return address === undefined ? null : { id: address, external: 'absolute' };
      },
    },
  };
}
