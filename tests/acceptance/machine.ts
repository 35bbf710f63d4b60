/** What this machine has to try the program with: browsers, Nodes, users. What it lacks is skipped and said; CI must have all. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'vitest';
import { projectRoot } from '../../scripts/shared/paths.ts';
import { missing } from '../browsers.ts';
import { type NodeVersion, nodeFolder } from './nodes.ts';

/** The user nobody of Linux. */
export const NOBODY = 65_534;

/** Whether an ordinary user has to be played, because the tests run as root. */
export const someoneElse = (): boolean => process.getuid?.() === 0;

export interface Needs {
  browser?: 'embedded' | 'system' | undefined;
  node?: NodeVersion | undefined;
  user?: 'ordinary' | undefined;
  /** Programs that are to be on PATH. */
  programs?: readonly string[] | undefined;
}

/** Skips the test, or fails it in CI, when the machine lacks one of these, and says which. */
export function demand({ skip }: TestContext, { browser = 'embedded', node, user, programs = [] }: Needs): void {
  const lacks = [
    missing(browser, process.env),
    node !== undefined && nodeFolder(node) === null ? `Node ${node} (npx tsx tests/acceptance/fetch-nodes.ts)` : null,
    user === 'ordinary' && !canPlay() ? 'an ordinary user who may read this folder, and setpriv' : null,
    ...programs.map((name) => (spawnSync(name, ['--version']).error === undefined ? null : name)),
  ].filter((each) => each !== null);
  if (lacks.length === 0) return;
  if ((process.env.CI ?? '') !== '') throw new Error(`CI lacks ${lacks.join('; ')}`);
  skip(`this machine lacks: ${lacks.join('; ')}`);
}

function canPlay(): boolean {
  if (process.platform === 'win32') return false;
  if (!someoneElse()) return true;
  const read = spawnSync('setpriv', [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', process.execPath, '--version']);
  return read.status === 0 && existsSync(path.join(projectRoot, 'package.json'));
}
