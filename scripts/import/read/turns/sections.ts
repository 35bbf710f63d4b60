/** Finds headings without Markdown marks: entries of a table of contents, and numbered or isolated lines between turns. */
import type { TextLine } from './turn-lines.ts';

export interface Sections {
  /** Line index -> text of the heading without its number. */
  headings: ReadonlyMap<number, string>;
  /** Line indexes of the table of contents. Every entry occurs again as a heading. */
  contents: ReadonlySet<number>;
}

export interface SectionContext {
  lines: readonly TextLine[];
  /** Whether a line begins with a speaker's label. */
  isTurn: (line: TextLine) => boolean;
}

export function findSections({ lines, isTurn }: SectionContext): Sections {
  const first = lines.findIndex(isTurn);
  const listed = listedSections(lines, first === -1 ? lines.length : first, isTurn);
  if (listed.headings.size > 0) return listed;
  const apart = lines.filter((_, at) => isApart(lines, at)).length;
  // If every paragraph has two blank lines before it, they mean nothing.
  const isRare = apart * 4 <= lines.filter((line, at) => isTurn(line) && !isWords(lines[at - 1])).length;
  const headings = new Map(lines.flatMap((_, at) => lonelyHeading(lines, at, isTurn, isRare)));
  return { headings, contents: listed.contents };
}

/** Finds a table of contents: at least two lines that stand alone before the first turn and occur again later as headings. */
function listedSections(lines: readonly TextLine[], first: number, isTurn: (line: TextLine) => boolean): Sections {
  const entries = new Map<string, number>();
  for (const { text, type, at } of lines.slice(0, first)) {
    const key = type === 'blank' || type === 'rule' || text.length > LONGEST ? '' : keyOf(text);
    if (!entries.has(key)) entries.set(key, at);
  }
  entries.delete('');
  const headings = new Map<number, string>();
  const contents = new Set<number>();
  for (const line of lines) {
    const entry = line.text.length > LONGEST || line.type === 'blank' ? undefined : entries.get(keyOf(line.text));
    if (entry === undefined || line.at <= entry || isTurn(line)) continue;
    headings.set(line.at, withoutNumber(line.text));
    contents.add(entry);
  }
  return contents.size >= 2 ? { headings, contents } : { headings: new Map(), contents: new Set() };
}

/** Finds a heading: a short line alone, with a number before it or two blank lines around it, followed by a turn. */
function lonelyHeading(lines: readonly TextLine[], at: number, isTurn: (line: TextLine) => boolean, isRare: boolean): [number, string][] {
  const line = lines[at];
  if (line?.type !== 'words' || line.text.length > LONGEST || isTurn(line) || isWords(lines[at - 1]) || isWords(lines[at + 1])) return [];
  if (/[.!?。！？,，;；:：…]["”’」』)）]?$/.test(line.text) || !/\p{L}/u.test(line.text)) return [];
  const next = lines.slice(at + 1, at + 6).find((each) => each.type === 'words');
  if (next === undefined || !isTurn(next)) return [];
  const isBold = /^\s*(\*\*|__).*\1\s*$/.test(line.raw);
  const isCapital = /\p{Lu}/u.test(line.text) && !/\p{Ll}/u.test(line.text);
  return NUMBERED.test(line.text) || isBold || isCapital || (isRare && isApart(lines, at)) ? [[line.at, withoutNumber(line.text)]] : [];
}

const LONGEST = 100;
const NUMBER = /^(?:\d{1,2}\s*[.、)）:：]\s*|0\d\s+|[一二三四五六七八九十]{1,3}\s*[、.．]\s*|[IVX]{1,4}\.\s+)(?=\S)/;
const TIME = /^[[(（]?(?:\d{1,2}:)?\d{1,2}:\d{2}[\])）]?\s*[-–—|]?\s*(?=\p{L})/u;
const NUMBERED = new RegExp(
  `${NUMBER.source}|^(?:chapter|part|section)\\s+[\\divx]+\\b|^第[一二三四五六七八九十\\d]{1,3}[章节節部回]|${TIME.source}`,
  'iu',
);

/** Returns the heading without its number or time. Keeps words such as "Chapter 3". */
export function withoutNumber(text: string): string {
  return text.replace(TIME, '').replace(NUMBER, '').trim();
}

/** Returns a key that ignores spaces and punctuation, which differ between the table of contents and the heading. */
function keyOf(text: string): string {
  const words = withoutNumber(text.replace(/^\d{1,2}\s+/, ''));
  return words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Whether two blank lines stand before a line. */
function isApart(lines: readonly TextLine[], at: number): boolean {
  return at >= 2 && lines[at]?.type === 'words' && lines[at - 1]?.type === 'blank' && lines[at - 2]?.type === 'blank';
}

function isWords(line: TextLine | undefined): boolean {
  return line !== undefined && (line.type === 'words' || line.type === 'heading');
}
