/** Which browsers will do for a run, in which order, and what is said when none of them does. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { EXIT, ExpectedError } from '../../shared/errors.ts';
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
import { playwrightChromium } from './playwright-chromium.ts';

export interface BrowserChoice {
  /** What `--browser` says: a path, `embedded` or `system`. */
  explicit: string | null;
  env: NodeJS.ProcessEnv;
}

export interface BrowserRequest {
  /** Never empty. */
  candidates: Candidate[];
  /** What is to be said when none of the candidates works. */
  unusable: (refused: readonly Refused[]) => ExpectedError;
}

/** A candidate that did not start. */
export type Refused = Candidate & { reason: string };

/**
 * What option or environment ask for, and nothing in its place; else every browser that is there, in the order of DESIGN.md 8. Throws ExpectedError with
 * exit code 3 when there is none.
 */
export function requestBrowser({ explicit, env }: BrowserChoice, system: System = thisSystem(env)): BrowserRequest {
  const value = explicit ?? env.BRIEFDECK_BROWSER ?? '';
  if (explicit === null && value === '') return anyBrowser(system);
  const asked = { value, words: explicit === null ? `BRIEFDECK_BROWSER=${value}` : `--browser ${value}` };
  if (value === 'embedded') return embeddedOnly(asked);
  return value === 'system' ? systemOnly(asked, system) : byPath(asked, explicit === null ? 'env' : 'option');
}

/** Every browser that is there, in the order in which they are tried when none is asked for. */
export function presentBrowsers(system: System): Candidate[] {
  const own = playwrightChromium(system.env);
  return [...(own === null ? [] : [own]), ...systemBrowsers(system), ...embedded()];
}

interface Asked {
  value: string;
  /** As the user would write it. */
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
