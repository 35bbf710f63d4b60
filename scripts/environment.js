/**
 * Environment variables that the libraries of this program read by themselves. They can make a debugger wait, use a browser on another
 * machine, load another compiler or other libraries, or turn off the browser's sandbox. None of them is meant for a run of this program.
 */

/** Families of names, each with the library that reads it. */
const FOLLOWED = [
  // Playwright: PWDEBUG opens an inspector and waits, PW_CHROMIUM_ATTACH_TO_OTHER, PLAYWRIGHT_DISABLE_FORCED_CHROMIUM_PROXIED_LOOPBACK, PLAYWRIGHT_LEGACY_SCREENSHOT ...
  /^(?:PW_|PWDEBUG|PWTEST_|PWMCP_|PLAYWRIGHT_)/,
  // Playwright: a browser on another machine.
  /^SELENIUM_/,
  // Playwright's log, written to a file of that name.
  /^DEBUG_FILE$/,
  // esbuild: another executable, threads, buffers.
  /^ESBUILD_/,
  // Chromium and its start scripts: switches, the sandbox helper, profile folders.
  /^(?:CHROME_|CHROMIUM_)/,
  // Vite: variables with these prefixes become text of the page.
  /^(?:VITE_|__VITE_)/,
  // Rolldown and other native packages: load another library.
  /^(?:NAPI_RS_|ROLLDOWN_|ROLLUP_)/,
  // Vue and Vite: selects one of two builds of a package.
  /^NODE_ENV$/,
];

/** Where Playwright's own browser is, and which system it assumes: settings made when it was installed. */
const KEPT = ['PLAYWRIGHT_BROWSERS_PATH', 'PLAYWRIGHT_HOST_PLATFORM_OVERRIDE', 'PLAYWRIGHT_SKIP_VALIDATE_HOST_REQUIREMENTS'];

/** Playwright also reads variables that npm sets from .npmrc. */
const FROM_NPM = /^npm_(?:package_)?config_/i;

/**
 * Removes variables from an environment, such as `process.env`, that could change or block a run through a library. Call it before any
 * library is imported, because libraries read the environment then. Returns the removed names.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]}
 */
export function clearEnvironment(env) {
  const removed = Object.keys(env).filter(isFollowed);
  for (const name of removed) delete env[name];
  return removed;
}

/** Names are compared in upper case: Windows ignores the case, and npm writes lower case. */
function isFollowed(name) {
  const plain = name.replace(FROM_NPM, '').toUpperCase();
  return FOLLOWED.some((family) => family.test(plain)) && !KEPT.includes(plain);
}
