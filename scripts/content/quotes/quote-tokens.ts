/** Splits text into the words by which a quote and a transcript are compared. */

/** A word in its compared form, and its range in the text in UTF-16 units. */
export interface Token {
  key: string;
  from: number;
  to: number;
}

/**
 * Returns the words of a text. Words are whole: "can" does not match in "American". Scripts without spaces are split into characters.
 * Numbers stay as written ("2.5", "2-3", "-5%", "$5"), with signs that change their meaning. White space, other punctuation, case and
 * typographic variants are ignored.
 */
export function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map((match) => ({ key: keyOf(match[0]), from: match.index, to: match.index + match[0].length }));
}

/** Returns the length of tokens in words. Two characters of a script without spaces count as one word. */
export function weightOf(tokens: readonly Token[]): number {
  return tokens.reduce((sum, { key }) => sum + (ALONE.test(key) ? 0.5 : 1), 0);
}

const unspaced = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}ー\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';
/** Soft hyphens, joiners and similar characters, which may stand inside words but are ignored. */
const invisible = '\\u00ad\\u200b-\\u200d\\u2060\\ufeff';
const dash = '\\-\\u2010-\\u2015\\u2212\\ufe63\\uff0d';
const apostrophe = "'’ʼ＇";
const ALONE = new RegExp(`^[${unspaced}]\\p{M}*$`, 'u');
const TOKEN = new RegExp(
  [
    `[${unspaced}][\\p{M}\\uff9e\\uff9f]*`,
    `(?:(?<![\\p{L}\\p{M}\\p{N}${dash}])[${dash}](?=\\p{Nd}))?(?:(?![${unspaced}])[\\p{L}\\p{M}\\p{N}${invisible}]|(?<=[\\p{L}\\p{M}])[${apostrophe}](?=\\p{L})|(?<=\\p{Nd})[.,:/．，：／${dash}](?=\\p{Nd}))+`,
    '[%‰％\\p{Sc}+<>=±×÷≤≥≠≈°]',
  ].join('|'),
  'gu',
);

const PLAIN = /^(?:[a-zA-Z0-9]+|[\u4e00-\u9fff])$/;
const INVISIBLE = new RegExp(`[${invisible}]`, 'g');
const DASH = new RegExp(`[${dash}]`, 'g');
const APOSTROPHE = new RegExp(`[${apostrophe}]`, 'g');

function keyOf(token: string): string {
  if (PLAIN.test(token)) return token.toLowerCase();
  return (
    token
      .replace(INVISIBLE, '')
      // Keeps "10²" from becoming "102".
      .replace(/[\u00b2\u00b3\u00b9\u2070-\u2079]+/g, '^$&')
      .normalize('NFKC')
      .replace(DASH, '-')
      .replace(APOSTROPHE, "'")
      // Upper case first, so that "ß" and "SS" match.
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKC')
  );
}

/** Markdown source, and its first line in the file. */
export interface QuoteSource {
  text: string;
  line: number;
}

/**
 * Returns the place of words in the file, since the parser only gives the start of their block, which may be many lines above. Returns
 * the first place from `start` on at which the first of the words occur side by side; `start` when marks between the words prevent a
 * match.
 */
export function placeInSource(
  words: readonly Token[],
  start: { line: number; column: number },
  source: QuoteSource | null,
): { line: number; column: number } {
  if (source === null || words.length === 0) return start;
  const rest = linesFrom(source.text, start.line - source.line).slice(0, FARTHEST);
  const tokens = tokensOf(rest);
  const wanted = words.slice(0, 4);
  const found = tokens.find((_, index) => wanted.every(({ key }, offset) => tokens[index + offset]?.key === key));
  if (found === undefined) return start;
  const before = rest.slice(0, found.from).split('\n');
  const line = rest.split('\n', before.length).at(-1) ?? '';
  return before.length === 1 ? start : { line: start.line + before.length - 1, column: Math.max(0, line.search(/\S/)) + 1 };
}

/** In characters. Words farther from the start of their block are placed at its start. */
const FARTHEST = 50_000;

/** Returns the text from a line on, counted from 0. */
export function linesFrom(text: string, line: number): string {
  let from = 0;
  for (let skipped = 0; skipped < line; skipped += 1) from = text.indexOf('\n', from) + 1;
  return text.slice(from);
}
