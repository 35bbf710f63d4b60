/**
 * Slidev's node half as one file, with what compiling a deck against the shell needs of it: imported in 0.22 s of CPU time instead of 1.04 s, which every
 * edit waits for. UnoCSS, JSX and icons are for the shell's own files, MCP and questions to people for Slidev's own commands: they are left out.
 */
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin, PluginBuild } from 'esbuild';
import { cacheFolder } from '../shared/cache-folder.ts';
import { writeAtomic } from '../shared/files.ts';
import { sha256 } from '../shared/hashes.ts';
import { requirePackage } from '../shared/packages.ts';
import { programVersion } from '../shared/program-version.ts';

/** Of the file, made anew when any version is another one. Throws when it cannot be made or kept. */
export async function bundledSlidev(): Promise<string> {
  const folder = await cacheFolder('slidev-node');
  const file = path.join(folder, `${programVersion()}.mjs`);
  if (!(await isWhole(file))) {
    const code = await bundle();
    await writeAtomic(file, `${headOf(code)}${code}`);
    await keepLast(folder);
  }
  return pathToFileURL(file).href;
}

/** So many versions stay, the last used ones; 4 MB each. */
const KEPT = 3;

const headOf = (code: string) => `// ${sha256(code)}\n`;

async function isWhole(file: string): Promise<boolean> {
  try {
    const text = await readFile(file, 'utf8');
    const start = text.indexOf('\n') + 1;
    if (text.slice(0, start) !== headOf(text.slice(start))) return false;
    await utimes(file, new Date(), new Date());
    return true;
  } catch {
    // Not made yet, or not to be read: it is made anew.
    return false;
  }
}

async function keepLast(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.mjs'));
  const dated = await Promise.all(names.map(async (name) => ({ name, used: (await stat(path.join(folder, name))).mtimeMs })));
  dated.sort((a, b) => b.used - a.used);
  for (const { name } of dated.slice(KEPT)) await rm(path.join(folder, name), { force: true });
}

async function bundle(): Promise<string> {
  // esbuild: bundles the program too (program.js).
  const esbuild = await import('esbuild');
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(requirePackage('@slidev/cli'), 'dist', 'index.mjs')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    legalComments: 'none',
    minifyWhitespace: true,
    logLevel: 'silent',
    tsconfigRaw: {},
    // Files that modules look for beside themselves stay where they are.
    define: { 'import.meta.url': 'ownUrl', 'import.meta.dirname': 'ownFolder', __dirname: 'ownFolder', __filename: 'ownFile' },
    banner: {
      js: "import { createRequire as requireFromBundle } from 'node:module';\nconst require = requireFromBundle(import.meta.url);",
    },
    plugins: [compilingAlone()],
  });
  return outputFiles[0]?.text ?? '';
}

/** Native, or large and shared with us: imported as they are installed. */
const APART = /^(?:vite|rolldown|lightningcss|esbuild|jiti|fsevents)(?:\/|$)/;
const LEFT_OUT =
  /^(?:@vitejs\/plugin-vue-jsx|unocss(?:\/vite)?|unplugin-icons\/(?:resolver|vite)|@modelcontextprotocol\/.*|@antfu\/ni|prompts|zod)$/;

function compilingAlone(): Plugin {
  return { name: 'briefdeck:compiling-alone', setup };
}

function setup(build: PluginBuild): void {
  build.onResolve({ filter: /.*/ }, async ({ path: name, importer, kind, resolveDir, pluginData }) => {
    if (pluginData === RESOLVING || kind === 'entry-point' || name.startsWith('node:')) return null;
    if (LEFT_OUT.test(name) && importer.includes('@slidev')) return { path: name, namespace: 'left-out' };
    // It takes two functions from Vue, which brings the compiler of templates along.
    if (name === 'vue' && importer.includes('plugin-vue'))
      return build.resolve('@vue/reactivity', { kind, importer, resolveDir, pluginData: RESOLVING });
    if (kind !== 'dynamic-import' && !APART.test(name)) return null;
    const { path: file, errors } = await build.resolve(name, { kind, importer, resolveDir, pluginData: RESOLVING });
    // Some are optional and not installed; Node's own have no file.
    if (errors.length > 0 || !path.isAbsolute(file)) return { path: name, external: true };
    return { path: kind === 'require-call' ? file : pathToFileURL(file).href, external: true };
  });
  build.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path: name }) => ({ contents: leftOut(name) }));
  build.onLoad({ filter: /\.[cm]?js$/ }, async ({ path: file }) => {
    const source = await readFile(file, 'utf8');
    if (!/import\.meta|__dirname|__filename/.test(source)) return null;
    const values = { ownUrl: pathToFileURL(file).href, ownFolder: path.dirname(file), ownFile: file };
    const own = Object.entries(values).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`);
    return { contents: withPrelude(source, own.join(' ')), loader: 'js' };
  });
}

const RESOLVING = 'resolving';

/** A script's first line may only stand there. */
const withPrelude = (source: string, prelude: string) => (source.startsWith('#!') ? `//${source}\n${prelude}` : `${prelude} ${source}`);

/** A plugin that does nothing in the place of each thing that is left out, or a schema of which everything can be asked and nothing comes. */
function leftOut(name: string): string {
  if (name === 'zod') return 'export const z = new Proxy(() => {}, { get: () => z, apply: () => z });';
  const plugin = `() => ({ name: ${JSON.stringify(`left-out:${name}`)} })`;
  const names = ['presetIcons', 'mergeConfigs', 'parseNi', 'run', 'NodeStreamableHTTPServerTransport', 'McpServer'];
  return `const nothing = ${plugin};\nexport default nothing;\nexport { ${names.map((each) => `nothing as ${each}`).join(', ')} };`;
}
