/**
 * Text for a template. A template cannot print it by accident: `{{value}}` and `{{{value}}}` both throw. Only helpers can read it, and each
 * of them escapes for one place.
 */
export class Printable {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  static read(printable: Printable): string {
    return printable.#value;
  }
  toString(): never {
    throw new TypeError('this text must be printed with a helper: yaml, html, title, notes, attribute');
  }
}

/** Plain data with every string wrapped. */
export type View<T> = T extends string
  ? Printable
  : T extends readonly (infer U)[]
    ? View<U>[]
    : T extends object
      ? { [K in keyof T]: View<T[K]> }
      : T;

/** Wraps every string in plain data, including those of rich text (`blocks`, `definition`, `notes`, `summary`), which helpers unwrap. */
export function protect<T>(value: T): View<T> {
  if (typeof value === 'string') return new Printable(value) as View<T>;
  if (Array.isArray(value)) return value.map(protect) as View<T>;
  if (value !== null && typeof value === 'object') {
    return new Proxy(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, protect(inner)])), strictly) as View<T>;
  }
  return value as View<T>;
}

/** Thrown when a template names a field that its data does not have. Handlebars' own strict mode does not check the arguments of helpers. */
export class MissingField extends Error {
  readonly field: string;
  constructor(field: string) {
    super(field);
    this.field = field;
  }
}

const strictly: ProxyHandler<Record<string, unknown>> = {
  get: (target, key) => {
    mustHave(target, key);
    return Reflect.get(target, key);
  },
  // Handlebars calls this first, and would report a missing field in its own words.
  has: (target, key) => {
    mustHave(target, key);
    return Reflect.has(target, key);
  },
};

function mustHave(target: Record<string, unknown>, key: string | symbol): void {
  if (typeof key === 'string' && !Object.hasOwn(target, key)) throw new MissingField(key);
}

/** Returns the data as it was before `protect`. */
export function unprotect(value: unknown): unknown {
  if (value instanceof Printable) return Printable.read(value);
  if (Array.isArray(value)) return value.map(unprotect);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unprotect(inner)]));
  return value;
}
