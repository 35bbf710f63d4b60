/** Edits existing front matter. Everything that is not changed keeps its bytes, including comments. */
import { type Document, isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { inlineValue, keyLine, type MatterRow, rowOf, scalar } from './write-front-matter.ts';

export interface EditableMatter {
  /** Parsed as YAML 1.2. */
  data: Readonly<Record<string, unknown>>;
  /** The offset of the body in the text of the file. */
  bodyAt: number;
}

/** Returns the front matter of a file; null when it has none or it is not a mapping. */
export function readEditableMatter(text: string): EditableMatter | null {
  const found = locate(text);
  if (found === null) return null;
  const data: unknown = found.document.toJS({ maxAliasCount: 50 });
  return { data: typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {}, bodyAt: found.bodyAt };
}

/** Returns the offset of the body. Works for unreadable front matter too. */
export function bodyStart(text: string): number {
  const fences = fencesOf(text);
  return fences === null ? 0 : fences.bodyAt;
}

/** Returns the file with a key set, or removed when the value is null. Returns null when that would change more than this key. */
export function setKey(text: string, key: string, value: string | { quoted: string } | { words: readonly string[] } | null): string | null {
  const found = locate(text);
  if (found === null) return null;
  const pair = pairOf(found.map, key);
  if (pair === null) return value === null ? text : insert(found, keyLine(key, value));
  const [from, to] = extentOf(pair, found.source);
  if (value !== null) {
    const colon = found.source.indexOf(':', keyEnd(pair));
    return colon === -1 ? null : checked(found, splice(found, colon + 1, Math.max(to, colon + 1), ` ${inlineValue(value)}`));
  }
  const line = found.source.lastIndexOf('\n', from) + 1;
  const end = found.source.indexOf('\n', to);
  return checked(found, splice(found, line, end === -1 ? found.source.length : end + 1, ''));
}

/** Returns the file with items added to a list of mappings, in the style of that list. Null when they cannot be added. */
export function addRows(text: string, key: string, rows: readonly MatterRow[]): string | null {
  if (rows.length === 0) return text;
  const found = locate(text);
  if (found === null) return null;
  const pair = pairOf(found.map, key);
  if (pair === null) return insert(found, keyLine(key, { rows }));
  const list = pair.value;
  const { source, eol } = found;
  if (!isSeq(list) || list.items.length === 0) {
    const [, to] = extentOf(pair, source);
    const colon = source.indexOf(':', keyEnd(pair));
    return checked(found, splice(found, colon + 1, Math.max(to, colon + 1), rows.map((row) => `${eol}  - ${rowOf(row)}`).join('')));
  }
  const last = endOf(list.items.at(-1));
  const first = startOf(list.items[0]);
  if (last === null || first === null) return null;
  if (list.flow === true) return checked(found, splice(found, last, last, rows.map((row) => `, ${rowOf(row)}`).join('')));
  const indent = /[^\n]*$/.exec(source.slice(0, first))?.[0].replace(/-[ \t]*$/, '') ?? '';
  // Insert after anything else on the last item's line, such as a comment.
  const at = lineEnd(source, contentEnd(source, last));
  return checked(found, splice(found, at, at, rows.map((row) => `${eol}${indent}- ${rowOf(row)}`).join('')));
}

/** Returns the file with keys added to a mapping of texts, such as the declared tags. Null when they cannot be added. */
export function addKeys(text: string, key: string, entries: readonly (readonly [string, string])[]): string | null {
  if (entries.length === 0) return text;
  const found = locate(text);
  if (found === null) return null;
  const pair = pairOf(found.map, key);
  if (pair === null) return insert(found, keyLine(key, { keys: Object.fromEntries(entries) }));
  const map = pair.value;
  const { source, eol } = found;
  if (!isMap(map) || map.items.length === 0) {
    const [, to] = extentOf(pair, source);
    const colon = source.indexOf(':', keyEnd(pair));
    return checked(
      found,
      splice(
        found,
        colon + 1,
        Math.max(to, colon + 1),
        entries.map(([name, words]) => `${eol}  ${scalar(name)}: ${scalar(words)}`).join(''),
      ),
    );
  }
  const lastPair = map.items.at(-1);
  const firstPair = map.items[0];
  if (lastPair === undefined || firstPair === undefined) return null;
  const last = extentOf(lastPair, source)[1];
  const written = entries.map(([name, words]) => `${scalar(name)}: ${scalar(words)}`);
  if (map.flow === true) return checked(found, splice(found, last, last, written.map((each) => `, ${each}`).join('')));
  const start = startOf(firstPair.key);
  if (start === null) return null;
  const indent = /[^\n]*$/.exec(source.slice(0, start))?.[0] ?? '';
  const at = lineEnd(source, last);
  return checked(found, splice(found, at, at, written.map((each) => `${eol}${indent}${each}`).join('')));
}

/** Returns the file with a text set in the list item that has the given `id`. Null when it cannot be set. */
export function setInRow(text: string, list: string, id: string, key: string, value: string): string | null {
  const found = locate(text);
  const rows = found === null ? null : (pairOf(found.map, list)?.value ?? null);
  if (found === null || !isSeq(rows)) return null;
  const row = rows.items.find((item) => isMap(item) && item.get('id') === id);
  const node = isMap(row) ? pairOf(row, key)?.value : null;
  const [start, end] = [startOf(node), endOf(node)];
  return start === null || end === null ? null : checked(found, splice(found, start, end, scalar(value)));
}

interface Located {
  text: string;
  /** The YAML between the fences, including the last line end. */
  source: string;
  /** The offset of the YAML in the text. */
  at: number;
  bodyAt: number;
  document: Document.Parsed;
  map: YAMLMap;
  eol: string;
}

type AnyPair = Pair<unknown, unknown>;

const OPEN = /^\ufeff?---[ \t]*(?:ya?ml)?[ \t]*\r?\n/i;

function locate(text: string): Located | null {
  const fences = fencesOf(text);
  if (fences === null) return null;
  const { source } = fences;
  const document = parseDocument(source, { version: '1.2', schema: 'core', prettyErrors: false, logLevel: 'error' });
  const map = document.contents;
  if (document.errors.length > 0 || !isMap(map) || map.flow === true) return null;
  return { text, ...fences, document, map: map as YAMLMap, eol: source.includes('\r\n') ? '\r\n' : '\n' };
}

function fencesOf(text: string): Pick<Located, 'source' | 'at' | 'bodyAt'> | null {
  const open = OPEN.exec(text)?.[0];
  if (open === undefined) return null;
  const close = /^---[ \t]*(?:\r?\n|$)/m.exec(text.slice(open.length));
  if (close === null) return null;
  return {
    source: text.slice(open.length, open.length + close.index),
    at: open.length,
    bodyAt: open.length + close.index + close[0].length,
  };
}

function splice({ text, at }: Located, from: number, to: number, words: string): string {
  return text.slice(0, at + from) + words + text.slice(at + to);
}

/** Inserts lines before the closing fence. */
function insert(found: Located, lines: string): string | null {
  const end = found.source.length;
  const missing = end > 0 && !found.source.endsWith('\n') ? found.eol : '';
  return checked(found, splice(found, end, end, missing + lines.replaceAll('\n', found.eol)));
}

/** Returns the new text, or null when its front matter does not parse or its body has changed. Guards against unusual layouts. */
function checked(before: Located, text: string): string | null {
  const after = locate(text);
  return after === null || after.text.slice(after.bodyAt) !== before.text.slice(before.bodyAt) ? null : text;
}

function pairOf(map: unknown, key: string): AnyPair | null {
  if (!isMap(map)) return null;
  return (map.items as AnyPair[]).find((pair) => isScalar(pair.key) && pair.key.value === key) ?? null;
}

/** Returns the range of a pair, without the white space after its value. */
function extentOf(pair: AnyPair, source: string): [number, number] {
  const start = startOf(pair.key) ?? 0;
  const end = endOf(pair.value) ?? keyEnd(pair);
  return [start, Math.max(contentEnd(source, end), keyEnd(pair))];
}

function keyEnd(pair: AnyPair): number {
  return endOf(pair.key) ?? 0;
}

function contentEnd(source: string, end: number): number {
  return source.slice(0, end).trimEnd().length;
}

function lineEnd(source: string, from: number): number {
  const at = source.indexOf('\n', from);
  if (at === -1) return source.length;
  return source.charAt(at - 1) === '\r' ? at - 1 : at;
}

function startOf(node: unknown): number | null {
  return rangeOf(node)?.[0] ?? null;
}

function endOf(node: unknown): number | null {
  return rangeOf(node)?.[1] ?? null;
}

function rangeOf(node: unknown): readonly [number, number, number] | null {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? (node.range as unknown as [number, number, number])
    : null;
}
