import { z } from 'zod';
import type { Findings } from '../findings.ts';
import { suggest } from '../findings.ts';
import type { PageMatter } from './page-matter.ts';
import type { KeyPath } from './yaml.ts';

/**
 * Checks the front matter of a file and reports all its errors at once. Returns the value, or null when there were errors. For a
 * translation, `base` is the schema of the file that it translates.
 */
export function checkSchema<T>(schema: z.ZodType<T>, matter: PageMatter, findings: Findings, base: z.ZodType | null): T | null {
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

/** Reports the key. Returns the key that was probably meant, or null. */
function reportUnknownKey(
  path: KeyPath,
  key: string,
  allowed: readonly string[],
  belongToBase: readonly string[],
  matter: PageMatter,
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

function reportIssue(issue: z.core.$ZodIssue, matter: PageMatter, findings: Findings, renamed: ReadonlySet<string>): void {
  const path = pathOf(issue);
  const last = path.at(-1);
  if (typeof last === 'string' && valueAt(matter.data, path) === undefined) {
    if (!renamed.has(JSON.stringify(path))) findings.add('missing-key', matter.at(path), { key: last });
    return;
  }
  const part = issue.code === 'invalid_key' ? 'key' : 'value';
  findings.add('invalid-value', matter.at(path, part), { key: nameOf(path), reason: issue.message });
}

/** Joins the names on a path and leaves out positions in lists, which the place of the finding already shows. */
export function nameOf(path: KeyPath): string {
  return path.filter((step) => typeof step === 'string').join('.');
}

function pathOf(issue: z.core.$ZodIssue): KeyPath {
  return issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
}

function valueAt(data: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined), data);
}

/**
 * Returns the keys that a schema allows at a path. In a union, the discriminator in `data` (the value being checked) selects the option;
 * without it the keys of all options are returned.
 */
function keysAt(schema: z.ZodType, path: KeyPath, data: unknown): string[] {
  let options: unknown[] = [schema];
  let value = data;
  for (const step of path) {
    options = options.flatMap((option) => choose(option, value)).flatMap((option) => child(option, step));
    value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined;
  }
  const keys = options
    .flatMap((option) => choose(option, value))
    .flatMap((option) => (option instanceof z.ZodObject ? Object.keys(option.shape) : []));
  return [...new Set(keys)];
}

function child(schema: unknown, step: string | number): unknown[] {
  if (schema instanceof z.ZodArray) return [schema.element];
  if (schema instanceof z.ZodObject && Object.hasOwn(schema.shape, step)) return [Reflect.get(schema.shape, step)];
  return [];
}

/** Unwraps defaults, optional and nullable schemas, and unions. */
function choose(schema: unknown, value: unknown): unknown[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return choose(schema.unwrap(), value);
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return [schema];
  const name = schema.def.discriminator;
  const chosen = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  const fitting = schema.options.filter((option) => option instanceof z.ZodObject && literalOf(option.shape[name]) === chosen);
  return fitting.length > 0 ? [...fitting] : [...schema.options];
}

function literalOf(schema: unknown): unknown {
  return schema instanceof z.ZodLiteral ? schema.value : undefined;
}

/** Returns what a schema expected and what it found, in plain English. Used where the schema has no message of its own. */
function wordsForIssue(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return expectedFound(nouns[issue.expected] ?? issue.expected, issue.input, issue.expected === 'string');
    case 'invalid_value':
      return expectedFound(orList(issue.values.map(String)), issue.input);
    case 'invalid_union': {
      const { discriminator, options } = issue;
      if (typeof discriminator !== 'string' || !Array.isArray(options)) return 'is not written as expected';
      const input: unknown = issue.input;
      return expectedFound(
        orList(options.map(String)),
        typeof input === 'object' && input !== null ? Reflect.get(input, discriminator) : input,
      );
    }
    case 'too_small':
    case 'too_big':
      return sizeWords(issue);
    case 'invalid_key':
      return 'use lower-case letters, digits and single hyphens';
    default:
      return 'is not written as expected';
  }
}

function expectedFound(expected: string, input: unknown, wantsText = false): string {
  const quotes = wantsText && (typeof input === 'number' || typeof input === 'boolean') ? ' (put it in quotes)' : '';
  return `expected ${expected}, found ${show(input)}${quotes}`;
}

function sizeWords(issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall> | z.core.$ZodRawIssue<z.core.$ZodIssueTooBig>): string {
  const small = issue.code === 'too_small';
  const limit = Number(small ? issue.minimum : issue.maximum);
  const input: unknown = issue.input;
  if (typeof input === 'string') {
    if (small && limit === 1) return 'must not be empty';
    return `expected at ${small ? 'least' : 'most'} ${limit} characters, found ${input.length}`;
  }
  if (Array.isArray(input))
    return `expected at ${small ? 'least' : 'most'} ${limit} ${limit === 1 ? 'item' : 'items'}, found ${input.length}`;
  const inclusive = issue.inclusive !== false;
  const bound = inclusive ? `of at ${small ? 'least' : 'most'} ${limit}` : `${small ? 'above' : 'below'} ${limit}`;
  return `expected a number ${bound}, found ${show(input)}`;
}

const nouns: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with values',
  record: 'keys with values',
  null: 'nothing',
};

function show(input: unknown): string {
  if (input === null || input === undefined) return 'nothing';
  if (typeof input === 'string') return JSON.stringify(input.length > 40 ? `${input.slice(0, 39)}…` : input);
  if (Array.isArray(input)) return 'a list';
  return typeof input === 'object' ? 'keys with values' : String(input);
}

/** `a`, `a or b`, `a, b or c`. */
function orList(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}
