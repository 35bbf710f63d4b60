import { type Alias, type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';

export interface YamlFailure {
  line: number;
  column: number;
  reason: string;
}

/** The result of parsing a YAML text. `data` is null when the text does not parse or is not a mapping. */
export interface Yaml {
  data: Readonly<Record<string, unknown>> | null;
  failures: YamlFailure[];
  /** Returns the position of a key or value in the text, or of the nearest existing parent. Null for the text as a whole. */
  offsetOf(path: KeyPath, part: 'key' | 'value'): number | null;
  placeOf(offset: number): { line: number; column: number };
}

const MAX_ALIASES = 50;

/**
 * Parses YAML 1.2 with the core schema: `1:30` and `2023-08-21` stay text, keys must be unique, and aliases are limited. Never throws.
 */
export function parseYaml(source: string): Yaml {
  const tree = parseTree(source);
  if (tree === null) {
    return {
      data: null,
      failures: [{ line: 1, column: 1, reason: TOO_DEEP }],
      offsetOf: () => null,
      placeOf: () => ({ line: 1, column: 1 }),
    };
  }
  const { data, failures } = dataOf(tree);
  return { data, failures, ...positionsIn(source, failures.length > 0 ? tree : null) };
}

/**
 * Only findings need positions. A tree takes about a hundred times the memory of its text, so a long-running process parses again instead
 * of keeping it.
 */
function positionsIn(source: string, tree: Tree | null): Pick<Yaml, 'offsetOf' | 'placeOf'> {
  let kept = tree === null ? null : new WeakRef(tree);
  const make = () => {
    const made = kept?.deref() ?? parseTree(source);
    kept = made === null ? null : new WeakRef(made);
    return made;
  };
  return {
    offsetOf(path, part) {
      const made = make();
      return made === null ? null : findOffset(made.document, path, part);
    },
    placeOf(offset) {
      const made = make();
      return made === null ? { line: 1, column: 1 } : placeIn(made, offset);
    },
  };
}

/** Whether a value is an object with keys: not a list and not null. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const TOO_DEEP = 'it is nested too deeply';

interface Tree {
  document: Document.Parsed;
  lines: LineCounter;
}

/** Returns null when the text is nested too deeply. */
function parseTree(source: string): Tree | null {
  const lines = new LineCounter();
  try {
    const document = parseDocument(source, {
      version: '1.2',
      schema: 'core',
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'error',
    });
    return { document, lines };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function placeIn({ lines }: Tree, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function dataOf(tree: Tree): Pick<Yaml, 'data' | 'failures'> {
  const { document } = tree;
  const failures = failuresOf(tree);
  if (document.errors.some((error) => error.code !== 'DUPLICATE_KEY')) return { data: null, failures };
  const failed = (offset: number, reason: string) => ({ data: null, failures: [...failures, { ...placeIn(tree, offset), reason }] });
  keepNumbersOfFigures(document);
  try {
    const data: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    if (data === null) return { data: {}, failures };
    if (isRecord(data)) return { data, failures };
    return failed(
      document.contents?.range[0] ?? 0,
      `expected keys with values, found ${Array.isArray(data) ? 'a list' : 'a single value'}`,
    );
  } catch (error) {
    // Aliases are resolved only here. An alias without an anchor, or too many aliases, throw an error without a position.
    const reason = reasonForThrown(error);
    if (reason === null) throw error;
    return failed(firstAlias(document) ?? 0, reason);
  }
}

/** Keeps the numbers of figures as text, because they are shown as written: `1.50` is not shown as 1.5. */
function keepNumbersOfFigures(document: Document.Parsed): void {
  const figures: unknown = isMap(document.contents) ? document.contents.get('figures', true) : undefined;
  if (!isNode(figures)) return;
  visit(figures, {
    Scalar(key, scalar) {
      if (key !== 'key' && typeof scalar.value === 'number' && scalar.source !== undefined) scalar.value = scalar.source;
    },
  });
}

/** Returns every duplicate key, but only the first of the other errors: later ones are mostly consequences of it. */
function failuresOf(tree: Tree): YamlFailure[] {
  const failures: YamlFailure[] = [];
  let others = 0;
  // The parser only warns of an unknown tag such as `!important`, but the tagged word would be lost.
  for (const error of [...tree.document.errors, ...tree.document.warnings]) {
    const duplicate = error.code === 'DUPLICATE_KEY';
    if (!duplicate && others > 0) continue;
    if (!duplicate) others += 1;
    failures.push({
      ...placeIn(tree, startOfQuote(tree.document, error) ?? error.pos[0]),
      reason: words[error.code] ?? readable(error.message),
    });
  }
  return failures;
}

const words: Record<string, string> = {
  DUPLICATE_KEY: 'this key stands here twice',
  MULTIPLE_DOCS: 'text after a line of three dots',
  BLOCK_AS_IMPLICIT_KEY: 'a text with ": " in it must be in quotes',
};

function readable(message: string): string {
  if (message.includes('call stack')) return TOO_DEEP;
  if (MISSING_QUOTE.test(message)) return 'this text in quotes is never closed';
  const [, end] = /^Flow .* end with a (\S)$/.exec(message) ?? [];
  if (end !== undefined) return `a closing ${end} is missing`;
  return message.charAt(0).toLowerCase() + message.slice(1);
}

const MISSING_QUOTE = /^Missing closing ['"]quote/;

/**
 * Returns the start of a quoted text whose closing quote is missing. It reaches to the end of the file, so its start is the useful place.
 */
function startOfQuote(document: Document.Parsed, error: { message: string; pos: [number, number] }): number | null {
  let start: number | null = null;
  if (!MISSING_QUOTE.test(error.message)) return start;
  visit(document, {
    Scalar(_key, { type, range }) {
      if (type?.startsWith('QUOTE') === true && range != null && range[2] >= error.pos[0]) start ??= range[0];
    },
  });
  return start;
}

function reasonForThrown(error: unknown): string | null {
  if (error instanceof RangeError) return TOO_DEEP;
  if (!(error instanceof Error) || error.name !== 'ReferenceError') return null;
  const [, name] = /: (\S+)$/.exec(error.message) ?? [];
  return name !== undefined && error.message.startsWith('Unresolved')
    ? `nothing is marked &${name}, which *${name} refers to`
    : `at most ${MAX_ALIASES} references (*name) are followed`;
}

function firstAlias(document: Document.Parsed): number | null {
  let offset: number | null = null;
  visit(document, {
    Alias(_key, node: Alias) {
      offset = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

/** Keys and list positions that lead to a value, such as `['figures', 0, 'alt']`. */
export type KeyPath = readonly (string | number)[];

/**
 * Returns the offset of the key or value at a path; when it does not exist, the offset of the nearest existing parent. Null at the root.
 */
function findOffset(document: Document.Parsed, path: KeyPath, part: 'key' | 'value'): number | null {
  let node: unknown = document.contents;
  let offset: number | null = null;
  for (const [index, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      // Of two equal keys, the last one gives the value.
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

/** Whether the value of a key is left empty (`key:`). */
function isEmpty(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null && (node.source ?? '') === '');
}

function rangeStart(node: unknown): number | null {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return null;
  const start: unknown = node.range[0];
  return typeof start === 'number' ? start : null;
}
