import { z } from 'zod';
import type { KeyPath } from './yaml-position.ts';

/**
 * The keys that a schema allows at a path. Where a schema is a choice between several, `data` (the value that was checked)
 * decides by its discriminator; without that they are the keys of all of them.
 */
export function keysAt(schema: z.ZodType, path: KeyPath, data: unknown): string[] {
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

/** The schemas behind defaults, optional and nullable wrappers and choices. */
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
