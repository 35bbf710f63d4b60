/**
 * Reads YAML that is nothing but keys, lists and one-line values, as most front matter is, some twenty times faster than a whole YAML
 * parser does. Returns null as soon as anything else could be meant, errors included. Law (tested): what it returns is what the parser
 * returns.
 */
export function readPlainYaml(source: string): Record<string, unknown> | null {
  // White space other than plain spaces, and spaces at the end of a line, may mean something.
  if (/[^\S\n ]| $/m.test(source)) return null;
  const lines = source.split('\n').map((text) => ({ indent: text.search(/[^ ]|$/), text: text.trimStart() }));
  if (lines[0]?.text === '') lines.shift();
  if (lines.at(-1)?.text === '') lines.pop();
  const cursor: Cursor = { lines, at: 0 };
  const value = readMap(cursor, 0);
  return value === UNUSUAL || cursor.at < lines.length ? null : value;
}

interface Line {
  indent: number;
  text: string;
}

interface Cursor {
  lines: Line[];
  at: number;
}

const UNUSUAL = Symbol('may mean something that only the parser knows');
type Unusual = typeof UNUSUAL;

function readMap(cursor: Cursor, indent: number): Record<string, unknown> | Unusual {
  const map: Record<string, unknown> = {};
  for (let line = cursor.lines[cursor.at]; line?.indent === indent && !line.text.startsWith('-'); line = cursor.lines[cursor.at]) {
    const [, key, rest] = /^([a-z]+):(?: (.+))?$/.exec(line.text) ?? [];
    // The key `null` would be no text.
    if (key === undefined || key === 'null' || Object.hasOwn(map, key)) return UNUSUAL;
    cursor.at += 1;
    const value = rest === undefined ? readNested(cursor, indent) : readValue(rest);
    if (value === UNUSUAL) return UNUSUAL;
    map[key] = value;
  }
  // A deeper line would go on with the last value.
  return Object.keys(map).length === 0 || isDeeper(cursor, indent) ? UNUSUAL : map;
}

function readNested(cursor: Cursor, indent: number): unknown {
  const line = cursor.lines[cursor.at];
  if (line === undefined || !isDeeper(cursor, indent)) return UNUSUAL;
  return line.text.startsWith('-') ? readList(cursor, line.indent) : readMap(cursor, line.indent);
}

function readList(cursor: Cursor, indent: number): unknown[] | Unusual {
  const items: unknown[] = [];
  for (let line = cursor.lines[cursor.at]; line?.indent === indent; line = cursor.lines[cursor.at]) {
    const [, text] = /^- ([^ ].*)$/.exec(line.text) ?? [];
    if (text === undefined) return UNUSUAL;
    const isMap = /^[a-z]+:(?: |$)/.test(text);
    // The first key of a map in a list stands as if it were indented by the dash.
    if (isMap) cursor.lines[cursor.at] = { indent: indent + 2, text };
    else cursor.at += 1;
    const value = isMap ? readMap(cursor, indent + 2) : readValue(text);
    if (value === UNUSUAL) return UNUSUAL;
    items.push(value);
  }
  return isDeeper(cursor, indent) ? UNUSUAL : items;
}

function isDeeper(cursor: Cursor, indent: number): boolean {
  return (cursor.lines[cursor.at]?.indent ?? 0) > indent;
}

function readValue(text: string): unknown {
  if (text.startsWith('[') || text.startsWith('{')) return readFlow(text);
  if (text.startsWith('"') || text.startsWith("'")) return readQuoted(text);
  return / #|: |:$/.test(text) ? UNUSUAL : readBare(text);
}

const QUOTED = /^(?:"([^"\\]*)"|'([^']*)')$/;

function readQuoted(text: string): unknown {
  const [match, double, single] = QUOTED.exec(text) ?? [];
  return match === undefined ? UNUSUAL : (double ?? single ?? '');
}

/** Starts with nothing that is a mark, a sign or a digit. */
const BARE = /^[^\s\p{Cc}\d\-+.~?:,[\]{}#&*!|>'"%@`=<\ufeff]/u;

function readBare(text: string): unknown {
  if (/^(?:0|[1-9]\d{0,14}|(?:0|[1-9]\d{0,8})\.\d{1,6})$/.test(text)) return Number(text);
  if (/^(?:true|false)$/.test(text)) return text === 'true';
  // Dates, times and other numbers are left to the parser; `25 July` and `2–3` are none.
  if (/^\d.*[^\w.+:-]/.test(text)) return text;
  return !BARE.test(text) || /^(?:null|true|false)$/i.test(text) ? UNUSUAL : text;
}

const FLOW_ITEM = /^(?:([a-z]+): )?("[^"\\]*"|'[^']*'|[^\s,:[\]{}#"'](?:[^,:[\]{}#]*[^\s,:[\]{}#])?)(?:, |$)/;

/** `[a, "b"]` or `{ a: b, c: 1 }`, with nothing nested in it. */
function readFlow(text: string): unknown {
  const [, open, inner, end] = /^([[{]) ?(.*?) ?([\]}])$/.exec(text) ?? [];
  if (inner === undefined || (open === '[') !== (end === ']')) return UNUSUAL;
  const found: [string | undefined, unknown][] = [];
  for (let rest = inner; rest !== ''; ) {
    const [match, key, item] = FLOW_ITEM.exec(rest) ?? [];
    if (match === undefined || item === undefined) return UNUSUAL;
    const value = /^["']/.test(item) ? readQuoted(item) : readBare(item);
    rest = rest.slice(match.length);
    if (value === UNUSUAL || (key === undefined) !== (open === '[') || (rest === '' && match.endsWith(', '))) return UNUSUAL;
    found.push([key, value]);
  }
  if (open === '[') return found.map(([, value]) => value);
  const map = Object.fromEntries(found.map(([key, value]) => [key ?? '', value]));
  return Object.keys(map).length === found.length ? map : UNUSUAL;
}
