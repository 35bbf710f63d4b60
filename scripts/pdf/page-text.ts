/** What a page of a PDF says to somebody who reads it. */

/** A stretch of text as pdf.js hands it over. */
export interface TextItem {
  str: string;
  /** Direction of its letters. */
  dir: string;
  /** Whether a line ends with it. */
  hasEOL: boolean;
}

export interface PageText {
  isEmpty: boolean;
  /** Whether the page shows a text whole and in one piece; so many times (once when not given); where its lines are broken and which form its characters have does not matter. */
  holds(text: string, times?: number): boolean;
  /** For text from right to left: whether its words are there, in whatever order. No page says in which one a line that mixes directions is read. */
  holdsWords(text: string): boolean;
}

/** Whether pages show a text: one of them whole, or its beginning one and the rest the next, however many it runs over. */
export function isOnPages(text: string, pages: readonly PageText[]): boolean {
  return (
    pages.some((page) => page.holds(text) || page.holdsWords(text)) ||
    pages.some((_, index) => runsOn([...text], pages.slice(index))) ||
    (RIGHT_TO_LEFT.test(text) && pages.some((page, index) => haveWords(text, [page, ...pages.slice(index + 1, index + 2)])))
  );
}

/** Of text that mixes directions a page has no beginning: its words are on one page or the next. */
function haveWords(text: string, pages: readonly PageText[]): boolean {
  return text.split(/\s+/).every((word) => pages.some((page) => page.holds(word) || page.holdsWords(word)));
}

/** Whether the first page holds a beginning of the text and those behind it what follows. */
function runsOn(text: readonly string[], [page, ...others]: readonly PageText[]): boolean {
  if (page === undefined) return false;
  if (page.holds(text.join(''))) return true;
  // A page that holds a beginning holds every shorter one.
  let [held, beyond] = [0, text.length];
  while (beyond - held > 1) {
    const middle = Math.floor((held + beyond) / 2);
    if (page.holds(text.slice(0, middle).join(''))) held = middle;
    else beyond = middle;
  }
  // A few letters stand anywhere: a passage is found by more than chance.
  return held >= LEAST_HELD && runsOn(text.slice(held), others);
}

const LEAST_HELD = 8;

/** `unsure` are characters that the theme's fonts do not have: whether they can be read in the PDF depends on the machine's. */
export function readPage(items: readonly TextItem[], unsure: ReadonlySet<string> = new Set()): PageText {
  const drawn = comparable(items.map(({ str }) => str).join(''));
  const turned = items.some(isRightToLeft) ? [turnedText(items), turnedFromRight(items)].map(wordsOf) : [];
  return {
    isEmpty: drawn === '',
    holds(text, times = 1) {
      const wanted = lastComparable(text);
      if (drawn.includes(wanted)) return times === 1 || wanted === '' || drawn.split(wanted).length > times;
      // A soft hyphen at which a line was broken shows as a hyphen.
      if (text.includes('\u00ad') && withoutHyphens(drawn).includes(withoutHyphens(wanted))) return true;
      if (turned.some((page) => page.includes(wordsOf(text)))) return true;
      const words = text.split(/\s+/).map((word) => sureOf(word, unsure));
      return unsure.size > 0 && words.every((word) => drawn.includes(comparable(word)));
    },
    holdsWords(text) {
      const pages = [...turned, drawn];
      const holds = (part: string) => pages.some((page) => page.includes(part));
      // An override (U+202D, U+202E) turns everything around, up to its end or that of the paragraph, but letters with their marks not: each is there.
      const holdsTurned = (part: string) => /[\u202d\u202e]/.test(text) && [...part].every(holds);
      const holdsParts = (word: string) =>
        (comparable(word).match(ONE_WAY) ?? []).every((part) => holds(part) || holdsTurned(part) || holdsDivided(part, holds));
      // Of the characters that no font of the theme has, some can be read where they stand and some cannot.
      return RIGHT_TO_LEFT.test(text) && text.split(/\s+/).every((word) => holdsParts(word) || partsAround(word, unsure).every(holdsParts));
    },
  };
}

/**
 * How lines were broken and which form of a character the font has must not matter. Fonts have one glyph for the apostrophe and for the letter that looks
 * like it; Chromium says in /ActualText which it is, but pdf.js does not read that.
 */
function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll('\u02bc', '’')
    .replace(/[\s\p{Default_Ignorable_Code_Point}\p{Cc}]/gu, '');
}

