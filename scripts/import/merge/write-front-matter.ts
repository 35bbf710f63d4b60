/** Front matter as it is written: a line for each key, or for each item of a list of people, sections or declared tags. */
// yaml: also reads the front matter of content; it knows which texts need quotes.
import { Document } from 'yaml';

/** A text; one that stands in quotes, as dates and times do; words in a row; a mapping with a line for each key; a list with a line for each mapping. */
export type FrontValue =
  | string
  | { quoted: string }
  | { words: readonly string[] }
  | { keys: Readonly<Record<string, FrontValue | null>> }
  | { rows: readonly Row[] };

/** An item of a list, which stands on one line; what is null is left out. */
export type Row = Readonly<Record<string, string | readonly string[] | null>>;

/** Front matter with its fences and a last line end. What is null is left out. */
export function frontMatter(values: Readonly<Record<string, FrontValue | null>>): string {
  return `---\n${linesOfKeys(values, '')}---\n`;
}

/** A key with its value and the line end. */
export function keyLine(key: string, value: FrontValue, indent = ''): string {
  if (typeof value === 'object' && 'keys' in value) return `${indent}${scalar(key)}:\n${linesOfKeys(value.keys, `${indent}  `)}`;
  if (typeof value === 'object' && 'rows' in value)
    return `${indent}${key}:\n${value.rows.map((row) => `${indent}  - ${rowOf(row)}\n`).join('')}`;
  return `${indent}${scalar(key)}: ${inlineValue(value)}\n`;
}

/** A value that stands on the line of its key. */
export function inlineValue(value: string | { quoted: string } | { words: readonly string[] }): string {
  if (typeof value === 'string') return scalar(value);
  return 'quoted' in value ? JSON.stringify(value.quoted) : `[${value.words.map(scalar).join(', ')}]`;
}

/** An item of a list on one line. */
export function rowOf(row: Row): string {
  const pairs = Object.entries(row).flatMap(([key, text]) =>
    text === null ? [] : [`${key}: ${inlineValue(typeof text === 'string' ? text : { words: text })}`],
  );
  return `{ ${pairs.join(', ')} }`;
}

/** A text as it may stand anywhere on a line, in quotes where it needs them. */
export function scalar(text: string): string {
  if (PLAIN.test(text) && !NO_TEXT.test(text)) return text;
  // As the item of a list on one line, where most marks mean something.
  const document = new Document(null, { version: '1.2', schema: 'core' });
  document.contents = document.createNode([text], { flow: true });
  const line = document.toString({ lineWidth: 0, flowCollectionPadding: false }).trim().slice(1, -1);
  // A line end within quotes might begin with the fence.
  return line.includes('\n') ? JSON.stringify(text) : line;
}

/** Most texts: they need not be asked about, which takes its time for hundreds of exchanges. */
const PLAIN = /^\p{L}[\p{L}\p{N} ()'’.-]*[\p{L}\p{N}?.)]$/u;
const NO_TEXT = /^(?:true|false|null)$/i;

function linesOfKeys(values: Readonly<Record<string, FrontValue | null>>, indent: string): string {
  return Object.entries(values)
    .flatMap(([key, value]) => (value === null ? [] : [keyLine(key, value, indent)]))
    .join('');
}
