import type { z } from 'zod';

/** Says in plain English what a schema expected and what it found; used wherever the schema has no words of its own. */
export function wordsForIssue(issue: z.core.$ZodRawIssue): string {
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
export function orList(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}
