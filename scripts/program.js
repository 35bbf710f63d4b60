/**
 * Builds the program as ES modules that Node can run: our TypeScript and the small packages that every command needs, bundled by esbuild.
 * The bundle is in scripts/.program, so that a package includes it; when that folder cannot be written, the bundle is kept in the cache. It
 * can be deleted at any time, and is rebuilt when a source file or a package has changed.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findCacheRoot, isClosed, isOwnFolder } from './shared/cache/cache-root.js';

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
 * no folder can hold it, and esbuild's error for a source file that does not compile.
 */
export async function loadProgram() {
  const key = keyOf(sourcesIn(scripts));
  const inPackage = { parent: path.join(scripts, '.program'), name: key, isInPackage: true };
  if (isWhole(inPackage)) return { entry: entryIn(inPackage), key };
  const cache = findCacheRoot();
  // The imports of a bundle in the cache contain the path of this package.
  const name = sha256(`${key} ${root}`).slice(0, 32);
  const inCache = cache.folder === null ? [] : [{ parent: path.join(cache.folder, 'program'), name, isInPackage: false }];
  for (const place of [inPackage, ...inCache]) {
    if (isWhole(place) || (await make(place, key))) return { entry: entryIn(place), key };
  }
  const tried = [{ folder: inPackage.parent, why: 'it cannot be written' }, ...cache.tried];
  throw new NowhereToKeep(`no folder can hold the program: ${tried.map(({ folder, why }) => `${folder}: ${why}`).join('; ')}`);
}

/** Thrown when there is no writable folder for the bundle. */
export class NowhereToKeep extends Error {}

const folderOf = ({ parent, name }) => path.join(parent, name);
const entryIn = (place) => path.join(folderOf(place), 'cli.mjs');

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

const LIST = 'files.json';

/** Returns whether all files are there as they were written, and no other user could have written them. */
function isWhole(place) {
  const folder = folderOf(place);
  try {
    for (const each of [place.parent, folder]) if (!isOwnFolder(each, place.isInPackage ? scripts : null)) return false;
    const list = JSON.parse(readFileSync(path.join(folder, LIST), 'utf8'));
    if (!Object.entries(list).every(([name, hash]) => sha256(readFileSync(path.join(folder, name))) === hash)) return false;
    markUsed(folder);
    return true;
  } catch {
    return false;
  }
}

/** Updates the date that decides which versions are kept, at most once an hour. */
function markUsed(folder) {
  if (Date.now() - statSync(folder).mtimeMs < 3_600_000) return;
  try {
    utimesSync(folder, new Date(), new Date());
  } catch {
    // It belongs to another user or is read-only.
  }
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Writes the bundle under a temporary name and renames it. Returns false when the place cannot be written. */
async function make(place, key) {
  const folder = folderOf(place);
  const passing = `${folder}.${process.pid}`;
  // The bundle in a package must be readable by others.
  const mode = place.isInPackage ? 0o755 : 0o700;
  try {
    mkdirSync(place.parent, { recursive: true, mode });
    rmSync(passing, { recursive: true, force: true });
    mkdirSync(passing, { mode });
  } catch (error) {
    if (isClosed(error)) return false;
    throw error;
  }
  try {
    await bundle(passing, { key, isInPackage: place.isInPackage });
    replace(passing, place);
  } catch (error) {
    // Another place may be writable and have room.
    if (isClosed(error) || error?.code === 'ENOSPC' || error?.code === 'EDQUOT') return false;
    throw error;
  } finally {
    rmSync(passing, { recursive: true, force: true });
  }
  forgetOld(place.parent);
  return true;
}

function replace(passing, place) {
  try {
    renameSync(passing, folderOf(place));
  } catch {
    if (isWhole(place)) return;
    // The existing folder is damaged, or was made by something else.
    rmSync(folderOf(place), { recursive: true, force: true });
    renameSync(passing, folderOf(place));
  }
}

async function bundle(folder, { key, isInPackage }) {
  // esbuild: one small binary from npm; bundles in half a second, with source maps.
  const esbuild = await import('esbuild');
  try {
    const { outputFiles } = await esbuild.build({
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
    const list = {};
    for (const { path: file, contents } of outputFiles) {
      writeFileSync(file, contents);
      if (file.endsWith('.mjs')) list[path.basename(file)] = sha256(contents);
    }
    writeFileSync(path.join(folder, LIST), JSON.stringify(list));
  } finally {
    await esbuild.stop();
  }
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

function forgetOld(parent) {
  try {
    const folders = readdirSync(parent).map((name) => ({
      folder: path.join(parent, name),
      time: statSync(path.join(parent, name)).mtimeMs,
    }));
    for (const { folder } of folders.sort((a, b) => b.time - a.time).slice(KEPT)) rmSync(folder, { recursive: true, force: true });
  } catch {
    // Another run is removing them, or they belong to another user. They only take up space; the new program works.
  }
}
