import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { Cache } from '../../shared/cache/cache.js';
import { cacheFolder, ownFolder } from '../../shared/cache/cache-folder.ts';
import { readIfThere, writeAtomic } from '../../shared/disk/files.ts';
import { asToldWriteError } from '../../shared/errors.ts';
import { packageFolder, packageVersion } from '../../shared/packages.ts';
import { projectRoot } from '../../shared/paths.ts';

/** Returns the version of the embedded Chromium's package. Null when there is none for this system. */
export function embeddedVersion(): string | null {
  const fits = process.platform === 'linux' && process.arch === 'x64';
  return fits && packageFolder(name) !== null ? packageVersion(name) : null;
}

/**
 * Unpacks the embedded Chromium once (about 2 s, 200 MB). Returns its executable. Throws Error when there is none for this system, and
 * ExpectedError when the cache cannot be written.
 */
export async function unpackEmbedded(): Promise<string> {
  const version = embeddedVersion();
  if (version === null) throw new Error('there is no embedded Chromium for this system');
  const parent = await cacheFolder('browser');
  unpacking ??= unpackUnlessWhole(parent, version);
  try {
    await unpacking;
  } catch (error) {
    unpacking = null;
    throw error;
  }
  return path.join(parent, version, 'chromium');
}

/** Unpacks the embedded Chromium again if any of its files has changed. Returns whether one had. Used when it does not start. */
export async function mendEmbedded(): Promise<boolean> {
  const parent = await cacheFolder('browser');
  const version = embeddedVersion() ?? '';
  if (cacheIn(parent).find(version, 'read') !== null) return false;
  unpacking = unpack(parent, version);
  await unpacking;
  return true;
}

/** Returns the environment variables that an unpacked embedded Chromium needs to find its libraries and fonts. Empty for any other browser. */
export function embeddedEnvironment(executable: string): Record<string, string> {
  const libraries = path.join(path.dirname(executable), 'al2023', 'lib');
  const fonts = path.join(path.dirname(executable), FONTS);
  return existsSync(libraries) && existsSync(fonts) ? { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: fonts } : {};
}

let unpacking: Promise<void> | null = null;

const name = '@sparticuz/chromium';
const FONTS = 'fonts.conf';

/** Two versions: another version of this program may be using the earlier one. */
const cacheIn = (parent: string) => new Cache(parent, 2);

async function unpackUnlessWhole(parent: string, version: string): Promise<void> {
  if (cacheIn(parent).find(version, 'look') === null) {
    await unpack(parent, version);
    return;
  }
  // After the folder was moved or copied, only this file is wrong, because it contains the old path.
  const folder = path.join(parent, version);
  const fonts = path.join(folder, FONTS);
  const configuration = fontsConfiguration(folder);
  if ((await readIfThere(fonts)) !== configuration) await writeAtomic(fonts, configuration);
}

/**
 * Every process unpacks into its own folder, and the first rename wins. This needs no lock, which a killed process could leave behind, and
 * no process starts a file that is still being written.
 */
async function unpack(parent: string, version: string): Promise<void> {
  const own = await ownFolder(parent, '.unpacking');
  try {
    // A separate process, because the package relies on the temporary folder and changes the environment when it is imported. As root it
    // would give files to the user with the id in its archive.
    const program =
      "process.umask(0o077); process.getuid = () => -1; const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();";
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: projectRoot,
      env: { PATH: process.env.PATH, HOME: own, TMPDIR: own, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
    });
    await writeFile(path.join(own, FONTS), fontsConfiguration(path.join(parent, version)));
    // The settings for fonts are not listed, because they change with the path of the folder.
    cacheIn(parent).keep(version, own, (file) => file !== FONTS);
  } catch (error) {
    if (cacheIn(parent).find(version, 'look') === null) throw asToldWriteError(error, parent);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/**
 * Returns the font configuration, because the packaged one names folders in /tmp. It contains only the package's own fonts: fonts of the
 * machine must not change a PDF.
 */
function fontsConfiguration(folder: string): string {
  const escaped = folder.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${escaped}/fonts/fonts</dir>
  <cachedir>${escaped}/fonts-cache</cachedir>
</fontconfig>
`;
}
