#!/usr/bin/env node
// The package's bin: Node 20 does not run TypeScript by itself; program.js bundles it, and where that cannot be, tsx runs it.
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { bundledProgram } from './program.js';
import { runCompiled } from './shared/code-cache.js';

// By default functions are optimised after an eighth of this: in a run of two seconds a third of its processor time, beside the browser's (four decks only
// printed: 2.9 s instead of 3.1). Later engines count otherwise, and complain of a switch that they do not know.
if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=540000');

try {
  ensureTemporaryFolder();
  const program = await bundledProgram();
  if (program === null) {
    const { register } = await import('tsx/esm/api');
    register();
    await import('./cli.ts');
  } else {
    // Each command calls other parts of it.
    const command = /^[a-z]+$/.exec(process.argv[2] ?? '')?.[0] ?? 'other';
    runCompiled(program, `${program}.${command}.code`);
  }
} catch (error) {
  const reason = { EMFILE: 'too many files are open', ENFILE: 'too many files are open', ENOSPC: 'the disk is full' }[error?.code];
  if (reason === undefined) throw error;
  process.stderr.write(`Briefdeck cannot start: ${reason}\n  ${error.message}\n`);
  process.exitCode = 1;
}

/** tsx, Playwright and Chromium all want one, and end in words of their own where there is none. */
function ensureTemporaryFolder() {
  if (isWritableFolder(os.tmpdir())) return;
  const own = fileURLToPath(new URL('../node_modules/.cache/briefdeck/tmp', import.meta.url));
  try {
    mkdirSync(own, { recursive: true, mode: 0o700 });
  } catch {
    // Told by whoever needs it.
    return;
  }
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = own;
}

function isWritableFolder(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}
