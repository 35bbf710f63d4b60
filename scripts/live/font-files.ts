/** Serves the fonts of the start page, under the names that style sheets import. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageFolder } from '../shared/packages.ts';

export interface FontFile {
  type: string;
  body: Uint8Array;
}

/** Returns the file at `/@fontsource/<package>/<file>`, or null. Only style sheets and fonts of installed packages are served. */
export async function readFontFile(url: string): Promise<FontFile | null> {
  const [, name, file] = /^\/(@fontsource\/[a-z0-9-]+)\/((?:files\/)?[a-z0-9-]+\.(?:css|woff2))$/.exec(url) ?? [];
  const folder = name === undefined ? null : packageFolder(name);
  if (folder === null || file === undefined) return null;
  try {
    const body = await readFile(path.join(folder, file));
    return { type: file.endsWith('.css') ? 'text/css; charset=utf-8' : 'font/woff2', body };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
