import { ExpectedError } from '../shared/errors.ts';
import { ensureHome } from './home-folder.ts';

export type Slidev = typeof import('@slidev/cli');

/** Imports Slidev (1 s), with what it needs for that. */
export async function importSlidev(): Promise<Slidev> {
  await prepare();
  return import('@slidev/cli');
}

let compiling: Promise<Slidev> | null = null;

/** Imports what compiling decks needs of Slidev (0.3 s); all of it where that cannot be kept as one file. */
export function importCompilingSlidev(): Promise<Slidev> {
  compiling ??= importBundled();
  return compiling;
}

async function importBundled(): Promise<Slidev> {
  await prepare();
  const { bundledSlidev } = await import('./slidev-bundle.ts');
  const url = await bundledSlidev().catch((error: unknown) => {
    // No room for a cache, or no right to write one, is no reason not to export.
    if (error instanceof ExpectedError || (error instanceof Error && 'code' in error)) return null;
    throw error;
  });
  return url === null ? import('@slidev/cli') : ((await import(url)) as Slidev);
}

async function prepare(): Promise<void> {
  await ensureHome();
  // Slidev's loader of configuration files keeps compiled code in the temporary folder, and would run what another user put there.
  process.env.JITI_FS_CACHE = 'false';
}
