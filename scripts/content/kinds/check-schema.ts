import type { z } from 'zod';
import type { Findings } from '../findings.ts';
import { suggest } from '../suggest.ts';
import { wordsForIssue } from './issue-words.ts';
import type { Matter } from './page-matter.ts';
import { keysAt } from './schema-keys.ts';
import type { KeyPath } from './yaml-position.ts';

/**
 * Checks the front matter of a file and reports everything that is wrong with it at once.
 * Returns the value, or null when there were errors. `base` is given for translations: the schema of the file they translate.
 */
export function checkSchema<T>(schema: z.ZodType<T>, matter: Matter, findings: Findings, base: z.ZodType | null): T | null {
  if (matter.data === null) return null;
  const result = schema.safeParse(matter.data, { error: wordsForIssue });
  if (result.success) return result.data;

  // A misspelt key is both unknown and missing; the second finding would only repeat the first.
  const renamed = new Set<string>();
  for (const issue of result.error.issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const path = pathOf(issue);
    const allowed = keysAt(schema, path, valueAt(matter.data, path));
    const belongToBase = base === null ? [] : keysAt(base, path, undefined);
    for (const key of issue.keys) {
      const meant = reportUnknownKey([...path, key], key, allowed, belongToBase, matter, findings);
      if (meant !== null) renamed.add(JSON.stringify([...path, meant]));
    }
  }
  for (const issue of result.error.issues) {
    if (issue.code !== 'unrecognized_keys') reportIssue(issue, matter, findings, renamed);
  }
  return null;
}

/** Returns the key that was probably meant. */
function reportUnknownKey(
  path: KeyPath,
  key: string,
  allowed: readonly string[],
  belongToBase: readonly string[],
  matter: Matter,
  findings: Findings,
): string | null {
  const place = matter.at(path, 'key');
  if (belongToBase.includes(key)) {
    findings.add('misplaced-text', place, { key });
    return null;
  }
  const suggestion = suggest(key, allowed);
  findings.add('unknown-key', place, { key, suggestion });
  return suggestion;
}

function reportIssue(issue: z.core.$ZodIssue, matter: Matter, findings: Findings, renamed: ReadonlySet<string>): void {
  const path = pathOf(issue);
  const last = path.at(-1);
  if (typeof last === 'string' && valueAt(matter.data, path) === undefined) {
    if (!renamed.has(JSON.stringify(path))) findings.add('missing-key', matter.at(path), { key: last });
    return;
  }
  const part = issue.code === 'invalid_key' ? 'key' : 'value';
  findings.add('invalid-value', matter.at(path, part), { key: nameOf(path), reason: issue.message });
}

/** The names on a path without the positions in lists: the finding's place already tells which item is meant. */
export function nameOf(path: KeyPath): string {
  return path.filter((step) => typeof step === 'string').join('.');
}

function pathOf(issue: z.core.$ZodIssue): KeyPath {
  return issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
}

function valueAt(data: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined), data);
}
