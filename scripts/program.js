/**
 * Builds the program as ES modules that Node can run: our TypeScript and the small packages that every command needs, bundled by esbuild.
 * The bundle is in scripts/.program, so that a package includes it; when that folder cannot be written, the bundle is kept in the cache. It
 * can be deleted at any time, and is rebuilt when a source file or a package has changed.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Cache } from './shared/cache/cache.js';
import { findCacheRoot, isClosed } from './shared/cache/cache-root.js';

const scripts = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(scripts);

/** Packages that are pure JavaScript and read no files from their own folder. All others are imported from node_modules. */
const BUNDLED = [
  '@cantoo/pdf-lib',
  '@dagrejs/dagre',
  '@slidev/parser',
  'commander',
  'd3-scale',
  'd3-shape',
  'fastest-levenshtein',
  'gray-matter',
  'handlebars',
  'mdast-util-from-markdown',
  'mdast-util-gfm-table',
  'micromark-extension-gfm-table',
  'yaml',
  'zod',
];

/** Modules of the program that are not started by an import, but by the launcher or as a worker thread. */
const ENTRIES = {
  cli: 'cli.ts',
  'deck-worker': 'commands/decks/deck-worker.ts',
  'finish-worker': 'export/run/finish-worker.ts',
};

/** The number of versions kept, most recently used first: a run that started before an edit still finds its files. */
const KEPT = 2;

/**
 * Returns the path of the bundled command line and the key of the bundle. Builds the bundle when it is missing. Throws `NowhereToKeep` when
 * no folder can hold it, `NoBundler` when esbuild does not run, and esbuild's error for a source file that does not compile.
 */
export async function loadProgram() {
  const key = keyOf(sourcesIn(scripts));
  const inPackage = { parent: path.join(scripts, '.program'), name: key, isInPackage: true };
  const found = find(inPackage);
  if (found !== null) return { entry: path.join(found, 'cli.mjs'), key };
  const { folder, tried } = findCacheRoot();
  // The imports of a bundle in the cache contain the path of this package.
  const name = createHash('sha256').update(`${key} ${root}`).digest('hex').slice(0, 32);
  const inCache = folder === null ? [] : [{ parent: path.join(folder, 'program'), name, isInPackage: false }];
  for (const place of [inPackage, ...inCache]) {
    const made = find(place) ?? (await make(place, key));
    if (made !== null) return { entry: path.join(made, 'cli.mjs'), key };
  }
  const all = [{ folder: inPackage.parent, why: 'it cannot be written' }, ...tried];
  throw new NowhereToKeep(`no folder can hold the program: ${all.map((each) => `${each.folder}: ${each.why}`).join('; ')}`);
}

/** Thrown when there is no writable folder for the bundle. */
export class NowhereToKeep extends Error {}

/** Thrown when esbuild is missing or does not run, for example because it was installed for another system. */
export class NoBundler extends Error {}

const cacheIn = ({ parent, isInPackage }) => new Cache(parent, KEPT, isInPackage ? scripts : null);
const find = (place) => cacheIn(place).find(place.name, 'read');

function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|js|cjs)$/.test(name) && !name.startsWith('.program'))
    .map((name) => name.split(path.sep).join('/'))
    .sort();
}

/** Reads and hashes all sources at every start (300 files, 10 ms), because modification times are not reliable. */
function keyOf(sources) {
  const hash = createHash('sha256').update(JSON.stringify(sources));
  for (const name of sources) hash.update(readFileSync(path.join(scripts, name))).update('\0');
  for (const name of ['npm-shrinkwrap.json', 'package.json']) hash.update(textIfThere(name)).update('\0');
  return hash.digest('hex').slice(0, 32);
}

function textIfThere(name) {
  try {
    return readFileSync(path.join(root, name));
  } catch {
    return '';
  }
}

/** Makes the bundle in a folder of its own and keeps it. Returns null when the place cannot be written. */
async function make(place, key) {
  const { parent, name, isInPackage } = place;
  const passing = path.join(parent, `.${name}.${process.pid}`);
  try {
    // The bundle in a package must be readable by others.
    const mode = isInPackage ? 0o755 : 0o700;
    mkdirSync(parent, { recursive: true, mode });
    rmSync(passing, { recursive: true, force: true });
    mkdirSync(passing, { mode });
    try {
      await bundle(passing, { key, isInPackage });
      cacheIn(place).keep(name, passing, (file) => file.endsWith('.mjs'));
    } finally {
      rmSync(passing, { recursive: true, force: true });
    }
    return path.join(parent, name);
  } catch (error) {
    // Another place may be writable and have room.
    if (isClosed(error) || error?.code === 'ENOSPC' || error?.code === 'EDQUOT') return null;
    throw error;
  }
}

