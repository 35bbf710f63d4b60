/** Text of a transcript as content files hold it, one line for each paragraph, and its length. */

/**
 * Returns the text as one line: runs of white space become one space, and line ends between characters of scripts without spaces are
 * dropped, as the content reader does. Removes control characters, which are in no word; a NUL would make the content file unreadable.
 */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(CONTROL, ' ')
    .replace(/[^\S\r\n]+/g, ' ')
    .replace(/ ?[\r\n]\s*/g, (found: string, offset: number, whole: string) => {
      const before = [...whole.slice(Math.max(0, offset - 2), offset)].at(-1) ?? '';
      const after = [...whole.slice(offset + found.length, offset + found.length + 2)][0] ?? '';
      return WIDE.test(before) && WIDE.test(after) ? '' : ' ';
    })
    .trim();
}

/** Returns the paragraphs that are not empty, each as one line. */
export function linesOf(paragraphs: readonly string[]): string[] {
  return paragraphs
    .flatMap((text) => text.split(/(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)/))
    .map(oneLine)
    .filter((text) => text !== '');
}

/** Returns the words of a text for comparison. Ignores case, punctuation and white space; every ideograph is a word. */
export function wordsOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(WORDS) ?? [];
}

/** Returns the width of a text in letters. Ideographs and full-width punctuation count as two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}

/**
 * Splits text into sentences with their punctuation; joined again they give the text. Uses no dictionary, so the result is the same on
 * every machine.
 */
export function sentencesOf(text: string): string[] {
  return text.match(/.+?(?:[。！？…]+[”’」』）)"']*\s*|(?<![.!?])[.!?]+[”’"')\]]*(?:\s+|$)|[?!](?=\p{sc=Han})|$)/gsu) ?? [];
}

/** Cuts a text that is too wide between words and adds an ellipsis. */
export function shortenLine(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = 1;
  for (const character of text) {
    used += WIDE.test(character) ? 2 : 1;
    if (used > width) break;
    kept += character;
  }
  const space = kept.lastIndexOf(' ');
  return `${(space > kept.length * 0.6 ? kept.slice(0, space) : kept).trimEnd()}…`;
}

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;
const WORDS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to drop
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
