import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { lstat, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
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

/** Unpacks the embedded Chromium again if any of its files has changed. Returns whether one had. Used when it does not start. */
export async function mendEmbedded(): Promise<boolean> {
  const parent = await cacheFolder('browser');
  const folder = path.join(parent, embeddedVersion() ?? '');
  if (await isWhole(folder, 'read')) return false;
  unpacking = unpack(parent, folder);
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

async function unpackUnlessWhole(parent: string, folder: string): Promise<void> {
  if (!(await isWhole(folder, 'look'))) {
    await unpack(parent, folder);
    return;
  }
  // After the folder was moved or copied, only this file is wrong, because it contains the old path.
  const fonts = path.join(folder, FONTS);
  const configuration = fontsConfiguration(folder);
  if ((await readIfThere(fonts)) !== configuration) await writeAtomic(fonts, configuration);
}

/**
 * Every process unpacks into its own folder, and the first rename wins. This needs no lock, which a killed process could leave behind, and
 * no process starts a file that is still being written.
 */
async function unpack(parent: string, folder: string): Promise<void> {
  const own = await ownFolder(parent, 'unpacking');
  try {
    // A separate process, because the package relies on the temporary folder and changes the environment when it is imported. As root it
    // would give files to the user with the id in its archive.
    const program =
      "process.umask(0o077); process.getuid = () => -1; const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();";
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: projectRoot,
      env: { PATH: process.env.PATH, HOME: own, TMPDIR: own, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
    });
    await writeFileList(own);
    // Not in the list, because it changes with the folder's path.
    await writeFile(path.join(own, FONTS), fontsConfiguration(folder));
    await put(own, folder, parent);
  } catch (error) {
    if (!(await isWhole(folder, 'look'))) throw asToldWriteError(error, parent);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** The existing folder is damaged, unless another run has just repaired it. */
async function put(own: string, folder: string, parent: string): Promise<void> {
  if (existsSync(folder)) {
    if (await isWhole(folder, 'read')) return;
    const away = await ownFolder(parent, 'unpacking');
    await rename(folder, path.join(away, 'broken'));
    await rm(away, { recursive: true, force: true });
  }
  await rename(own, folder);
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

// The list of an unpacked browser's files, kept next to them: an incomplete browser would fail at every run.

const LIST = 'files.json';

const list = z.record(
  z.string(),
  z.object({ size: z.number(), mtimeMs: z.number(), /** Whether the owner may run it. */ runs: z.boolean(), hash: z.string() }),
);

/** Writes the list of all files in a folder. */
async function writeFileList(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  const files: z.infer<typeof list> = {};
  for (const name of names.sort()) {
    const stats = await lstat(path.join(folder, name));
    if (!stats.isFile()) continue;
    const { size, mtimeMs, mode } = stats;
    files[name] = { size, mtimeMs, runs: (mode & 0o100) !== 0, hash: await hashOf(path.join(folder, name)) };
  }
  await writeFile(path.join(folder, LIST), JSON.stringify(files));
}

/**
 * Returns whether a folder still holds every file of its list unchanged. `look` compares sizes, rights and dates, and reads only files with
 * a changed date (2 ms); `read` reads all of them (0.5 s).
 */
async function isWhole(folder: string, how: 'look' | 'read'): Promise<boolean> {
  const files = await readList(folder);
  if (files === null) return false;
  for (const [name, { size, mtimeMs, runs, hash }] of Object.entries(files)) {
    const file = path.join(folder, name);
    const stats = await lstat(file).catch(() => null);
    if (stats === null || !stats.isFile() || stats.size !== size || (runs && (stats.mode & 0o100) === 0)) return false;
    if ((how === 'read' || stats.mtimeMs !== mtimeMs) && (await hashOf(file).catch(() => null)) !== hash) return false;
  }
  return true;
}

async function readList(folder: string): Promise<z.infer<typeof list> | null> {
  try {
    return list.parse(JSON.parse(await readFile(path.join(folder, LIST), 'utf8')));
  } catch {
    // The list is missing, unreadable or incomplete, so the state of the files is unknown.
    return null;
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