async function bundle(folder, { key, isInPackage }) {
  // esbuild: one small binary from npm; bundles in half a second, with source maps.
  const esbuild = await import('esbuild').catch(refuse);
  try {
    const build = async () =>
      esbuild.build({
        // Relative, because esbuild takes a `*` in the path of an entry as a pattern.
        absWorkingDir: scripts,
        entryPoints: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, `./${file}`])),
        outdir: folder,
        bundle: true,
        write: false,
        format: 'esm',
        // A command loads only the packages that it needs.
        splitting: true,
        outExtension: { '.js': '.mjs' },
        platform: 'node',
        target: 'node20',
        // A smaller bundle loads faster; stack traces use the source maps.
        minify: true,
        legalComments: 'none',
        sourcemap: 'linked',
        sourcesContent: false,
        logLevel: 'silent',
        tsconfigRaw: {},
        banner: { js: bannerFor(isInPackage) },
        define: { 'import.meta.url': 'ownUrl', BUNDLED_PROGRAM: JSON.stringify(key), BUNDLED_FOLDER: 'bundleFolder' },
        plugins: [{ name: 'program', setup: (build) => setup(build, isInPackage) }],
      });
    const { outputFiles } = await build().catch(refuse);
    for (const { path: file, contents } of outputFiles) writeFileSync(file, contents);
  } finally {
    await esbuild.stop();
  }
}

/** Throws `NoBundler`, unless esbuild has run and found an error in a source file. */
function refuse(error) {
  if (error?.errors?.length > 0) throw error;
  throw new NoBundler(`esbuild, which bundles the program, does not run: ${String(error?.message).split('\n')[0]}`, { cause: error });
}

/**
 * Returns the first line of every file in the bundle: it defines the bundle's folder, the sources' folder, and `require` for the CommonJS
 * packages in the bundle.
 */
function bannerFor(isInPackage) {
  const sources = isInPackage ? "new URL('../../', import.meta.url)" : `new URL(${JSON.stringify(`${pathToFileURL(scripts).href}/`)})`;
  return [
    "import { createRequire as requireOfBundle } from 'node:module';",
    "import { fileURLToPath as pathOfBundle } from 'node:url';",
    `const bundleSources = ${sources}, bundleFolder = pathOfBundle(new URL('.', import.meta.url)), require = requireOfBundle(bundleSources);`,
  ].join(' ');
}

function setup(build, isInPackage) {
  // Tested by path, because the program itself may be below node_modules.
  const isOurs = (file) => file.startsWith(scripts + path.sep);
  build.onResolve({ filter: /^[^./]/ }, ({ path: name, importer, kind }) => {
    if (kind === 'entry-point' || name.startsWith('node:')) return null;
    if (!isOurs(importer)) return null;
    if (BUNDLED.some((each) => name === each || name.startsWith(`${each}/`))) return null;
    return { path: isInPackage ? name : import.meta.resolve(name), external: true };
  });
  // gray-matter loads js-yaml, and esprima with it (a tenth of the start time), although content/ parses YAML itself.
  build.onResolve({ filter: /^js-yaml$/ }, () => ({ path: 'js-yaml', namespace: 'unused' }));
  const unused =
    "const unused = () => { throw new Error('js-yaml is not here'); };\nmodule.exports = { safeLoad: unused, safeDump: unused };";
  build.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: unused, loader: 'js' }));
  // Sources that use import.meta.url to find files get the URL of the source, because those files are not moved.
  build.onLoad({ filter: /\.(?:ts|js)$/ }, ({ path: file }) => {
    if (!isOurs(file)) return null;
    const source = readFileSync(file, 'utf8');
    if (!source.includes('import.meta.url')) return { contents: source, loader: 'ts' };
    const name = path.relative(scripts, file).split(path.sep).join('/');
    return { contents: `const ownUrl = new URL(${JSON.stringify(name)}, bundleSources).href; ${source}`, loader: 'ts' };
  });
}
