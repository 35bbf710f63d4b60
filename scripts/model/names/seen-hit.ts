/** The text around and between the letters of a possible name. */
import { type Characters, isLetter, isUnspaced } from './folded-text.ts';
import { ORDINARY_WORDS, TITLES } from './ordinary-words.ts';

export interface Hit {
  /** The letters after folding. */
  letters: string;
  /** Index of each letter among the characters of the text, in order. */
  at: readonly number[];
  /** Indexes of the letters that begin the units of the form, except the first. */
  borders: readonly number[];
}

/** The text between two letters that are not adjacent. */
export interface NameGap {
  text: string;
  /** Index of the letter after it. */
  before: number;
}

export class Seen {
  readonly hit: Hit;
  readonly #text: readonly string[];

  constructor(hit: Hit, { characters }: Characters) {
    this.hit = hit;
    this.#text = characters;
  }

  get first(): number {
    return this.hit.at[0] ?? 0;
  }

  get last(): number {
    return this.hit.at.at(-1) ?? 0;
  }

  character(index: number): string | undefined {
    return this.#text[index];
  }

  gaps(): NameGap[] {
    return this.hit.at.flatMap((at, number) => {
      const previous = this.hit.at[number - 1];
      return previous === undefined || at - previous < 2 ? [] : [{ before: number, text: this.#text.slice(previous + 1, at).join('') }];
    });
  }

  before(count: number): string {
    return this.#text.slice(Math.max(0, this.first - count), this.first).join('');
  }

  after(count: number): string {
    return this.#text.slice(this.last + 1, this.last + 1 + count).join('');
  }

  /** Returns the text from one letter to another. */
  word(from = 0, to = this.hit.at.length): string {
    return this.hit.at
      .slice(from, to)
      .map((at) => this.#text[at] ?? '')
      .join('');
  }

  isCapital(number: number): boolean {
    return /^\p{Lu}/u.test(this.#text[this.hit.at[number] ?? -1] ?? '');
  }

  /** Whether each unit begins with a capital. */
  hasCapitals(): boolean {
    return [0, ...this.hit.borders].every((number) => this.isCapital(number));
  }
}

/** Whether the word ends here, possibly after a plural or genitive ending. */
export function endsWord(seen: Seen): boolean {
  const last = seen.character(seen.last);
  const after = seen.after(4);
  if (isEdge(last, seen.character(seen.last + 1))) return true;
  const [ending = ''] = /^(?:ens|es|en|s|S|ES)(?!\p{L})/u.exec(after) ?? [];
  return ending !== '' && !ORDINARY_WORDS.has(`${seen.hit.letters}${ending.toLowerCase()}`);
}

/** Whether there is a word boundary between two neighbours. Camel case and a change of script also make one. */
export function isEdge(left: string | undefined, right: string | undefined): boolean {
  if (left === undefined || right === undefined || !isLetter(left) || !isLetter(right)) return true;
  if (/\p{Ll}/u.test(left) && /\p{Lu}/u.test(right)) return true;
  return isUnspaced(left) !== isUnspaced(right);
}

/** Whether it is part of a handle or e-mail address: @will, will@example.org. */
export function isHandle(seen: Seen): boolean {
  return seen.before(1) === '@' || /^\d*@/.test(seen.after(8));
}

export function hasTitle(seen: Seen): boolean {
  const [, word = ''] = /(?:^|[^\p{L}])(\p{L}+)\.?[\s_.-]{1,3}$/u.exec(seen.before(20)) ?? [];
  const title = word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return TITLES.has(title) && (seen.isCapital(0) || !/^\p{Lu}/u.test(word));
}

/** Whether an initial stands before it: W. Young. */
export function hasInitial(seen: Seen): boolean {
  return (
    seen.isCapital(0) && /(?:^|[^\p{L}.])(?:\p{Lu}\.\s?){1,3}$/u.test(seen.before(9)) && !/(?:^|[.!?]\s*)[AI]\.\s?$/u.test(seen.before(9))
  );
}

export function hasTones(seen: Seen): boolean {
  return /[\u0101\u0113\u012b\u014d\u016b\u01ce\u011b\u01d0\u01d2\u01d4\u01d6-\u01dc]|[aeiou]\p{M}/iu.test(seen.word());
}
