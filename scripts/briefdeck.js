#!/usr/bin/env node
// Node 20 does not run TypeScript: program.js bundles our sources as ES modules, and this file imports the bundle.
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import module from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { clearEnvironment } from './environment.js';
import { loadProgram, NoBundler, NowhereToKeep } from './program.js';
import { Cache } from './shared/cache/cache.js';
import { findCacheRoot } from './shared/cache/cache-root.js';
import limits from './shared/limits.cjs';

try {
  limits.keepOwnRights();
  clearEnvironment(process.env);
  ensureTemporaryFolder();
  const { entry, key } = await loadProgram();
  keepCompiledCode(key);
  await import(pathToFileURL(entry).href);
} catch (error) {
  const [reason, hint] = explain(error);
  process.stderr.write(`Briefdeck cannot start: ${reason}\n  ${hint}\n`);
  process.exitCode = 1;
}

/** Returns the reason and a hint. Throws the error again when the machine is not the cause. */
function explain(error) {
  if (error instanceof NowhereToKeep) return [error.message, 'make one of these folders writable, or set TMPDIR to a folder of your own'];
  if (error instanceof NoBundler) return [error.message, 'install the packages again, on this machine: npm ci'];
  const reason = { EMFILE: 'too many files are open', ENFILE: 'too many files are open', ENOSPC: 'the disk is full' }[error?.code];
  if (reason === undefined) throw error;
  return [reason, error.message];
}

/** Playwright and Chromium both need a temporary folder, and fail with unclear messages without one. */
function ensureTemporaryFolder() {
  if (isWritableFolder(os.tmpdir())) return;
  const { folder } = findCacheRoot();
  // The code that needs the folder reports that it is missing.
  if (folder === null) return;
  const own = path.join(folder, 'tmp');
  mkdirSync(own, { recursive: true, mode: 0o700 });
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = own;
}

function isWritableFolder(folder) {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}

/** Lets Node 22.1 and newer cache compiled code in a folder of our own. In Node's default folder another user could have placed code. */
function keepCompiledCode(key) {
  const { folder } = findCacheRoot();
  if (folder === null || module.enableCompileCache === undefined || process.env.NODE_DISABLE_COMPILE_CACHE !== undefined) return;
  const own = new Cache(path.join(folder, 'compiled'), 1).use(key);
  if (own !== null) module.enableCompileCache(own);
}
