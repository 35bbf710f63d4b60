import { ExpectedError } from '../../shared/errors.ts';
import { requirePackage } from '../../shared/packages.ts';
import { projectRoot } from '../../shared/paths.ts';
import { ensureHome } from '../browser/home-folder.ts';

export type Slidev = typeof import('@slidev/cli');

/** Imports Slidev (1 s), with what it needs for that. */
export async function importSlidev(): Promise<Slidev> {
  await prepare();
  return import('@slidev/cli');
}

/**
 * Throws ExpectedError where Slidev cannot work: for Vite, whatever follows a `#` or `?` in a path is no part of the file's name; Slidev's
 * own imports stand between quotation marks.
 */
async function prepare(): Promise<void> {
  const folder = [projectRoot, requirePackage('@slidev/cli')].find((each) => /[#?"]/.test(each));
  if (folder !== undefined) {
    throw new ExpectedError(`Slidev makes no deck in an installation whose folder has #, ? or " in its name: ${folder}`, {
      hint: 'move or rename the folder of Briefdeck; content may lie in any folder',
    });
  }
  await ensureHome();
  // Slidev's loader of configuration files keeps compiled code in the temporary folder, and would run what another user put there.
  process.env.JITI_FS_CACHE = 'false';
}
