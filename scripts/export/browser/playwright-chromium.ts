import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { requirePackage } from '../../shared/packages.ts';
import type { Candidate } from './browser-candidates.ts';

/**
 * The Chromium that `npx playwright install chromium` puts on a machine, when it is there in the revision that this
 * Playwright wants. Looks at the disk only: asking Playwright itself costs its import, 0.4 s.
 */
export function playwrightChromium(env: NodeJS.ProcessEnv): Candidate | null {
  const core = requirePackage('playwright-core');
  const registry = registryFolder(core, env);
  const revision = chromiumRevision(path.join(core, 'browsers.json'));
  if (registry === null || revision === null) return null;
  const folder = [`chromium_headless_shell-${revision}`, `chromium-${revision}`]
    .map((name) => path.join(registry, name))
    .find((candidate) => existsSync(path.join(candidate, 'INSTALLATION_COMPLETE')));
  return folder === undefined ? null : { source: 'playwright', name: 'Chromium', path: folder };
}

function chromiumRevision(file: string): string | null {
  const list: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof list !== 'object' || list === null || !('browsers' in list) || !Array.isArray(list.browsers)) return null;
  const entries: { name?: unknown; revision?: unknown }[] = list.browsers;
  const entry = entries.find(({ name }) => name === 'chromium');
  return entry === undefined ? null : String(entry.revision);
}

function registryFolder(core: string, env: NodeJS.ProcessEnv): string | null {
  // The second is what npm makes of a line of .npmrc; Playwright reads both.
  const chosen = env.PLAYWRIGHT_BROWSERS_PATH ?? env.npm_config_playwright_browsers_path;
  if (chosen === '0') return path.join(core, '.local-browsers');
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen);
  const home = env.HOME ?? env.USERPROFILE ?? os.tmpdir();
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Caches', 'ms-playwright');
  if (process.platform === 'win32') return path.join(env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'ms-playwright');
  return path.join(env.XDG_CACHE_HOME ?? path.join(home, '.cache'), 'ms-playwright');
}
