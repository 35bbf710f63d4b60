/**
 * Environment variables that the libraries below this program follow by themselves. A debugger that waits, a browser on another machine, another compiler's
 * executable or libraries, switches for the browser that undo its confinement: none of them was meant for a run of this program.
 */

/** Families of names, each with who follows them. */
const FOLLOWED = [
  // Playwright: PWDEBUG opens an inspector and waits, PW_CHROMIUM_ATTACH_TO_OTHER, PLAYWRIGHT_DISABLE_FORCED_CHROMIUM_PROXIED_LOOPBACK, PLAYWRIGHT_LEGACY_SCREENSHOT ...
  /^(?:PW_|PWDEBUG|PWTEST_|PWMCP_|PLAYWRIGHT_)/,
  // Playwright: a browser on another machine.
  /^SELENIUM_/,
  // Playwright's log, written to a file of that name.
  /^DEBUG_FILE$/,
  // esbuild: another executable in its place, threads, buffers.
  /^ESBUILD_/,
  // Chromium and the scripts that start it: switches, the sandbox's helper, folders of profiles.
  /^(?:CHROME_|CHROMIUM_)/,
  // Vite: what begins so becomes text of the page.
  /^(?:VITE_|__VITE_)/,
  // Rolldown and other native packages: another library in their place.
  /^(?:NAPI_RS_|ROLLDOWN_|ROLLUP_)/,
  // Vue and Vite: which of two builds of a package is taken.
  /^NODE_ENV$/,
];

/** Where Playwright's own browser is, and which systems it takes this one for: settings of those who installed it. */
const KEPT = ['PLAYWRIGHT_BROWSERS_PATH', 'PLAYWRIGHT_HOST_PLATFORM_OVERRIDE', 'PLAYWRIGHT_SKIP_VALIDATE_HOST_REQUIREMENTS'];

/** Playwright also follows what npm makes of a line of .npmrc. */
const FROM_NPM = /^npm_(?:package_)?config_/i;

/**
 * Removes from an environment, such as `process.env`, what would change or hang a run by way of a library. To be called before any of them is imported, for they
 * look when they are. Returns the names that it removed.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]}
 */
export function clearEnvironment(env) {
  const removed = Object.keys(env).filter(isFollowed);
  for (const name of removed) delete env[name];
  return removed;
}

/** Windows does not tell small letters from large ones, and npm writes small ones. */
function isFollowed(name) {
  const plain = name.replace(FROM_NPM, '').toUpperCase();
  return FOLLOWED.some((family) => family.test(plain)) && !KEPT.includes(plain);
}
