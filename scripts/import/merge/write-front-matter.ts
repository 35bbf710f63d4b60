/** Writes front matter: one line for each key and for each item of a list of people, sections or declared tags. */
// yaml: also reads the front matter of content. It knows which texts need quotes.
import { Document } from 'yaml';

/** A text, a text that is always quoted (dates and times), a list of words on one line, a mapping or a list of mappings. */
export type FrontValue =
  | string
  | { quoted: string }
  | { words: readonly string[] }
  | { keys: Readonly<Record<string, FrontValue | null>> }
  | { rows: readonly MatterRow[] };

/** A list item on one line. Null values are left out. */
export type MatterRow = Readonly<Record<string, string | readonly string[] | null>>;

/** Returns front matter with its fences and a final line end. Null values are left out. */
export function frontMatter(values: Readonly<Record<string, FrontValue | null>>): string {
  return `---\n${linesOfKeys(values, '')}---\n`;
}

/** Returns a key with its value and the line end. */
export function keyLine(key: string, value: FrontValue, indent = ''): string {
  if (typeof value === 'object' && 'keys' in value) return `${indent}${scalar(key)}:\n${linesOfKeys(value.keys, `${indent}  `)}`;
  if (typeof value === 'object' && 'rows' in value)
    return `${indent}${key}:\n${value.rows.map((row) => `${indent}  - ${rowOf(row)}\n`).join('')}`;
  return `${indent}${scalar(key)}: ${inlineValue(value)}\n`;
}

/** Returns a value that fits on the line of its key. */
export function inlineValue(value: string | { quoted: string } | { words: readonly string[] }): string {
  if (typeof value === 'string') return scalar(value);
  return 'quoted' in value ? JSON.stringify(value.quoted) : `[${value.words.map(scalar).join(', ')}]`;
}

/** Returns a list item on one line. */
export function rowOf(row: MatterRow): string {
  const pairs = Object.entries(row).flatMap(([key, text]) =>
    text === null ? [] : [`${key}: ${inlineValue(typeof text === 'string' ? text : { words: text })}`],
  );
  return `{ ${pairs.join(', ')} }`;
}

/** Returns a text as YAML for any position in a line, quoted when needed. */
export function scalar(text: string): string {
  if (PLAIN.test(text) && !NO_TEXT.test(text)) return text;
  // Written as an item of a list on one line, where most special characters need quotes.
  const document = new Document(null, { version: '1.2', schema: 'core' });
  document.contents = document.createNode([text], { flow: true });
  const line = document.toString({ lineWidth: 0, flowCollectionPadding: false }).trim().slice(1, -1);
  // A line inside quotes could begin like a fence.
  return line.includes('\n') ? JSON.stringify(text) : line;
}

/** Texts that never need quotes. This skips the YAML writer, which is slow for hundreds of exchanges. */
const PLAIN = /^\p{L}[\p{L}\p{N} ()'’.-]*[\p{L}\p{N}?.)]$/u;
const NO_TEXT = /^(?:true|false|null)$/i;

function linesOfKeys(values: Readonly<Record<string, FrontValue | null>>, indent: string): string {
  return Object.entries(values)
    .flatMap(([key, value]) => (value === null ? [] : [keyLine(key, value, indent)]))
    .join('');
}
