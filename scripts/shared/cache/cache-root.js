/**
 * Finds the folder for everything that Briefdeck can rebuild. Plain JavaScript, because the launcher needs it before the program is
 * bundled.
 */
import { accessSync, constants, lstatSync, mkdirSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const packageRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

const CLOSED = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ELOOP', 'ENAMETOOLONG', 'ENOTSUP'];

/** Returns whether a system error concerns only this place. Other errors, such as a full disk, would occur elsewhere too. */
export const isClosed = (error) => CLOSED.includes(error?.code);

let found;

/**
 * Returns the first folder that this process can write and no other user can: below node_modules, in the user's cache folder, or in the
 * system's temporary folder. `folder` is null when there is none; `tried` then gives the reason for each place. Throws the system's error
 * when the disk is full or broken.
 */
export function findCacheRoot(env = process.env) {
  if (found !== undefined && env === process.env) return found;
  const tried = [];
  const result = { folder: null, tried };
  for (const folder of places(env)) {
    const why = whyNot(folder);
    if (why === null) {
      result.folder = folder;
      break;
    }
    tried.push({ folder, why });
  }
  if (env === process.env) found = result;
  return result;
}

/**
 * Returns whether a folder can be trusted: it is not a link, it belongs to this user, to root or to the owner of the program, and other
 * users cannot write to it. With `like`, it may be as open as that folder. Always true for folders on Windows, which has no such owners.
 */
export function isOwnFolder(folder, like = null) {
  const uid = process.getuid?.();
  const stats = lstatSync(folder);
  if (!stats.isDirectory()) return false;
  if (uid === undefined) return true;
  const program = statSync(path.join(packageRoot, 'scripts'));
  const open = stats.mode & 0o022 & ~(like === null ? 0 : statSync(like).mode);
  return open === 0 && [uid, 0, program.uid].includes(stats.uid);
}

function places(env) {
  const modules =
    path.basename(path.dirname(packageRoot)) === 'node_modules' ? path.dirname(packageRoot) : path.join(packageRoot, 'node_modules');
  const user = userFolder(env);
  const uid = process.getuid?.();
  return [
    path.join(modules, '.cache', 'briefdeck'),
    ...(user === null ? [] : [path.join(user, 'briefdeck')]),
    path.join(os.tmpdir(), uid === undefined ? 'briefdeck' : `briefdeck-${uid}`),
  ];
}

/** Returns the folder where programs on this system keep caches, or null without a home folder. A missing home folder is not created. */
function userFolder(env) {
  if (env.XDG_CACHE_HOME && path.isAbsolute(env.XDG_CACHE_HOME)) return env.XDG_CACHE_HOME;
  if (process.platform === 'win32') return env.LOCALAPPDATA || null;
  const home = env.HOME;
  if (!home || !statSync(home, { throwIfNoEntry: false })?.isDirectory()) return null;
  return process.platform === 'darwin' ? path.join(home, 'Library', 'Caches') : path.join(home, '.cache');
}

/** Creates the folder and returns null, or returns the reason why it cannot be used. */
function whyNot(folder) {
  try {
    // One level at a time: Node's `recursive` never returns when the system answers ENOENT for an existing folder, as it does below /proc.
    makeFolder(folder);
    if (!isOwnFolder(folder)) return 'it belongs to another user, or others can write to it';
    accessSync(folder, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    if (isClosed(error)) return error.code === 'EROFS' ? 'the file system is read-only' : 'it cannot be written';
    throw error;
  }
}

function makeFolder(folder) {
  const parent = path.dirname(folder);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  if (parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another run created it first.
    if (error.code !== 'EEXIST' || !statSync(folder).isDirectory()) throw error;
  }
}
