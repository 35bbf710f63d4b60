/** Marks that turn the direction of text, kept from turning anything but the text they stand in (Unicode Standard Annex 9). */

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
const OPENING = /[\u2066-\u2068]/;

/** Marks of direction, and letters of scripts that are written from right to left. */
const TURNING = /[\u061c\u200f\u202a-\u202e\u2066-\u2069\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * A text to be joined with others on one line, so that its direction ends with it. Text without anything that turns directions comes back as it is; a
 * closing mark that closes nothing would end the isolation, and is left out.
 */
export function isolate(text: string): string {
  if (!TURNING.test(text)) return text;
  let open = 0;
  let balanced = '';
  for (const character of text) {
    if (character === POP_ISOLATE && open === 0) continue;
    if (OPENING.test(character)) open += 1;
    else if (character === POP_ISOLATE) open -= 1;
    balanced += character;
  }
  return `${FIRST_STRONG_ISOLATE}${balanced}${POP_ISOLATE.repeat(open + 1)}`;
}

const STRONG = /\p{L}/u;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** The direction of a paragraph: that of its first letter (UAX 9, P2 and P3); null for text without letters. */
export function directionOf(text: string): 'ltr' | 'rtl' | null {
  const letter = STRONG.exec(text)?.[0];
  if (letter === undefined) return null;
  return RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr';
}
