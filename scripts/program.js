/**
 * The program as one JavaScript file, and one for each of its threads, so that it starts at once: our TypeScript and the small packages that every command needs, bundled
 * (CPU time on two cores: `--help` 0.10 s against 0.26 s through tsx; `check` of the content that ships, read anew, 1.2 s against 1.9 s). They lie
 * below node_modules/.cache/briefdeck/program, can be deleted at any time, and are made again whenever a source file, an installed package,
 * Node or the place of the project is another one.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const scripts = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(scripts);
const cache = path.join(root, 'node_modules', '.cache', 'briefdeck', 'program');

/** Packages that are only JavaScript and look for no file beside themselves. All others are imported as they are installed. */
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

/** So many versions are kept, the last used ones: a run that started before an edit still finds its files. */
const KEPT = 8;

/** Path of the program's file, bundled; null where that cannot be: then there is tsx. */
export async function bundledProgram() {
  const key = keyOf(sourcesIn(scripts));
  const folder = path.join(cache, key);
  if (isWhole(folder)) return entryIn(folder);
  const passing = `${folder}.${process.pid}`;
  try {
    mkdirSync(passing, { recursive: true });
    await bundle(passing, key);
    try {
      renameSync(passing, folder);
    } catch {
      // Another run was first, or what stands there is broken.
      if (!isWhole(folder)) {
        rmSync(folder, { recursive: true, force: true });
        renameSync(passing, folder);
      }
    }
    forgetOld();
    return entryIn(folder);
  } catch {
    // No room, no right to write, a source file that does not parse: tsx runs, or says what is wrong.
    return null;
  } finally {
    discard(passing);
  }
}

function discard(folder) {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // It never came into being, or the next run removes it.
  }
}

const entryIn = (folder) => path.join(folder, 'cli.cjs');

function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|js|cjs)$/.test(name))
    .sort();
}

/** Read and hashed at every start (250 files, 8 ms): dates can lie. */
function keyOf(sources) {
  const hash = createHash('sha256').update(JSON.stringify([process.version, root, sources]));
  for (const name of sources) hash.update(readFileSync(path.join(scripts, name))).update('\0');
  for (const name of ['node_modules/.package-lock.json', 'package-lock.json', 'package.json']) hash.update(textIfThere(name)).update('\0');
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

/** Whether all files are there as they were written. */
function isWhole(folder) {
  try {
    const list = JSON.parse(readFileSync(path.join(folder, LIST), 'utf8'));
    if (!Object.entries(list).every(([name, hash]) => sha256(readFileSync(path.join(folder, name))) === hash)) return false;
    if (Date.now() - statSync(folder).mtimeMs > 3_600_000) utimesSync(folder, new Date(), new Date());
    return true;
  } catch {
    return false;
  }
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

async function bundle(folder, key) {
  // esbuild: comes with tsx, compiles as tsx does, has source maps.
  const esbuild = await import('esbuild');
  try {
    const { outputFiles } = await esbuild.build({
      entryPoints: {
        cli: path.join(scripts, 'cli.ts'),
        'deck-worker': path.join(scripts, 'commands', 'deck-worker.ts'),
        'finish-worker': path.join(scripts, 'export', 'finish-worker.ts'),
        'compile-worker': path.join(scripts, 'export', 'shell', 'compile-worker.ts'),
      },
      outdir: folder,
      bundle: true,
      write: false,
      // As `require` loads it: of ECMAScript modules Node keeps no compiled code.
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
      platform: 'node',
      target: 'node20',
      // What is shorter is read sooner (0.02 s of each start); traces come from the source maps.
      minify: true,
      legalComments: 'none',
      sourcemap: 'linked',
      sourcesContent: false,
      logLevel: 'silent',
      tsconfigRaw: {},
      // Files that scripts look for beside themselves stay where they are.
      define: {
        'import.meta.url': 'ownUrl',
        'import.meta.dirname': 'ownFolder',
        BUNDLED_PROGRAM: JSON.stringify(key),
        BUNDLED_FOLDER: JSON.stringify(path.join(cache, key)),
      },
      plugins: [{ name: 'program', setup }],
    });
    const list = {};
    for (const { path: file, contents } of outputFiles) {
      writeFileSync(file, contents);
      if (file.endsWith('.cjs')) list[path.basename(file)] = sha256(contents);
    }
    writeFileSync(path.join(folder, LIST), JSON.stringify(list));
  } finally {
    await esbuild.stop();
  }
}

function setup(build) {
  // It stays a file of its own.
  build.onResolve({ filter: /import-module\.cjs$/ }, () => ({ path: path.join(scripts, 'shared', 'import-module.cjs'), external: true }));
  build.onResolve({ filter: /^[^./]/ }, ({ path: name, importer, kind }) => {
    if (kind === 'entry-point' || importer.includes(`${path.sep}node_modules${path.sep}`)) return null;
    const isBundled = BUNDLED.some((each) => name === each || name.startsWith(`${each}/`));
    return isBundled ? null : { path: name, external: true };
  });
  // gray-matter loads it, and the parser of JavaScript with it (a tenth of a start), although content/ reads YAML itself.
  build.onResolve({ filter: /^js-yaml$/ }, () => ({ path: 'js-yaml', namespace: 'unused' }));
  const unused =
    "const unused = () => { throw new Error('js-yaml is not here'); };\nmodule.exports = { safeLoad: unused, safeDump: unused };";
  build.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: unused, loader: 'js' }));
  build.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
    const source = readFileSync(file, 'utf8');
    const own = `const ownUrl = ${JSON.stringify(pathToFileURL(file).href)}, ownFolder = ${JSON.stringify(path.dirname(file))};`;
    return { contents: source.includes('import.meta') ? `${own} ${source}` : source, loader: 'ts' };
  });
}

function forgetOld() {
  const folders = readdirSync(cache).map((name) => ({ folder: path.join(cache, name), time: statSync(path.join(cache, name)).mtimeMs }));
  for (const { folder } of folders.sort((a, b) => b.time - a.time).slice(KEPT)) rmSync(folder, { recursive: true, force: true });
}
