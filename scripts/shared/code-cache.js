/**
 * CommonJS files run with the code that V8 compiled of them in an earlier run, functions that were called included: of a large file that is most of what
 * starting it costs (Playwright 0.22 s of CPU time without, 0.14 s with; the program 0.04 s less). Plain JavaScript, for Node runs it as it is.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';

/**
 * What a file exports, as `require` has it. It cannot `import()`, see import-module.cjs. The code is kept in `kept`, with hashes of the file and of itself, and made again when the file, Node or its
 * switches are other ones. Throws what the file throws.
 */
export function runCompiled(file, kept) {
  const require = createRequire(file);
  const known = require.cache[file];
  if (known !== undefined) return known.exports;
  const source = readFileSync(file, 'utf8');
  const before = readKept(kept, source);
  const script = new Script(Module.wrap(source), {
    filename: file,
    // Of the function that is put around it.
    columnOffset: -Module.wrap('').indexOf('\n'),
    ...(before === null ? {} : { cachedData: before.data }),
  });
  process.once('exit', () => {
    const isGood = before !== null && script.cachedDataRejected !== true;
    const isLong = process.uptime() > LONG;
    // A longer run has called more of it; once that is kept it is enough.
    if (!isGood || (isLong && !before.isLong)) keep(kept, source, script.createCachedData(), isLong);
  });
  const module = new Module(file);
  Object.assign(module, { filename: file, paths: Module._nodeModulePaths?.(path.dirname(file)) ?? [] });
  require.cache[file] = module;
  try {
    script.runInThisContext().call(module.exports, module.exports, require, module, file, path.dirname(file));
    module.loaded = true;
    return module.exports;
  } catch (error) {
    delete require.cache[file];
    throw error;
  }
}

/** Seconds. */
const LONG = 1;

const HASH = 32;
const hashOf = (bytes) => createHash('sha256').update(bytes).digest();

function readKept(kept, source) {
  try {
    const bytes = readFileSync(kept);
    const data = bytes.subarray(2 * HASH + 1);
    const isOf = bytes.subarray(0, HASH).equals(hashOf(source)) && bytes.subarray(HASH, 2 * HASH).equals(hashOf(data));
    return isOf ? { data, isLong: bytes[2 * HASH] === 1 } : null;
  } catch {
    // None was kept yet.
    return null;
  }
}

/** Where nothing can be kept, nothing is. */
function keep(kept, source, data, isLong) {
  const passing = `${kept}.${process.pid}`;
  try {
    mkdirSync(path.dirname(kept), { recursive: true, mode: 0o700 });
    writeFileSync(passing, Buffer.concat([hashOf(source), hashOf(data), Buffer.from([isLong ? 1 : 0]), data]));
    renameSync(passing, kept);
  } catch {
    rmSync(passing, { force: true });
  }
}
