/** The text of a PDF's page, for searching. */

/** A piece of text as pdf.js returns it. */
export interface TextItem {
  str: string;
  /** The direction of its letters. */
  dir: string;
  /** Whether a line ends after it. */
  hasEOL: boolean;
}

export interface PageText {
  isEmpty: boolean;
  /**
   * Returns whether the page shows a text in one piece, and `times` times (default: once). Line breaks and the forms of characters do not
   * matter.
   */
  holds(text: string, times?: number): boolean;
  /**
   * For text from right to left: returns whether its words are there, in any order. A PDF does not say in which order a line of mixed
   * directions is read.
   */
  holdsWords(text: string): boolean;
}

/** Returns whether pages show a text: whole on one page, or running over from one page to the next, any number of times. */
export function isOnPages(text: string, pages: readonly PageText[]): boolean {
  return (
    pages.some((page) => page.holds(text) || page.holdsWords(text)) ||
    pages.some((_, index) => runsOn([...text], pages.slice(index))) ||
    (RIGHT_TO_LEFT.test(text) && pages.some((page, index) => haveWords(text, [page, ...pages.slice(index + 1, index + 2)])))
  );
}

/** The order of text with mixed directions is unknown, so every word must be on one of the pages. */
function haveWords(text: string, pages: readonly PageText[]): boolean {
  return text.split(/\s+/).every((word) => pages.some((page) => page.holds(word) || page.holdsWords(word)));
}

/** Returns whether the first page holds the beginning of the text and the following pages hold the rest. */
function runsOn(text: readonly string[], [page, ...others]: readonly PageText[]): boolean {
  if (page === undefined) return false;
  if (page.holds(text.join(''))) return true;
  // A page that holds a beginning of the text also holds every shorter one.
  let [held, beyond] = [0, text.length];
  while (beyond - held > 1) {
    const middle = Math.floor((held + beyond) / 2);
    if (page.holds(text.slice(0, middle).join(''))) held = middle;
    else beyond = middle;
  }
  // A few letters can be found anywhere by chance.
  return held >= LEAST_HELD && runsOn(text.slice(held), others);
}

const LEAST_HELD = 8;

/**
 * Returns the text of a page for searching. `unsure` are characters that the theme's fonts do not have: whether they can be read in the PDF
 * depends on the fonts of the machine.
 */
export function readPage(items: readonly TextItem[], unsure: ReadonlySet<string> = new Set()): PageText {
  const drawn = comparable(items.map(({ str }) => str).join(''));
  const turned = items.some(isRightToLeft) ? [turnedText(items), turnedFromRight(items)].map(wordsOf) : [];
  return {
    isEmpty: drawn === '',
    holds(text, times = 1) {
      const wanted = lastComparable(text);
      if (drawn.includes(wanted)) return times === 1 || wanted === '' || drawn.split(wanted).length > times;
      // A soft hyphen at a line break is shown as a hyphen.
      if (text.includes('\u00ad') && withoutHyphens(drawn).includes(withoutHyphens(wanted))) return true;
      if (turned.some((page) => page.includes(wordsOf(text)))) return true;
      const words = text.split(/\s+/).map((word) => sureOf(word, unsure));
      return unsure.size > 0 && words.every((word) => drawn.includes(comparable(word)));
    },
    holdsWords(text) {
      const pages = [...turned, drawn];
      const holds = (part: string) => pages.some((page) => page.includes(part));
      // An override (U+202D, U+202E) reverses everything up to its end or that of the paragraph, but keeps letters and their marks
      // together, so every letter can be found.
      const holdsTurned = (part: string) => /[\u202d\u202e]/.test(text) && [...part].every(holds);
      const holdsParts = (word: string) =>
        (comparable(word).match(ONE_WAY) ?? []).every((part) => holds(part) || holdsTurned(part) || holdsDivided(part, holds));
      // Some of the characters that no font of the theme has can be read, others cannot.
      return RIGHT_TO_LEFT.test(text) && text.split(/\s+/).every((word) => holdsParts(word) || partsAround(word, unsure).every(holdsParts));
    },
  };
}

/**
 * Normalizes text, so that line breaks and the forms of characters do not matter. Fonts use one glyph for the apostrophe and the letter
 * apostrophe; Chromium tells them apart with /ActualText, which pdf.js does not read.
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

/** Returns the parts of a word between unsure characters. */
function partsAround(word: string, unsure: ReadonlySet<string>): string[] {
  return [...word.normalize()]
    .map((character) => (unsure.has(character) ? '\n' : character))
    .join('')
    .split('\n');
}

/** Remembers the last result, because the same text is searched on page after page. */
function lastComparable(text: string): string {
  if (last.text !== text) last = { text, comparable: comparable(text) };
  return last.comparable;
}

let last = { text: '', comparable: '' };

/** Returns whether a word is there, split by a line end: in a table, text of the neighbouring cells is between its parts. */
function holdsDivided(word: string, holds: (part: string) => boolean): boolean {
  if (!DIVIDED.test(word)) return false;
  const letters = [...word];
  return letters.some((_, end) => end > 0 && holds(letters.slice(0, end).join('')) && holds(letters.slice(end).join('')));
}

/** Scripts without spaces, and Korean, whose lines may end between any two syllables here. */
const DIVIDED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Letters of one direction, or numbers. Next to letters from right to left, numbers are on the other side than next to other letters. */
const ONE_WAY =
  /[\u0590-\u08ff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]+|\p{Nd}+|[^\u0590-\u08ff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}\p{P}\p{S}\p{Nd}]+/gu;

const withoutHyphens = (text: string) => text.replace(/[-\u2010]/g, '');
/** Drops marks: between words from right to left they are mirrored, and their side varies. */
const wordsOf = (text: string) => comparable(text).replace(/[\p{P}\p{S}]/gu, '');

/** Returns text in reading order. Items come from left to right; runs from right to left are reversed, line by line. */
function turnedText(items: readonly TextItem[]): string {
  const text: string[] = [];
  let run: TextItem[] = [];
  const flush = () => {
    // Items after the last word from right to left stay behind the run.
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

/**
 * Like `turnedText`, for paragraphs that are read from right to left: reverses the order of a whole line, except for adjacent words from
 * left to right.
 */
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

// Wrong characters: they look like the intended ones, but copying and searching find something else.

interface KnownCharacters {
  /** All characters in the PDF's source text that are not ASCII. Undefined when they are not known. */
  characters: ReadonlySet<string> | undefined;
  /** Characters that come from fonts of the machine. */
  unsure: ReadonlySet<string>;
}

/** Returns the characters of a text that are not ASCII, composed as browsers show them. Used to build `characters`. */
export function charactersIn(text: string): string[] {
  return [...new Set(text.normalize().match(/[^\0-\u007f]/gu))];
}

/**
 * Returns the wrong characters on a page, each once. Private use characters and the replacement character are always wrong. Radicals
 * (U+2E80 to U+2FDF) and the letter apostrophe (U+02BC) are wrong unless the source text has them; the apostrophe is only reported when the
 * source text is known.
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
