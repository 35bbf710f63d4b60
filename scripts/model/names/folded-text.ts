/** Reduces text to its letters, so that different spellings of a name become equal. Each letter keeps its position in the text. */
// any-ascii: transliterates other alphabets, and Latin letters without a decomposition (ø, ł, ß, þ, ı), to ASCII. `import` uses it too.
import anyAscii from 'any-ascii';
import { decodeHTML } from 'entities';
import { simplified } from './chinese-names.ts';

/** The characters of a text after decoding character references and percent-encoding. */
export interface Characters {
  /** Without invisible characters and marks of emphasis. */
  characters: readonly string[];
  /** The characters joined. */
  text: string;
  /** The range of each character in the text, in UTF-16 units. */
  starts: readonly number[];
  ends: readonly number[];
}

/** Letters only, in lower case. */
export interface Letters {
  letters: string;
  /** For each UTF-16 unit of the letters, the index of its character. */
  from: readonly number[];
}

/**
 * plain: no accents, lower case, Latin letters as ASCII, simplified Chinese. expanded: ä, ö, ü and ø as two letters, å as aa. romanised:
 * other alphabets in Latin letters. lookalike: letters of other alphabets as the Latin letters that look the same.
 */
export const FOLDS = ['plain', 'expanded', 'romanised', 'lookalike'] as const;
export type Fold = (typeof FOLDS)[number];

export function readCharacters(text: string): Characters {
  const characters: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const add = (character: string, start: number, end: number) => {
    if (character < '\u0080' ? MARKS_OF_EMPHASIS.includes(character) : IGNORED.test(character)) return;
    // Some apostrophes are letters in Unicode.
    characters.push(character > '\u0080' && APOSTROPHE.test(character) ? "'" : character);
    starts.push(start);
    ends.push(end);
  };
  let next = 0;
  const addPlain = (end: number) => {
    while (next < end) {
      const character = String.fromCodePoint(text.codePointAt(next) ?? 0);
      add(character, next, next + character.length);
      next += character.length;
    }
  };
  for (const { 0: reference, index } of text.matchAll(REFERENCE)) {
    const resolved = resolve(reference);
    if (resolved === null) continue;
    addPlain(index);
    next = index + reference.length;
    for (const character of resolved) add(character, index, next);
  }
  addPlain(text.length);
  return { characters, text: characters.join(''), starts, ends };
}

/** Returns null when the fold does not differ from the plain one. */
export function foldCharacters({ characters, text }: Characters, fold: Fold): Letters | null {
  if (!DIFFERS[fold].test(text)) return null;
  let letters = '';
  const from: number[] = [];
  const isExpanded = fold === 'expanded';
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? '';
    const own = foldOne(character, fold);
    const folded = isExpanded && own === '' ? expandedMark(character, letters, own) : own;
    if (folded === '') continue;
    letters += folded;
    for (let unit = 0; unit < folded.length; unit += 1) from.push(index);
  }
  return { letters, from };
}

/** Matches texts for which a fold differs from the plain one. */
const DIFFERS: Readonly<Record<Fold, RegExp>> = {
  plain: /./su,
  expanded: /[äöüøæœå]|\u0308|\u030a/iu,
  romanised: /[^\p{Script=Latin}\p{Script=Han}\p{Script=Common}\p{Script=Inherited}]/u,
  lookalike: /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u,
};

/**
 * Returns the plain fold of a text that is pure ASCII and contains nothing to decode, else null. A quick first check of texts without
 * names.
 */
export function asciiLettersOf(text: string): string | null {
  return /[^\0-\x7f]|[&%\\]|xn--/i.test(text) ? null : text.replace(/[^a-z]+/gi, '').toLowerCase();
}

/** Folds a word into one string of letters. */
export function foldWord(word: string, fold: Fold = 'plain'): string {
  const characters = readCharacters(word);
  return (foldCharacters(characters, fold) ?? foldCharacters(characters, 'plain'))?.letters ?? '';
}

export function isLetter(character: string | undefined): boolean {
  return character !== undefined && /^[\p{L}\p{M}]/u.test(character);
}

/** Whether a text has letters of a script without spaces between words. Names in it have no word boundaries. */
export function isUnspaced(text: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Thai}\p{Script=Hangul}]/u.test(text);
}

/** Markdown marks inside a word: Vas**quelor**. */
const MARKS_OF_EMPHASIS = '*`~';
/** Invisible characters. */
const IGNORED = /^(?:[\p{Cf}\p{Variation_Selector}\u115f\u1160\u3164\uffa0]|\u034f)$/u;
const APOSTROPHE = /^[\u02b9-\u02bf\u02c8\u02ca\u02cb\ua78b\ua78c]$/;
const REFERENCE = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,30});|(?:%[\da-f]{2})+|\\u[\da-f]{4}|\bxn--[a-z\d-]+/gi;

function resolve(reference: string): string | null {
  if (reference.startsWith('&')) return decodeHTML(reference);
  if (reference.startsWith('\\')) return String.fromCharCode(Number.parseInt(reference.slice(2), 16));
  try {
    // URLs show hosts in punycode.
    return reference.startsWith('%') ? decodeURIComponent(reference) : decodePunycode(reference.slice('xn--'.length));
  } catch {
    return null;
  }
}

