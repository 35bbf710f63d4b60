import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, ownFolder } from '../../shared/cache/cache-folder.ts';
import { asToldWriteError } from '../../shared/disk/write-error.ts';
import { packageFolder, packageVersion } from '../../shared/packages.ts';
import { projectRoot } from '../../shared/paths.ts';
import { isWhole, writeFileList } from './embedded-files.ts';

/** Version of the embedded Chromium's package, or null where there is none for this system. */
export function embeddedVersion(): string | null {
  const fits = process.platform === 'linux' && process.arch === 'x64';
  return fits && packageFolder(name) !== null ? packageVersion(name) : null;
}

/** Unpacks the embedded Chromium once (about 2 s, 200 MB). Returns its executable. Throws where there is none for this system, and ExpectedError when the cache cannot be written. */
export async function unpackEmbedded(): Promise<string> {
  const version = embeddedVersion();
  if (version === null) throw new Error('there is no embedded Chromium for this system');
  const parent = await cacheFolder('browser');
  const folder = path.join(parent, version);
  unpacking ??= unpackUnlessWhole(parent, folder);
  try {
    await unpacking;
  } catch (error) {
    unpacking = null;
    throw error;
  }
  return path.join(folder, 'chromium');
}

/** Unpacks the embedded Chromium anew where a file of it has changed, however little; says whether one had. For one that does not start. */
export async function mendEmbedded(): Promise<boolean> {
  const parent = await cacheFolder('browser');
  const folder = path.join(parent, embeddedVersion() ?? '');
  if (await isWhole(folder, 'read')) return false;
  unpacking = unpack(parent, folder);
  await unpacking;
  return true;
}

/** What an unpacked embedded Chromium needs in its environment to find its own libraries and fonts; empty for any other browser. */
export function embeddedEnvironment(executable: string): Record<string, string> {
  const libraries = path.join(path.dirname(executable), 'al2023', 'lib');
  const fonts = path.join(path.dirname(executable), FONTS);
  return existsSync(libraries) && existsSync(fonts) ? { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: fonts } : {};
}

let unpacking: Promise<void> | null = null;

const name = '@sparticuz/chromium';
const FONTS = 'fonts.conf';

async function unpackUnlessWhole(parent: string, folder: string): Promise<void> {
  // Where the folder was moved, its own configuration would lead to the old place.
  const hasFonts = (await readFile(path.join(folder, FONTS), 'utf8').catch(() => null)) === fontsConfiguration(folder);
  if (!hasFonts || !(await isWhole(folder, 'look'))) await unpack(parent, folder);
}

/**
 * Everybody unpacks into a folder of their own and the rename decides who was first: no lock that a killed process
 * could leave behind, and nobody ever starts a file that is still being written.
 */
async function unpack(parent: string, folder: string): Promise<void> {
  const own = await ownFolder(parent, 'unpacking');
  try {
    // A process of its own, because the package trusts the temporary folder and changes the environment when imported.
    // As root it would give files to whoever has the number that stands in its archive.
    const program =
      "process.umask(0o077); process.getuid = () => -1; const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();";
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: projectRoot,
      env: { PATH: process.env.PATH, HOME: own, TMPDIR: own, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
    });
    await writeFile(path.join(own, FONTS), fontsConfiguration(folder));
    await writeFileList(own);
    await put(own, folder, parent);
  } catch (error) {
    if (!(await isWhole(folder, 'look'))) throw asToldWriteError(error, parent);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** What stands there is broken, unless another run has just mended it. */
async function put(own: string, folder: string, parent: string): Promise<void> {
  if (existsSync(folder)) {
    if (await isWhole(folder, 'read')) return;
    const away = await ownFolder(parent, 'unpacking');
    await rename(folder, path.join(away, 'broken'));
    await rm(away, { recursive: true, force: true });
  }
  await rename(own, folder);
}

/** The packaged file names folders in /tmp. Only its own fonts: what a machine has installed must not change a PDF. */
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
