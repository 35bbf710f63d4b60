import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

export type BrowserSource = 'option' | 'env' | 'playwright' | 'system' | 'embedded';

/** A browser that may work. Only launching it proves that. */
export interface Candidate {
  source: BrowserSource;
  name: string;
  /** The absolute path of the executable. */
  path: string;
}

export interface System {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  isFile: (file: string) => boolean;
  /** Returns the path with links resolved. */
  realPath: (file: string) => string;
}

export const thisSystem = (env: NodeJS.ProcessEnv): System => ({
  platform: process.platform,
  env,
  isFile,
  realPath: realpathSync,
});

/** Returns the installed Chrome, Chromium and Edge: standard places of this system first, then PATH. Each is listed once. */
export function systemBrowsers({ platform, env, isFile, realPath }: System): Candidate[] {
  const found = new Map<string, string>();
  for (const file of [...standardPlaces(platform, env), ...onPath(platform, env)].filter(isFile)) {
    const real = realPath(file);
    if (!found.has(real)) found.set(real, file);
  }
  return [...found.values()].map((file) => ({ source: 'system', name: browserName(file), path: file }));
}

/** Returns the folders of the standard places, for messages. */
export function standardFolders({ platform, env }: Pick<System, 'platform' | 'env'>): string[] {
  const flavour = platform === 'win32' ? path.win32 : path.posix;
  return [...new Set(standardPlaces(platform, env).map((file) => flavour.dirname(file)))];
}

/** Returns the product name of the browser, as far as the path of the executable tells. */
export function browserName(file: string): string {
  if (/edge/i.test(file)) return 'Microsoft Edge';
  return /chrome/i.test(file) && !/chromium/i.test(file) ? 'Google Chrome' : 'Chromium';
}

function isFile(file: string): boolean {
  // existsSync returns false, instead of throwing, for an unreadable folder on PATH.
  return existsSync(file) && statSync(file).isFile();
}

const linuxNames = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge-stable', 'microsoft-edge'];

function standardPlaces(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  switch (platform) {
    case 'darwin': {
      const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((app) => `Applications/${app}.app/Contents/MacOS/${app}`);
      const home = env.HOME;
      return apps.flatMap((app) => [path.posix.join('/', app), ...(home ? [path.posix.join(home, app)] : [])]);
    }
    case 'win32': {
      const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((root) => root !== undefined && root !== '');
      const places = [
        'Google\\Chrome\\Application\\chrome.exe',
        'Chromium\\Application\\chrome.exe',
        'Microsoft\\Edge\\Application\\msedge.exe',
      ];
      return places.flatMap((place) => roots.map((root) => path.win32.join(String(root), place)));
    }
    default:
      return [
        ...linuxNames.map((name) => `/usr/bin/${name}`),
        '/opt/google/chrome/chrome',
        '/opt/microsoft/msedge/msedge',
        ...linuxNames.map((name) => `/usr/local/bin/${name}`),
        '/snap/bin/chromium',
      ];
  }
}

function onPath(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  const flavour = platform === 'win32' ? path.win32 : path.posix;
  const names = platform === 'win32' ? ['chrome.exe', 'chromium.exe', 'msedge.exe'] : linuxNames;
  const folders = (env.PATH ?? env.Path ?? '').split(flavour.delimiter).filter((folder) => flavour.isAbsolute(folder));
  return names.flatMap((name) => folders.map((folder) => flavour.join(folder, name)));
}
