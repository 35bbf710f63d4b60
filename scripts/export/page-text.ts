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
  /** Whether the page shows a text whole and in one piece; where its lines are broken and which form its characters have does not matter. */
  holds(text: string): boolean;
}

export function readPage(items: readonly TextItem[]): PageText {
  const drawn = comparable(items.map(({ str }) => str).join(''));
  const turned = items.some(isRightToLeft) ? wordsOf(turnedText(items)) : null;
  return {
    isEmpty: drawn === '',
    holds(text) {
      const wanted = comparable(text);
      if (drawn.includes(wanted)) return true;
      // A soft hyphen at which a line was broken shows as a hyphen.
      if (text.includes('\u00ad') && withoutHyphens(drawn).includes(withoutHyphens(wanted))) return true;
      return turned?.includes(wordsOf(text)) ?? false;
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
    .replace(/[\s\u00ad\u200b-\u200d\ufeff]/g, '');
}

const withoutHyphens = (text: string) => text.replace(/[-\u2010]/g, '');
/** Marks between words from right to left are mirrored, and stand now on this side, now on that. */
const wordsOf = (text: string) => comparable(text).replace(/[\p{P}\p{S}]/gu, '');

/** pdf.js hands words over from left to right: those written from right to left are put in the order in which they are read, line by line. */
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

const textOf = ({ str }: TextItem) => str;
const isRightToLeft = ({ dir, str }: TextItem) => dir === 'rtl' && str.trim() !== '';
