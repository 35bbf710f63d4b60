/** Which browser exports: found in the order of DESIGN.md 8, proven by starting it, cut off from the network. */
import { statSync } from 'node:fs';
import type { Browser } from 'playwright-chromium';
import { ExpectedError } from '../../shared/errors.ts';
import type { BrowserSource, Candidate } from './browser-candidates.ts';
import { reasonOf, startBrowser } from './browser-process.ts';
import { type BrowserChoice, type Refused, requestBrowser } from './browser-request.ts';
import { embeddedVersion } from './embedded-chromium.ts';

export type { BrowserChoice } from './browser-request.ts';

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
  refused: Refused[];
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
  const { candidates, unusable } = requestBrowser(choice);
  const refused: Refused[] = [];
  for (const candidate of candidates) {
    try {
      const started = await startBrowser(candidate, port, choice.env);
      return { browser: started.browser, chosen: describeBrowser(candidate, started), refused };
    } catch (error) {
      // A full disk, say: not the browser's fault.
      if (error instanceof ExpectedError) throw error;
      refused.push({ ...candidate, reason: reasonOf(error) });
    }
  }
  throw unusable(refused);
}

/** What stands in for the browser's version in a manifest: known without starting it, another one after any update. Throws as requestBrowser does. */
export function identifyBrowser(choice: BrowserChoice): string {
  const { candidates, unusable } = requestBrowser(choice);
  const [first] = candidates;
  if (first === undefined) throw unusable([]);
  if (first.source === 'embedded') return `embedded ${embeddedVersion()}`;
  const stats = statSync(first.path);
  return `${first.path} ${stats.size} ${Math.round(stats.mtimeMs)}`;
}

function describeBrowser(candidate: Candidate, started: { browser: Browser; path: string; sandbox: boolean }): BrowserDescription {
  const { source, name } = candidate;
  return { source, name, version: started.browser.version(), path: started.path, sandbox: started.sandbox };
}
