/** What this machine has to try the program with: browsers, Nodes, users. What it lacks is skipped and said; CI must have all. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'vitest';
import { systemBrowsers, thisSystem } from '../../scripts/export/browser/browser-candidates.ts';
import { missing } from '../browsers.ts';
import { type NodeVersion, nodeFolder } from './nodes.ts';

/** The user nobody of Linux. */
const NOBODY = 65_534;

/** Whether the ordinary user is another one than who runs the tests, who is root. */
const someoneElse = (): boolean => process.getuid?.() === 0;

/** What stands before a line so that it finds no browser of the system: nothing lies at their places, as far as it can see. Root only. */
export function withoutBrowsers(line: string): string {
  const places = [...new Set(systemBrowsers(thisSystem(process.env)).map(({ path: file }) => `'${realpathSync(file)}'`))];
  const hide = places.map((file) => `mount --bind /dev/null ${file}`);
  return `unshare --mount sh -c "${[...hide, line].join(' && ')}"`;
}

export interface Needs {
  browser?: 'embedded' | 'system' | undefined;
  node?: NodeVersion | undefined;
  user?: 'ordinary' | undefined;
  /** Rights to give a process a file system of its own. */
  mount?: true | undefined;
  /** Programs that are to be on PATH. */
  programs?: readonly string[] | undefined;
}

/** Skips the test, or fails it in CI, when the machine lacks one of these, and says which. */
export function demand({ skip }: TestContext, { browser = 'embedded', node, user, mount, programs = [] }: Needs): void {
  const lacks = [
    missing(browser, process.env),
    node !== undefined && nodeFolder(node) === null ? `Node ${node} (npx tsx tests/acceptance/fetch-nodes.ts)` : null,
    user === 'ordinary' && !canPlay() ? 'setpriv, or an ordinary user who may start this Node' : null,
    mount && spawnSync('unshare', ['--mount', 'true']).status !== 0 ? 'root, or the right to mount' : null,
    ...programs.map((name) => (spawnSync(name, ['--version']).error === undefined ? null : name)),
  ].filter((each) => each !== null);
  if (lacks.length === 0) return;
  if ((process.env.CI ?? '') !== '') throw new Error(`CI lacks ${lacks.join('; ')}`);
  skip(`this machine lacks: ${lacks.join('; ')}`);
}

/** What stands before a command that the ordinary user is to run. */
export const asOrdinary = (): string[] => (someoneElse() ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] : []);

function canPlay(): boolean {
  if (process.platform === 'win32') return false;
  if (!someoneElse()) return true;
  const [command = '', ...args] = asOrdinary();
  return spawnSync(command, [...args, process.execPath, '--version']).status === 0;
}

/** Gives a folder to the ordinary user: all that is in it, but installed files, of which others have hard links. Packages can be kept from being written. */
export function giveToOrdinary(folder: string, { packages }: { packages: 'own' | 'read-only' } = { packages: 'own' }): void {
  const visit = (each: string, isPackage: boolean): void => {
    const isClosed = isPackage && packages === 'read-only';
    if (someoneElse() && !isClosed) chownSync(each, NOBODY, NOBODY);
    if (!someoneElse() && isClosed) chmodSync(each, 0o555);
    for (const entry of readdirSync(each, { withFileTypes: true })) {
      const file = path.join(each, entry.name);
      if (entry.isDirectory()) visit(file, isPackage || entry.name === 'node_modules');
      else if (entry.isFile() && someoneElse() && !isPackage) chownSync(file, NOBODY, NOBODY);
    }
  };
  visit(folder, false);
}
