/** Starts the browser for the export: found in the order of DESIGN.md 8, tested by launching it, and cut off from the network. */
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import type { Browser, LaunchOptions } from 'playwright-chromium';
import { EXIT, ExpectedError } from '../../shared/errors.ts';
import { lowLimit } from '../../shared/limits.cjs';
import type { BrowserSource, Candidate } from './browser-candidates.ts';
import { type BrowserChoice, type Refused, requestBrowser } from './browser-request.ts';
import { embeddedEnvironment, embeddedVersion, mendEmbedded, unpackEmbedded } from './embedded-chromium.ts';
import { ensureHome, ensureTemporaryFolder } from './temporary-folder.ts';

export type { BrowserChoice } from './browser-request.ts';

export interface BrowserDescription {
  name: string;
  version: string;
  path: string;
  source: BrowserSource;
  /** False when Chromium's sandbox cannot run: as root, or without user namespaces. */
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
 * Starts the first browser that works. It can only connect to 127.0.0.1:`port`. Throws ExpectedError with exit code 3 when none works, or
 * when the requested one does not.
 */
export async function launchBrowser(choice: BrowserChoice, port: number): Promise<LaunchedBrowser> {
  const { candidates, unusable } = requestBrowser(choice);
  const refused: Refused[] = [];
  for (const candidate of candidates) {
    try {
      const started = await startBrowser(candidate, port, choice.env);
      return { browser: started.browser, chosen: describeBrowser(candidate, started), refused };
    } catch (error) {
      // For example a full disk, which is not the browser's fault.
      if (error instanceof ExpectedError) throw error;
      refused.push({ ...candidate, reason: reasonOf(error) });
    }
  }
  throw unusable(refused);
}

/**
 * Returns a text that identifies the browser in a manifest without starting it, and changes with every update. Throws as requestBrowser
 * does.
 */
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

interface StartedBrowser {
  browser: Browser;
  /** Whether web pages run in Chromium's sandbox. */
  sandbox: boolean;
  path: string;
}

/**
 * Starts a candidate that can only connect to the loopback `port`. Throws when it does not start; `reasonOf` returns the reason in one
 * line.
 */
async function startBrowser(candidate: Candidate, port: number, env: NodeJS.ProcessEnv): Promise<StartedBrowser> {
  try {
    return await start(candidate, port, env);
  } catch (error) {
    const low = lowLimit('browser');
    if (low !== null) throw new ExpectedError(low.reason, { exitCode: EXIT.noBrowser, hint: low.hint, cause: error });
    if (candidate.source !== 'embedded' || error instanceof ExpectedError || !(await mendEmbedded())) throw error;
    return start(candidate, port, env);
  }
}

async function start(candidate: Candidate, port: number, env: NodeJS.ProcessEnv): Promise<StartedBrowser> {
  await ensureHome();
  const temporary = await ensureTemporaryFolder();
  const { chromium } = loadPlaywright();
  const options = await launchOptions(candidate, port, { ...env, ...forTemporaryFiles(candidate, temporary) });
  const startWith = async (sandbox: boolean): Promise<StartedBrowser> => {
    const browser = await chromium.launch({ ...options, chromiumSandbox: sandbox });
    try {
      // A browser must be able to open a page.
      await (await browser.newContext()).close();
    } catch (error) {
      await browser.close();
      throw error;
    }
    return { browser, sandbox, path: options.executablePath ?? candidate.path };
  };
  if (process.getuid?.() === 0) return startWith(false);
  try {
    return await startWith(true);
  } catch (error) {
    // Without user namespaces, as in most containers, Chromium reports an error and exits.
    if (!/sandbox|namespace/i.test(String(error))) throw error;
    return startWith(false);
  }
}

/** Uses require: with import, Node scans the whole CommonJS module for the names of its exports, which takes 0.2 of 0.45 s of CPU time here. */
function loadPlaywright(): typeof import('playwright-chromium') {
  return createRequire(import.meta.url)('playwright-chromium');
}

/** Returns why a browser did not start, in one line. */
function reasonOf(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n').map((line) => line.trim());
  if (lines[0]?.includes('has been closed') && !lines.some((line) => line.includes('[err]'))) return 'it ends as soon as it is started';
  const telling = lines.find((line) => /error while loading|no such file|cannot open|\[err\]/i.test(line)) ?? lines[0] ?? '';
  return telling.replace(/^browserType\.\w+: /, '').replace(/^(?:- )?(?:\[pid=\d+\])?\[err\] /, '');
}

/** A Chromium from a snap has its own /tmp, which does not contain our folder. */
function forTemporaryFiles({ path: file }: Candidate, folder: string): NodeJS.ProcessEnv {
  return file.startsWith('/snap/') ? {} : { TMPDIR: folder };
}

async function launchOptions(candidate: Candidate, port: number, env: NodeJS.ProcessEnv): Promise<LaunchOptions> {
  const executable = candidate.source === 'embedded' ? await unpackEmbedded() : candidate.path;
  return {
    // Without a path Playwright uses its own browser, and prefers the headless build.
    ...(candidate.source === 'playwright' ? {} : { executablePath: executable }),
    args: browserArguments(port),
    env: { ...withoutUndefined(env), HOME: env.HOME ?? os.homedir(), ...embeddedEnvironment(executable) },
    timeout: 20_000,
    // The command line handles interrupts; Playwright would end the process by itself.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  };
}

/**
 * Returns the arguments that block all connections except to our own server. For TCP there are three independent barriers: a dead proxy
 * (routing has gaps, for example WebSockets in workers), a resolver that knows only one address and port, even for numeric addresses, and
 * the policy in our answers. Only WebRTC uses UDP, and it asks neither proxy nor resolver: it may use UDP only through a proxy, so not at
 * all. Pages also have no WebRTC (print.ts).
 */
function browserArguments(port: number): string[] {
  const own = `127.0.0.1:${port}`;
  return [
    '--proxy-server=http://127.0.0.1:9',
    `--proxy-bypass-list=<-loopback>;${own}`,
    // The first matching rule wins.
    `--host-resolver-rules=MAP ${own} ${own},MAP * ~NOTFOUND`,
    // The headless builds of Chromium only know the first name, all others only the second.
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--dns-prefetch-disable',
    '--disable-domain-reliability',
    '--no-pings',
    // Glyphs keep the widths of their outlines, so that lines break at the same places on every system.
    '--font-render-hinting=none',
  ];
}

function withoutUndefined(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
