import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser, identifyBrowser } from '../../scripts/export/browser/browser.ts';
import { browserName, type System, systemBrowsers, thisSystem } from '../../scripts/export/browser/browser-candidates.ts';
import { playwrightChromium, requestBrowser } from '../../scripts/export/browser/browser-request.ts';
import { embeddedVersion } from '../../scripts/export/browser/embedded-chromium.ts';
import { exportDecks } from '../../scripts/export/run/export-decks.ts';
import { packageVersion } from '../../scripts/shared/packages.ts';
import { optionsFor } from './deck-job.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'briefdeck-browser-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const found = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, files: string[]) =>
  systemBrowsers({
    platform,
    env,
    isFile: (file) => files.includes(file),
    realPath: (file) => file.replace(/^\/bin\//, '/usr/bin/'),
  }).map(({ path: file }) => file);

describe('browsers on the system', () => {
  it('are looked for in the standard places, then on PATH', () => {
    const files = ['/home/me/bin/chromium', '/opt/google/chrome/chrome', '/usr/bin/chromium', '/bin/chromium'];
    expect(found('linux', { PATH: '/bin:/usr/bin:/home/me/bin:relative' }, files)).toEqual([
      '/usr/bin/chromium',
      '/opt/google/chrome/chrome',
      '/home/me/bin/chromium',
    ]);
    const app = '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge';
    const own = '/Users/me/Applications/Chromium.app/Contents/MacOS/Chromium';
    expect(found('darwin', { HOME: '/Users/me' }, [app, own])).toEqual([own, app]);
    const chrome = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
    const edge = 'D:\\tools\\msedge.exe';
    expect(found('win32', { PROGRAMFILES: 'C:\\Program Files', Path: 'C:\\Windows;D:\\tools' }, [chrome, edge])).toEqual([chrome, edge]);
  });

  it('are called by their names', () => {
    const files = [
      '/usr/bin/microsoft-edge',
      '/opt/google/chrome/chrome',
      '/usr/bin/chromium-browser',
      '/x/chromium-1254/chrome-linux64/chrome',
    ];
    expect(files.map(browserName)).toEqual(['Microsoft Edge', 'Google Chrome', 'Chromium', 'Chromium']);
  });
});

describe("Playwright's own browser", () => {
  it('counts only in the revision that Playwright wants, and complete', async () => {
    const env = { PLAYWRIGHT_BROWSERS_PATH: folder };
    expect(playwrightChromium(env)).toBeNull();
    const { default: list } = await import('../../node_modules/playwright-core/browsers.json');
    const revision = list.browsers.find(({ name }) => name === 'chromium')?.revision;
    const own = path.join(folder, `chromium_headless_shell-${revision}`);
    await mkdir(own, { recursive: true });
    expect(playwrightChromium(env)).toBeNull();
    await writeFile(path.join(own, 'INSTALLATION_COMPLETE'), '');
    expect(playwrightChromium(env)).toEqual({ source: 'playwright', name: 'Chromium', path: own });
  });
});

describe('a browser that was asked for', () => {
  it('is never replaced by another one', async () => {
    const missing = path.join(folder, 'nowhere');
    await expect(findBrowser({ explicit: missing, env: {} })).rejects.toMatchObject({
      exitCode: 3,
      message: `the browser of --browser cannot be used: ${missing}: there is no such file`,
    });
    await expect(findBrowser({ explicit: null, env: { BRIEFDECK_BROWSER: folder } })).rejects.toMatchObject({
      exitCode: 3,
      message: `the browser of BRIEFDECK_BROWSER cannot be used: ${folder}: it is not a file`,
    });
  });

  it('must prove itself by starting', async () => {
    const script = path.join(folder, 'chrome');
    await writeFile(script, '#!/bin/sh\nexit 1\n');
    await chmod(script, 0o755);
    await expect(findBrowser({ explicit: script, env: process.env })).rejects.toMatchObject({
      exitCode: 3,
      message: `the browser of --browser cannot be used: ${script}: it ends as soon as it is started`,
      hint: 'give the path of a Chrome, Chromium or Edge executable, embedded or system, or leave --browser out',
    });
  });

  it('is refused before anything else starts', async () => {
    const work = { out: path.join(folder, 'dist') };
    await expect(exportDecks([], optionsFor(work, [], { browser: path.join(folder, 'nowhere') }))).rejects.toMatchObject({ exitCode: 3 });
  });
});

describe('a browser that was asked for by kind', () => {
  const nowhere = { ...process.env, BRIEFDECK_BROWSER: '', PLAYWRIGHT_BROWSERS_PATH: '/nowhere' };
  const script = async (name: string, text: string) => {
    const file = path.join(folder, name);
    await writeFile(file, `#!/bin/sh\n${text}\n`);
    await chmod(file, 0o755);
    return file;
  };

  it.runIf(embeddedVersion() !== null)('embedded: is the one from npm, whatever else is there, by option and by environment', async () => {
    for (const choice of [
      { explicit: 'embedded', env: { ...nowhere, BRIEFDECK_BROWSER: 'system' } },
      { explicit: null, env: { ...nowhere, BRIEFDECK_BROWSER: 'embedded' } },
    ]) {
      expect(identifyBrowser(choice)).toBe(`embedded ${packageVersion('@sparticuz/chromium')}`);
      const { chosen } = await findBrowser(choice);
      expect(chosen).toMatchObject({ source: 'embedded', version: expect.stringMatching(/^147\./), sandbox: process.getuid?.() !== 0 });
    }
  });

  it.runIf(process.platform === 'linux')('system: is the first one that works, and never the embedded one', async () => {
    // Found behind those in the standard places, where there are any.
    const bin = await mkdtemp(path.join(folder, 'bin-'));
    await script(
      path.join(path.basename(bin), 'google-chrome'),
      'echo "chrome: error while loading shared libraries: libx.so" >&2; exit 127',
    );
    const env = { ...nowhere, PATH: `${bin}:${process.env.PATH}` };
    const there = systemBrowsers(thisSystem(env));
    const outcome = await findBrowser({ explicit: 'system', env }).catch((error: unknown) => error);
    if (there.length > 1) {
      expect(outcome).toMatchObject({ chosen: { source: 'system', path: there[0]?.path } });
      expect(identifyBrowser({ explicit: 'system', env })).toBe(identifyBrowser({ explicit: null, env }));
    } else {
      expect(outcome).toMatchObject({
        exitCode: 3,
        message: `--browser system: Google Chrome at ${bin}/google-chrome: chrome: error while loading shared libraries: libx.so`,
        hint: expect.stringContaining('doctor'),
      });
    }
  });

  it('ends 3 where there is none, and names where it was looked for', () => {
    const bare: System = { platform: 'linux', env: {}, isFile: () => false, realPath: (file) => file };
    expect(() => requestBrowser({ explicit: null, env: { BRIEFDECK_BROWSER: 'system' } }, bare)).toThrow(
      expect.objectContaining({
        exitCode: 3,
        message:
          'BRIEFDECK_BROWSER=system: there is no Chrome, Chromium or Edge in /usr/bin, /opt/google/chrome, /opt/microsoft/msedge, /usr/local/bin, /snap/bin or on PATH',
        hint: expect.stringMatching(/^install Chrome.*doctor$/),
      }),
    );
    const { platform } = process;
    Object.defineProperty(process, 'platform', { value: 'darwin' });
    try {
      expect(() => requestBrowser({ explicit: 'embedded', env: {} }, bare)).toThrow(
        expect.objectContaining({
          exitCode: 3,
          message: `--browser embedded: the embedded browser is made for Linux on x64 only, and this is darwin on ${process.arch}`,
        }),
      );
    } finally {
      Object.defineProperty(process, 'platform', { value: platform });
    }
  });

  it('is a file where it is given as a path', async () => {
    await expect(findBrowser({ explicit: './embedded', env: {} })).rejects.toMatchObject({
      exitCode: 3,
      message: `the browser of --browser cannot be used: ${path.resolve('embedded')}: there is no such file`,
    });
    const file = await script('system', 'echo "it is broken" >&2; exit 1');
    expect(identifyBrowser({ explicit: path.relative('.', file), env: {} })).toMatch(/\/system \d+ \d+$/);
  });
});

describe.runIf(embeddedVersion() !== null)('without any other browser', () => {
  const env = { ...process.env, BRIEFDECK_BROWSER: '', PLAYWRIGHT_BROWSERS_PATH: '/nowhere', PATH: '/nowhere' };

  it('the embedded one works, unless the system has one', async () => {
    const { chosen } = await findBrowser({ explicit: null, env });
    expect(['embedded', 'system']).toContain(chosen.source);
    expect(chosen).toMatchObject({ version: expect.stringMatching(/^\d+\./), sandbox: process.getuid?.() !== 0 });
  });

  it('is known without being started', () => {
    const identity = identifyBrowser({ explicit: null, env });
    expect(identity).toMatch(new RegExp(`^embedded ${packageVersion('@sparticuz/chromium')}$|^/.* \\d+ \\d+$`));
    expect(identifyBrowser({ explicit: process.execPath, env })).toMatch(/ \d+ \d+$/);
  });
});