/** Letters and marks that are written from right to left. */
export const RIGHT_TO_LEFT = /[\u0590-\u08ff\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const sureOf = (text: string, unsure: ReadonlySet<string>) => [...text.normalize()].filter((character) => !unsure.has(character)).join('');

/** What stands between the characters that are unsure. */
function partsAround(word: string, unsure: ReadonlySet<string>): string[] {
  return [...word.normalize()]
    .map((character) => (unsure.has(character) ? '\n' : character))
    .join('')
    .split('\n');
}

/** Page after page is asked for the same text. */
function lastComparable(text: string): string {
  if (last.text !== text) last = { text, comparable: comparable(text) };
  return last.comparable;
}

let last = { text: '', comparable: '' };

/** Whether a word is there that a line end divides: in a table the cells beside it stand between its parts. */
function holdsDivided(word: string, holds: (part: string) => boolean): boolean {
  if (!DIVIDED.test(word)) return false;
  const letters = [...word];
  return letters.some((_, end) => end > 0 && holds(letters.slice(0, end).join('')) && holds(letters.slice(end).join('')));
}

/** Scripts that are written without spaces, and Korean, whose lines end between any two syllables here. */
const DIVIDED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Letters of one direction, and numbers, which stand on the other side of letters from right to left than of others. */
const ONE_WAY =
  /[\u0590-\u08ff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]+|\p{Nd}+|[^\u0590-\u08ff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}\p{P}\p{S}\p{Nd}]+/gu;

const withoutHyphens = (text: string) => text.replace(/[-\u2010]/g, '');
/** Marks between words from right to left are mirrored, and stand now on this side, now on that. */
const wordsOf = (text: string) => comparable(text).replace(/[\p{P}\p{S}]/gu, '');

/** Items come from left to right: those written from right to left are put in the order in which they are read, line by line, as lines of other text are. */
function turnedText(items: readonly TextItem[]): string {
  const text: string[] = [];
  let run: TextItem[] = [];
  const flush = () => {
    // What follows the last word from right to left stands behind the run, where it is.
    const end = run.findLastIndex(isRightToLeft) + 1;
    text.push(...run.slice(0, end).reverse().map(textOf), ...run.slice(end).map(textOf));
    run = [];
  };
  for (const item of items) {
    if (isRightToLeft(item) || (run.length > 0 && !/\p{L}/u.test(item.str))) run.push(item);
    else {
      flush();
      text.push(item.str);
    }
    if (item.hasEOL) flush();
  }
  flush();
  return text.join('');
}

/** The same for paragraphs that are read from right to left: of a whole line the order is turned, but for words from left to right beside each other. */
function turnedFromRight(items: readonly TextItem[]): string {
  const text: string[] = [];
  let line: TextItem[] = [];
  for (const item of items) {
    line.push(item);
    if (!item.hasEOL) continue;
    let run: TextItem[] = [];
    for (const each of line.reverse()) {
      if (isRightToLeft(each)) {
        text.push(...run.reverse().map(textOf), each.str);
        run = [];
      } else run.push(each);
    }
    text.push(...run.reverse().map(textOf));
    line = [];
  }
  return [...text, ...line.map(textOf)].join('');
}

const textOf = ({ str }: TextItem) => str;
const isRightToLeft = ({ dir, str }: TextItem) => dir === 'rtl' && str.trim() !== '';

// Characters that only look like the one that was written: a page shows the right picture, and copying and searching find something else.

interface KnownCharacters {
  /** All that is written in the PDF and is not ASCII, if that is known. */
  characters: ReadonlySet<string> | undefined;
  /** Those that come from fonts of the machine. */
  unsure: ReadonlySet<string>;
}

/** The characters of a text that are not ASCII, composed as browsers show them: what `characters` is made of. */
export function charactersIn(text: string): string[] {
  return [...new Set(text.normalize().match(/[^\0-\u007f]/gu))];
}

/**
 * The wrong ones on a page, each once. Private use and the replacement character are never meant; radicals (U+2E80 to U+2FDF) and the letter apostrophe
 * (U+02BC) are wrong unless they were written, and the latter only where it is known what was.
 */
export function findWrongCharacters(items: readonly TextItem[], { characters, unsure }: KnownCharacters): string[] {
  const wrong = new Set<string>();
  for (const { str } of items) {
    for (const [character] of str.matchAll(SUSPECTS)) {
      const isMeant = characters?.has(character) === true || unsure.has(character);
      if (!isMeant && (character !== '\u02bc' || characters !== undefined)) wrong.add(character);
    }
  }
  return [...wrong];
}

const SUSPECTS = /[\u02bc\u2e80-\u2fdf\ue000-\uf8ff\ufffd\ufffe\uffff\u{f0000}-\u{10ffff}]/gu;
