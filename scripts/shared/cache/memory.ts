import { setFlagsFromString } from 'node:v8';

/**
 * From now on memory that is no longer used is looked for often. By default Node lets its memory grow fourfold first, which is quicker for what ends soon (an
 * edited exchange: 3.1 s instead of 3.3) and half a gigabyte of large contents (1,000 exchanges generated: 226 MB instead of 307, in the same time).
 */
export function saveMemory(): void {
  setFlagsFromString('--heap-growing-percent=30');
}
