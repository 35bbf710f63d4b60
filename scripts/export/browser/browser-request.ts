/** Returns which browsers a run may use, in which order, and the error when none of them works. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EXIT, ExpectedError } from '../../shared/errors.ts';
import { requirePackage } from '../../shared/packages.ts';
import {
  type BrowserSource,
  browserName,
  type Candidate,
  type System,
  standardFolders,
  systemBrowsers,
  thisSystem,
} from './browser-candidates.ts';
import { embeddedVersion } from './embedded-chromium.ts';

export interface BrowserChoice {
  /** The value of `--browser`: a path, `embedded` or `system`. */
  explicit: string | null;
  env: NodeJS.ProcessEnv;
}

export interface BrowserRequest {
  /** Never empty. */
  candidates: Candidate[];
  /** Returns the error for the case that no candidate works. */
  unusable: (refused: readonly Refused[]) => ExpectedError;
}

/** A candidate that did not start. */
export type Refused = Candidate & { reason: string };

/**
 * Returns only the browser that option or environment name, else all browsers present, in the order of DESIGN.md 8. Throws ExpectedError
 * with exit code 3 when there is none.
 */
export function requestBrowser({ explicit, env }: BrowserChoice, system: System = thisSystem(env)): BrowserRequest {
  const value = explicit ?? env.BRIEFDECK_BROWSER ?? '';
  if (explicit === null && value === '') return anyBrowser(system);
  const asked = { value, words: explicit === null ? `BRIEFDECK_BROWSER=${value}` : `--browser ${value}` };
  if (value === 'embedded') return embeddedOnly(asked);
  return value === 'system' ? systemOnly(asked, system) : byPath(asked, explicit === null ? 'env' : 'option');
}

/** Returns all browsers present, in the order in which they are tried by default. */
export function presentBrowsers(system: System): Candidate[] {
  const own = playwrightChromium(system.env);
  return [...(own === null ? [] : [own]), ...systemBrowsers(system), ...embedded()];
}

interface Asked {
  value: string;
  /** Option or variable with its value, as the user would write it. */
  words: string;
}

function anyBrowser(system: System): BrowserRequest {
  const unusable = (refused: readonly Refused[]) =>
    failure(['there is no browser that works', ...refused.map(describe)].join('; '), INSTALL);
  const candidates = presentBrowsers(system);
  if (candidates.length === 0) throw unusable([]);
  return { candidates, unusable };
}

function embeddedOnly({ words }: Asked): BrowserRequest {
  const candidates = embedded();
  if (candidates.length > 0) return { candidates, unusable: (refused) => failure(`${words}: ${listed(refused)}`, ANOTHER) };
  const { platform, arch } = process;
  if (platform !== 'linux' || arch !== 'x64')
    throw failure(`${words}: the embedded browser is made for Linux on x64 only, and this is ${platform} on ${arch}`, ANOTHER);
  throw failure(`${words}: the package @sparticuz/chromium is not installed`, 'run npm ci');
}

function systemOnly({ words }: Asked, system: System): BrowserRequest {
  const candidates = systemBrowsers(system);
  if (candidates.length > 0) return { candidates, unusable: (refused) => failure(`${words}: ${listed(refused)}`, ANOTHER) };
  const places = standardFolders(system).join(', ');
  throw failure(`${words}: there is no Chrome, Chromium or Edge in ${places} or on PATH`, ANOTHER);
}

function byPath({ value, words }: Asked, source: BrowserSource): BrowserRequest {
  const file = path.resolve(value);
  const candidate: Candidate = { source, name: browserName(file), path: file };
  const option = words.replace(/[ =].*$/s, '');
  const unusable = (refused: readonly { reason: string }[]) =>
    failure(
      `the browser of ${option} cannot be used: ${file}: ${refused[0]?.reason ?? 'it does not start'}`,
      `give the path of a Chrome, Chromium or Edge executable, embedded or system, or leave ${option} out`,
    );
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) throw unusable([{ reason: 'there is no such file' }]);
  if (!stats.isFile()) throw unusable([{ reason: 'it is not a file' }]);
  return { candidates: [candidate], unusable };
}

function embedded(): Candidate[] {
  const version = embeddedVersion();
  return version === null ? [] : [{ source: 'embedded', name: 'Chromium', path: `@sparticuz/chromium ${version}` }];
}

const describe = ({ name, path: file, reason }: Refused) => `${name} at ${file}: ${reason}`;
const listed = (refused: readonly Refused[]) => refused.map(describe).join('; ');
const failure = (message: string, hint: string) => new ExpectedError(message, { exitCode: EXIT.noBrowser, hint });

const INSTALL = 'run: npx playwright install chromium    or install Chrome and run: npm run briefdeck -- doctor';
const ANOTHER = 'install Chrome, Chromium or Edge, or choose another browser; this shows which are there: npm run briefdeck -- doctor';

/**
 * Returns the Chromium that `npx playwright install chromium` installs, if it is present in the revision for this Playwright. Only looks at
 * the disk: importing Playwright takes 0.4 s.
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
  // The second variable is set by npm from .npmrc. Playwright reads both.
  const chosen = env.PLAYWRIGHT_BROWSERS_PATH ?? env.npm_config_playwright_browsers_path;
  if (chosen === '0') return path.join(core, '.local-browsers');
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen);
  const home = env.HOME ?? env.USERPROFILE ?? os.tmpdir();
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Caches', 'ms-playwright');
  if (process.platform === 'win32') return path.join(env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'ms-playwright');
  return path.join(env.XDG_CACHE_HOME ?? path.join(home, '.cache'), 'ms-playwright');
}
