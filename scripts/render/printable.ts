/**
 * Text on its way to a template. A template cannot print it by accident: `{{value}}` and `{{{value}}}` both throw; only the helpers,
 * each of which escapes for one place, can read it.
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

/** Any plain data with every string in it wrapped. */
export type View<T> = T extends string
  ? Printable
  : T extends readonly (infer U)[]
    ? View<U>[]
    : T extends object
      ? { [K in keyof T]: View<T[K]> }
      : T;

/** Wraps every string of plain data. Rich text (`blocks`, `definition`, `notes`, `summary`) is wrapped too: helpers unwrap it. */
export function protect<T>(value: T): View<T> {
  if (typeof value === 'string') return new Printable(value) as View<T>;
  if (Array.isArray(value)) return value.map(protect) as View<T>;
  if (value !== null && typeof value === 'object') {
    return new Proxy(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, protect(inner)])), strictly) as View<T>;
  }
  return value as View<T>;
}

/** A template named a field that its data does not have. Handlebars' own strict mode does not look at the arguments of helpers. */
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
  // Handlebars asks so first, and would say what it misses in words of its own.
  has: (target, key) => {
    mustHave(target, key);
    return Reflect.has(target, key);
  },
};

function mustHave(target: Record<string, unknown>, key: string | symbol): void {
  if (typeof key === 'string' && !Object.hasOwn(target, key)) throw new MissingField(key);
}

/** The data as it was before `protect`. */
export function unprotect(value: unknown): unknown {
  if (value instanceof Printable) return Printable.read(value);
  if (Array.isArray(value)) return value.map(unprotect);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unprotect(inner)]));
  return value;
}
