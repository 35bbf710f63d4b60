import os from 'node:os';
import { cacheFolder } from '../../shared/cache/cache-folder.ts';

/**
 * Makes sure that this process has a home folder. Containers often run as a user without one and without HOME;
 * Playwright then throws while it is imported, and so do some of Slidev's dependencies.
 */
export async function ensureHome(): Promise<void> {
  if (!hasHome()) process.env.HOME = await cacheFolder('home');
}

function hasHome(): boolean {
  try {
    return os.homedir() !== '';
  } catch {
    // os.homedir() throws for a user that the system does not know: that is the answer.
    return false;
  }
}
