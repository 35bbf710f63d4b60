import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { clearEnvironment } from '../scripts/environment.js';
import { findBrowser } from '../scripts/export/browser/browser.ts';
import { embeddedEnvironment } from '../scripts/export/browser/embedded-chromium.ts';
import { projectRoot } from '../scripts/shared/paths.ts';

const hostile = {
  PWDEBUG: '1',
  SELENIUM_REMOTE_URL: 'http://127.0.0.1:9/wd/hub',
  PLAYWRIGHT_DISABLE_FORCED_CHROMIUM_PROXIED_LOOPBACK: '1',
  npm_config_pwdebug: 'console',
  ESBUILD_BINARY_PATH: '/bin/false',
  NAPI_RS_NATIVE_LIBRARY_PATH: '/nowhere/other.node',
  CHROME_DEVEL_SANDBOX: '/nowhere/sandbox',
  CHROMIUM_FLAGS: '--no-proxy-server',
  VITE_SECRET: 'shown in the page',
  NODE_ENV: 'production',
};
const ordinary = {
  PATH: '/usr/bin',
  PWD: '/home/me',
  HOME: '/home/me',
  DEBUG: 'pw:browser',
  NODE_OPTIONS: '--max-old-space-size=4096',
  CHOKIDAR_USEPOLLING: '1',
  BRIEFDECK_BROWSER: 'embedded',
  PLAYWRIGHT_BROWSERS_PATH: '/opt/browsers',
  npm_config_playwright_browsers_path: '/opt/browsers',
};

it('removes what the libraries follow, and leaves what people set', () => {
  const env = { ...ordinary, ...hostile };
  expect(clearEnvironment(env).sort()).toEqual(Object.keys(hostile).sort());
  expect(env).toEqual(ordinary);
  expect(clearEnvironment(env)).toEqual([]);
});

/** Read by Playwright for its commands, its installer and its reports, or where a system keeps its files. */
const HARMLESS = [
  ...['APPDATA', 'HOME', 'HOMEDRIVE', 'LOCALAPPDATA', 'OSTYPE', 'PATH', 'PATHEXT', 'PROGRAMFILES', 'SystemRoot', 'USER', 'USERNAME'],
  ...['XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_RUNTIME_DIR', 'LD_LIBRARY_PATH', 'DISPLAY', 'INIT_CWD', 'comspec', 'TERM_PROGRAM'],
  ...['CI', 'GITHUB_ACTION', 'GITHUB_ACTIONS', 'FORCE_COLOR', 'DEBUG', 'NODE_DEBUG', 'CHOKIDAR_INTERVAL', 'CHOKIDAR_USEPOLLING'],
  ...['DOTENV_CONFIG_DEBUG', 'DOTENV_CONFIG_QUIET', 'DOTENV_KEY', 'MAX_LOG_LENGTH', 'LOG_STREAM', 'LOG_TOKENS'],
  ...['GRACEFUL_FS_PLATFORM', 'TEST_GRACEFUL_FS_GLOBAL_PATCH', 'TEST_INSPECTOR_LANGUAGE', 'WK_DISABLE_FRAME_SESSIONS'],
  ...['WS_NO_BUFFER_UTIL', 'WS_NO_UTF_8_VALIDATE', '__MINIMATCH_TESTING_PLATFORM__'],
  // Names of coding assistants, of which its command line takes note.
  ...['CLAUDECODE', 'COPILOT_CLI'],
  ...['npm_config_loglevel', 'npm_config_user_agent'],
  ...['PLAYWRIGHT_BROWSERS_PATH', 'PLAYWRIGHT_HOST_PLATFORM_OVERRIDE', 'PLAYWRIGHT_SKIP_VALIDATE_HOST_REQUIREMENTS'],
];

it.each(['playwright-core/lib/coreBundle.js', 'playwright-core/lib/utilsBundle.js', 'esbuild/lib/main.js'])(
  'knows every variable that %s reads',
  (file) => {
    const source = readFileSync(path.join(projectRoot, 'node_modules', file), 'utf8');
    const read = /process\.env(?:\.|\[["'])([A-Za-z_]\w*)|\b(?:getFromENV|getAsBooleanFromENV)\("(\w+)"/g;
    const names = new Set([...source.matchAll(read)].map(([, one, other]) => one ?? other ?? ''));
    expect(names.size).toBeGreaterThan(1);
    const env = Object.fromEntries([...names].map((name) => [name, '1']));
    clearEnvironment(env);
    expect(Object.keys(env).filter((name) => !HARMLESS.includes(name))).toEqual([]);
  },
);

it('a run with all of them set starts its own browser and its own compiler', async () => {
  const { chosen } = await findBrowser({ explicit: null, env: process.env });
  const program = `
    import { clearEnvironment } from './scripts/environment.js';
    clearEnvironment(process.env);
    const { chromium } = await import('playwright-chromium');
    const { transform } = await import('esbuild');
    const browser = await chromium.launch({ executablePath: process.argv[1], chromiumSandbox: false, timeout: 60_000 });
    const page = await browser.newPage();
    const pdf = await page.pdf();
    await browser.close();
    console.log(pdf.length > 100, browser.version(), (await transform('let a: number = 1', { loader: 'ts' })).code.trim());`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program, '--', chosen.path], {
    cwd: projectRoot,
    env: { ...process.env, ...embeddedEnvironment(chosen.path), ...hostile },
  });
  expect(stdout.trim()).toBe(`true ${chosen.version} let a = 1;`);
});
