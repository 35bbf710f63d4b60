/** The browsers with which tests run: the embedded one, the same everywhere, and the one that the system has, which is what most people use. */
import { systemBrowsers, thisSystem } from '../scripts/export/browser/browser-candidates.ts';
import { embeddedVersion } from '../scripts/export/browser/embedded-chromium.ts';

const BROWSERS = ['embedded', 'system'] as const;
export type TestBrowser = (typeof BROWSERS)[number];

/** What `BRIEFDECK_BROWSER` is in `npm test`: what it says already, else the embedded browser, or any where there is none. */
export function pinnedBrowser({ BRIEFDECK_BROWSER: asked = '' }: NodeJS.ProcessEnv): string {
  return asked !== '' || embeddedVersion() === null ? asked : 'embedded';
}

/** Those that this machine has; says which it lacks. Throws where CI is to run all tests and cannot. */
export function browsersHere(env: NodeJS.ProcessEnv): TestBrowser[] {
  return BROWSERS.filter((browser) => {
    const reason = missing(browser, env);
    if (reason !== null) process.stderr.write(`Nothing is tested with the ${browser} browser: ${reason}\n`);
    return reason === null;
  });
}

/** Why there are no tests with a browser on this machine; null when there are. Throws where CI is to run them all and cannot. */
export function missing(browser: TestBrowser, env: NodeJS.ProcessEnv): string | null {
  const isThere = browser === 'embedded' ? embeddedVersion() !== null : systemBrowsers(thisSystem(env)).length > 0;
  if (isThere) return null;
  const what = browser === 'embedded' ? 'the embedded browser is made for Linux on x64' : 'the system has no Chrome, Chromium or Edge';
  if (browser === 'system' && (env.CI ?? '') !== '') throw new Error(`${what}: CI needs one, such as Debian's package chromium`);
  return what;
}
