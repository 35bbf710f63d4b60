import { isRecord } from './kinds/yaml.ts';
import type { KeyPath } from './kinds/yaml-position.ts';

export interface ShownText {
  path: KeyPath;
  /** The last key on the path that is a name. */
  key: string;
  text: string;
}

/** Keys of front matter whose values stand on slides and pages as they are. */
const SHOWN_KEYS = new Set([
  ...['question', 'takeaway', 'title', 'subtitle', 'label', 'text', 'when', 'value', 'unit', 'term', 'aliases'],
  ...['name', 'affiliation', 'publisher'],
]);

/** The texts of front matter that are shown. */
export function shownTexts(value: unknown, path: KeyPath = []): ShownText[] {
  if (typeof value === 'string') {
    const key = path.findLast((step) => typeof step === 'string') ?? '';
    return SHOWN_KEYS.has(key) ? [{ path, key, text: value }] : [];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => shownTexts(item, [...path, index]));
  return isRecord(value) ? Object.entries(value).flatMap(([key, item]) => shownTexts(item, [...path, key])) : [];
}
