/** Which browser exports: found in the order of DESIGN.md 8, proven by starting it, cut off from the network. */
import { statSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-chromium';
import { EXIT, ExpectedError } from '../shared/errors.ts';
import { type BrowserSource, browserName, type Candidate, systemBrowsers, thisSystem } from './browser-candidates.ts';
import { reasonOf, startBrowser } from './browser-process.ts';
import { embeddedVersion } from './embedded-chromium.ts';
import { playwrightChromium } from './playwright-chromium.ts';

export interface BrowserChoice {
  /** What `--browser` says. */
  explicit: string | null;
  env: NodeJS.ProcessEnv;
}

export interface BrowserDescription {
  name: string;
  version: string;
  path: string;
  source: BrowserSource;
  /** False where Chromium's sandbox cannot run: as root, or without user namespaces. */
  sandbox: boolean;
}

export interface BrowserReport {
  chosen: BrowserDescription;
  /** The candidates before the chosen one that did not start. */
  refused: (Candidate & { reason: string })[];
}

export type LaunchedBrowser = BrowserReport & { browser: Browser };

/** Starts and closes the browser that an export would use. Throws as launchBrowser does. */
export async function findBrowser(choice: BrowserChoice): Promise<BrowserReport> {
  const { browser, chosen, refused } = await launchBrowser(choice, 9);
  await browser.close();
  return { chosen, refused };
}

/**
 * Starts the first browser that works. It reaches 127.0.0.1:`port` and nothing else.
 * Throws ExpectedError with exit code 3 when none works, or when the one that was asked for does not.
 */
export async function launchBrowser(choice: BrowserChoice, port: number): Promise<LaunchedBrowser> {
  const asked = requestedBrowser(choice);
  const refused: BrowserReport['refused'] = [];
  for (const candidate of asked === null ? candidates(choice.env) : [asked]) {
    try {
      const started = await startBrowser(candidate, port, choice.env);
      return { browser: started.browser, chosen: describeBrowser(candidate, started), refused };
    } catch (error) {
      // A full disk, say: not the browser's fault.
      if (error instanceof ExpectedError) throw error;
      refused.push({ ...candidate, reason: reasonOf(error) });
    }
  }
  throw asked === null ? noBrowser(refused) : unusable(asked, refused[0]?.reason ?? 'it does not start');
}

/** What stands in for the browser's version in a manifest: known without starting it, another one after any update. */
export function identifyBrowser(choice: BrowserChoice): string {
  const first = requestedBrowser(choice) ?? candidates(choice.env)[0];
  if (first === undefined) throw noBrowser([]);
  if (first.source === 'embedded') return `embedded ${embeddedVersion()}`;
  const stats = statSync(first.path);
  return `${first.path} ${stats.size} ${Math.round(stats.mtimeMs)}`;
}

function describeBrowser(candidate: Candidate, started: { browser: Browser; path: string; sandbox: boolean }): BrowserDescription {
  const { source, name } = candidate;
  return { source, name, version: started.browser.version(), path: started.path, sandbox: started.sandbox };
}

/** The browser asked for by option or environment: never silently replaced, so a wrong path is an error. */
function requestedBrowser({ explicit, env }: BrowserChoice): Candidate | null {
  const source = explicit === null ? 'env' : 'option';
  const value = explicit ?? env.BRIEFDECK_BROWSER ?? '';
  if (source === 'env' && value === '') return null;
  const file = path.resolve(value);
  const candidate: Candidate = { source, name: browserName(file), path: file };
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) throw unusable(candidate, 'there is no such file');
  if (!stats.isFile()) throw unusable(candidate, 'it is not a file');
  return candidate;
}

function candidates(env: NodeJS.ProcessEnv): Candidate[] {
  const own = playwrightChromium(env);
  const version = embeddedVersion();
  const embedded: Candidate | null =
    version === null ? null : { source: 'embedded', name: 'Chromium', path: `@sparticuz/chromium ${version}` };
  return [own, ...systemBrowsers(thisSystem(env)), embedded].filter((candidate) => candidate !== null);
}

function unusable(candidate: Candidate, reason: string): ExpectedError {
  const asked = candidate.source === 'option' ? '--browser' : 'BRIEFDECK_BROWSER';
  return new ExpectedError(`the browser of ${asked} cannot be used: ${candidate.path}: ${reason}`, {
    exitCode: EXIT.noBrowser,
    hint: `give the path of a Chrome, Chromium or Edge executable, or leave ${asked} out`,
  });
}

function noBrowser(refused: readonly (Candidate & { reason: string })[]): ExpectedError {
  const tried = refused.map(({ name, path: file, reason }) => `${name} at ${file}: ${reason}`);
  return new ExpectedError(['there is no browser that works', ...tried].join('; '), {
    exitCode: EXIT.noBrowser,
    hint: 'run: npx playwright install chromium    or install Chrome and run: npm run briefdeck -- doctor',
  });
}
