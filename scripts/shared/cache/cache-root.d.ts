export interface CacheRoot {
  folder: string | null;
  tried: { folder: string; why: string }[];
}
export function findCacheRoot(env?: NodeJS.ProcessEnv): CacheRoot;
export function isOwnFolder(folder: string, like?: string | null): boolean;
export function isClosed(error: unknown): boolean;
