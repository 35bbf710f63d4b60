import os from 'node:os';
import path from 'node:path';
import { isOurs } from '../shared/cache-folder.ts';
import { ensureHome } from './home-folder.ts';

/** Imports Slidev (1 s), with what it needs for that. */
export async function importSlidev(): Promise<typeof import('@slidev/cli')> {
  await ensureHome();
  // Slidev's loader of configuration files keeps compiled code there, and would run what somebody else put there.
  if (!(await isOurs(path.join(os.tmpdir(), 'jiti')))) process.env.JITI_FS_CACHE = 'false';
  return import('@slidev/cli');
}
