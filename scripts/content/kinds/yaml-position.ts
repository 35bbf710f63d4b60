import { type Document, isAlias, isMap, isScalar, isSeq } from 'yaml';

/** Keys and positions that lead to a value, such as `['figures', 0, 'alt']`. */
export type KeyPath = readonly (string | number)[];

/** Where in its source the key or value at a path begins; when it is not there, what is nearest to it on the path; null at the root. */
export function findOffset(document: Document.Parsed, path: KeyPath, part: 'key' | 'value'): number | null {
  let node: unknown = document.contents;
  let offset: number | null = null;
  for (const [index, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      // The last of two equal keys is the one whose value counts.
      const pair = node.items.findLast((item) => (isScalar(item.key) ? String(item.key.value) : String(item.key)) === String(step));
      if (pair === undefined) return offset;
      const keyOffset: number | null = rangeStart(pair.key);
      const wantsKey = part === 'key' && index === path.length - 1;
      offset = wantsKey || isEmpty(pair.value) ? keyOffset : (rangeStart(pair.value) ?? keyOffset);
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      const item: unknown = node.items[step];
      offset = rangeStart(item) ?? offset;
      node = item;
    } else return offset;
  }
  return offset;
}

/** `key:` with nothing behind it. */
function isEmpty(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null && (node.source ?? '') === '');
}

function rangeStart(node: unknown): number | null {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return null;
  const start: unknown = node.range[0];
  return typeof start === 'number' ? start : null;
}
