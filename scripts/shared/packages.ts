import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** Returns the folder of an installed package, or null when it is not installed. */
export function packageFolder(name: string): string | null {
  // Not resolve(): many packages do not export their package.json.
  const folders = (require.resolve.paths(name) ?? []).map((modules) => path.join(modules, name));
  return folders.find((folder) => existsSync(path.join(folder, 'package.json'))) ?? null;
}

/**
 * Returns the folder of a package that the project depends on. Throws when it is not installed, which means that the installation is
 * broken.
 */
export function requirePackage(name: string): string {
  const folder = packageFolder(name);
  if (folder === null) throw new Error(`the package ${name} is not installed`);
  return folder;
}

/** Returns the installed version of a package that the project depends on. */
export function packageVersion(name: string): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(requirePackage(name), 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
}

/**
 * Returns the path of a file that one of the packages has, as `package/file`. The resolvers are asked in order. Null when no package with
 * this file is installed. Throws what a resolver says for any other reason.
 */
export function resolveInPackages(name: string, resolvers: readonly NodeJS.Require[]): string | null {
  for (const resolver of resolvers) {
    try {
      return resolver.resolve(name);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && /^(MODULE_NOT_FOUND|ERR_PACKAGE_PATH_NOT_EXPORTED)$/.test(String(error.code))))
        throw error;
    }
  }
  return null;
}