/** Cache of folded characters. */
const known = Object.fromEntries(FOLDS.map((fold) => [fold, new Map<string, string>()])) as Record<Fold, Map<string, string>>;

function foldOne(character: string, fold: Fold): string {
  let folded = known[fold].get(character);
  if (folded === undefined) {
    folded = character < '\u0080' ? (/[a-z]/i.test(character) ? character.toLowerCase() : '') : foldBeyondAscii(character, fold);
    known[fold].set(character, folded);
  }
  return folded;
}

function foldBeyondAscii(character: string, fold: Fold): string {
  if (isUnspaced(character) || /\p{Script=Katakana}/u.test(character)) {
    const composed = character.normalize('NFKC');
    return fold === 'romanised' && !/\p{Script=Han}/u.test(composed) ? asciiLetters(composed) : simplified(composed);
  }
  let folded = '';
  for (const part of character.normalize('NFKD')) folded += foldPart(part, folded, fold);
  return folded;
}

/** Folds a letter or mark of a decomposed character. `before` is the fold of the letters before it. */
function foldPart(part: string, before: string, fold: Fold): string {
  if (fold === 'expanded') {
    const expanded = EXPANDED[part.toLowerCase()] ?? expandedMark(part, before, '');
    if (expanded !== '') return expanded;
  }
  // In Indic scripts, marks are vowels.
  if (/\p{M}/u.test(part)) return /[\p{Script=Inherited}\p{Script=Hebrew}\p{Script=Arabic}]/u.test(part) ? '' : part;
  if (!/\p{L}/u.test(part)) return /[a-z]/i.test(part) ? part.toLowerCase() : '';
  const lookalike = fold === 'lookalike' ? LOOKALIKES.get(part) : undefined;
  if (lookalike !== undefined) return lookalike;
  return fold === 'romanised' || /\p{Script=Latin}/u.test(part) ? asciiLetters(part) : part.toLowerCase().replace('ς', 'σ');
}

const asciiLetters = (text: string) =>
  anyAscii(text)
    .toLowerCase()
    .replace(/[^a-z]/g, '');

/** Folds a separate mark that is written as a letter of its own after its base letter. */
function expandedMark(mark: string, before: string, otherwise: string): string {
  const { after, letter } = MARKS[mark] ?? {};
  return after !== undefined && letter !== undefined && after.includes(before.at(-1) ?? ' ') ? letter : otherwise;
}

const MARKS: Readonly<Record<string, { after: string; letter: string }>> = {
  '\u0308': { after: 'aou', letter: 'e' },
  '\u030a': { after: 'a', letter: 'a' },
};
const EXPANDED: Readonly<Record<string, string>> = { ø: 'oe', æ: 'ae', œ: 'oe' };

/** The most common of Unicode's confusables (UTS 39) with Latin letters. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  [
    'аa вb сc ԁd еe һh нh іi јj кk мm оo рp ԛq ѕs тt уy хx ѵv ԝw үy ӏl гr пn ԍg ьb АA ВB СC ЕE НH ІI ЈJ КK МM ОO РP ЅS ТT УY ХX ԌG ԚQ ԜW ӀI',
    'αa βb ϲc εe ηn ιi κk νv οo ρp τt υu χx ζz γy ωw ΑA ΒB ΕE ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ΖZ ϹC',
    'օo սu ցg հh ոn զq ѡw',
  ]
    .join(' ')
    .split(' ')
    .map((pair) => [[...pair][0] ?? '', ([...pair][1] ?? '').toLowerCase()]),
);

/** Decodes punycode (RFC 3492, section 6.2). Throws RangeError for invalid input. */
function decodePunycode(label: string): string {
  const [base, skew, damp] = [36, 38, 700];
  const edge = label.lastIndexOf('-');
  const output = [...label.slice(0, Math.max(0, edge))];
  let [n, index, bias] = [128, 0, 72];
  for (let at = edge + 1; at < label.length; ) {
    const before = index;
    for (let weight = 1, k = base; ; k += base) {
      const digit = Number.parseInt(label[at] ?? '', 36);
      at += 1;
      if (Number.isNaN(digit)) throw new RangeError('no punycode');
      // In punycode, letters are the digits 0 to 25 and figures are 26 to 35.
      const value = digit < 10 ? digit + 26 : digit - 10;
      index += value * weight;
      const threshold = Math.min(26, Math.max(1, k - bias));
      if (value < threshold) break;
      weight *= base - threshold;
    }
    const length = output.length + 1;
    let delta = Math.floor((index - before) / (before === 0 ? damp : 2));
    delta += Math.floor(delta / length);
    let k = 0;
    for (; delta > 455; k += base) delta = Math.floor(delta / 35);
    bias = k + Math.floor((36 * delta) / (delta + skew));
    n += Math.floor(index / length);
    index %= length;
    output.splice(index, 0, String.fromCodePoint(n));
    index += 1;
  }
  return output.join('');
}
