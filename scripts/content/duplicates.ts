import type { Findings } from './findings.ts';
import type { Matter } from './kinds/page-matter.ts';
import { isRecord } from './kinds/yaml.ts';
import type { KeyPath } from './kinds/yaml-position.ts';

/** Reports items of a list in the front matter whose `id` an earlier item has. Looks at the data before any schema. */
export function reportDuplicates(matter: Matter, path: KeyPath, kind: string, findings: Findings): void {
  const first = new Map<string, number>();
  for (const [index, item] of itemsAt(matter, path).entries()) {
    if (!isRecord(item) || typeof item.id !== 'string') continue;
    const earlier = first.get(item.id);
    if (earlier === undefined) first.set(item.id, index);
    else {
      const other = `line ${matter.at([...path, earlier, 'id']).line}`;
      findings.add('duplicate-id', matter.at([...path, index, 'id']), { id: item.id, kind, other });
    }
  }
}

/** The items of a list in the front matter before any schema; none when it is no list. */
export function itemsAt(matter: Matter, path: KeyPath): readonly unknown[] {
  let value: unknown = matter.data;
  for (const step of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined;
  return Array.isArray(value) ? value : [];
}
