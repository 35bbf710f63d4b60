/** Finding people's names in text, however they are written: for names that must not leave the house. */

/** What somebody is called. */
export interface Called {
  /** In all languages. */
  names: readonly string[];
  /** Nicknames, handles, other spellings. */
  aliases: readonly string[];
  /** Parts of a name that are ordinary words too (will, young): alone they do not count. */
  ordinaryWords: readonly string[];
}

export interface FoundName {
  /** In UTF-16 units of the text. */
  index: number;
  /** As it stands there. */
  text: string;
}

/**
 * Finds the names of some people: whole, or any part of them that stands as a word of its own, whatever its case and accents. So that nothing slips through, a
 * part that is an ordinary word is found as well, until it is declared as one.
 */
export class NameFinder {
  readonly #forms: readonly Form[];
  readonly #ordinary: ReadonlySet<string>;

  constructor(people: readonly Called[]) {
    this.#ordinary = new Set(people.flatMap(({ ordinaryWords }) => ordinaryWords.map((word) => fold(word).text)));
    const forms = people.flatMap(({ names, aliases }) => [
      ...names.flatMap((name) => this.#formsOf(name)),
      ...aliases.flatMap((alias) => (hasLetters(alias) ? [wholeForm(wordsOf(alias))] : [])),
    ]);
    this.#forms = [...new Map(forms.map((form) => [form.pattern.source, form])).values()];
  }

  /** The first name in a text that people read; null when there is none. */
  find(text: string): FoundName | null {
    return this.#first(text, this.#forms);
  }

  /** The first name in a web address, a file name or an id. */
  findInAddress(address: string): FoundName | null {
    return this.#first(
      decodeAddress(address),
      this.#forms.filter(({ letters }) => letters >= LEAST_IN_ADDRESS),
    );
  }

  #first(text: string, forms: readonly Form[]): FoundName | null {
    if (forms.length === 0) return null;
    const { text: folded, at } = fold(text);
    let first: RegExpExecArray | null = null;
    for (const { pattern } of forms) {
      const match = pattern.exec(folded);
      if (match !== null && (first === null || match.index < first.index)) first = match;
    }
    if (first === null) return null;
    const index = at[first.index] ?? 0;
    return { index, text: text.slice(index, at[first.index + first[0].length] ?? text.length).trimEnd() };
  }

  #formsOf(name: string): Form[] {
    const words = wordsOf(name);
    const [only] = words;
    if (only === undefined) return [];
    const hasCapitals = words.some((word) => /^\p{Lu}/u.test(word));
    const parts = words.flatMap((word) => (this.#isTelling(word, hasCapitals) ? partForms(word) : []));
    // A name of one word is found like a part of a longer one.
    if (words.length === 1) return parts;
    const [last = '', ...rest] = [...words].reverse();
    return [wholeForm(words), wholeForm([last, ...rest.reverse()]), ...parts];
  }

  #isTelling(word: string, hasCapitals: boolean): boolean {
    const { text } = fold(word);
    const isParticle = hasCapitals && /^\p{Ll}/u.test(word);
    return text.length >= 2 && !isParticle && !TITLES.has(text) && !this.#ordinary.has(text);
  }
}

interface Form {
  /** For folded text. */
  pattern: RegExp;
  letters: number;
}

const TITLES = new Set(['dr', 'prof', 'mr', 'mrs', 'ms', 'sir', 'dame', 'jr', 'sr', 'phd', 'md', 'ii', 'iii', 'iv']);
const LEAST_IN_ADDRESS = 3;
/** Shorter names written together ("Al So") would be found in ordinary words. */
const LEAST_TOGETHER = 6;
/** Scripts without spaces between words. */
const UNSPACED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]`;
const WORD = String.raw`[[\p{L}\p{N}]--${UNSPACED}]`;
const HONORIFICS = '(?:先生|女士|小姐|太太|博士|教授|老师|院士|主任|总)';

function wordsOf(name: string): string[] {
  return name.split(/[\s·•・.,，、]+/u).filter(hasLetters);
}

function hasLetters(text: string): boolean {
  return /\p{L}/u.test(text);
}

function isUnspaced(word: string): boolean {
  return new RegExp(UNSPACED, 'v').test(word);
}

function wholeForm(words: readonly string[]): Form {
  const letters = words.join('').length;
  const between = letters >= LEAST_TOGETHER || words.some(isUnspaced) ? String.raw`[\s\p{P}\p{S}]*` : String.raw`[\s\p{P}\p{S}]+`;
  return { pattern: asWord(words.map((word) => escapePattern(fold(word).text)).join(between), words.some(isUnspaced)), letters };
}

function partForms(word: string): Form[] {
  const { text } = fold(word);
  if (!isUnspaced(word)) return [{ pattern: asWord(escapePattern(text), false), letters: text.length }];
  const [surname = '', ...given] = [...word];
  const forms = [
    escapePattern(text),
    ...(given.length >= 2 ? [escapePattern(fold(given.join('')).text)] : []),
    escapePattern(fold(surname).text) + HONORIFICS,
  ];
  return forms.map((form) => ({ pattern: asWord(form, true), letters: LEAST_IN_ADDRESS }));
}

/** A pattern that matches between the ends of words, with an English plural or genitive; in scripts without spaces anywhere. */
function asWord(source: string, unspaced: boolean): RegExp {
  return new RegExp(unspaced ? source : `(?<!${WORD})${source}(?:e?s)?(?!${WORD})`, 'v');
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function decodeAddress(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** Text without case, accents, invisible characters and marks of emphasis, and for each of its UTF-16 units where it came from. */
function fold(text: string): { text: string; at: number[] } {
  let folded = '';
  const at: number[] = [];
  let index = 0;
  for (const character of text) {
    const plain = character
      .normalize('NFKD')
      .replace(/[\p{M}\p{Cf}*`~]/gu, '')
      .toLowerCase();
    folded += plain;
    for (let unit = 0; unit < plain.length; unit += 1) at.push(index);
    index += character.length;
  }
  return { text: folded, at };
}
