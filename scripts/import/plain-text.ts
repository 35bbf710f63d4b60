/** Text of a transcript as content files hold it: one line for each paragraph, and how long it is. */

/**
 * One line: white space joined, line ends between characters of scripts without spaces dropped, as the content reader does it. Without
 * control characters: no word has any, and one of them (NUL) would make the content file unreadable.
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

/** The paragraphs of a text that say anything, each as one line. */
export function linesOf(paragraphs: readonly string[]): string[] {
  return paragraphs
    .flatMap((text) => text.split(/(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)/))
    .map(oneLine)
    .filter((text) => text !== '');
}

/** The words of a text, to compare texts by: case, punctuation and white space make no difference; ideographs count one by one. */
export function wordsOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(WORDS) ?? [];
}

/** How wide a text is, in letters: ideographs and their marks take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}

/** Sentences, with their marks; joined again they are the text. A rule without a dictionary, so that it is the same everywhere. */
export function sentencesOf(text: string): string[] {
  return text.match(/.+?(?:[。！？…]+[”’」』）)"']*\s*|(?<![.!?])[.!?]+[”’"')\]]*(?:\s+|$)|[?!](?=\p{sc=Han})|$)/gsu) ?? [];
}

/** A text cut between words where it is too wide, with an ellipsis. */
export function shorten(text: string, width: number): string {
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
