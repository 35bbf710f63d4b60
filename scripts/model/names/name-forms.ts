/** Turns the names of a person into patterns over the letters of a text (folded-text.ts): in full, in parts, with initials, romanised. */
import { ADDRESSES, ADDRESSES_IN_PINYIN, divideName, FAMILIAR, readingsOf } from './chinese-names.ts';
import { type Fold, foldWord, isUnspaced } from './folded-text.ts';
import { ORDINARY_WORDS, PARTICLES, TITLES } from './ordinary-words.ts';

/** The names of a person. */
export interface Called {
  /** In all languages. */
  names: readonly string[];
  /** Nicknames, handles, other spellings. */
  aliases: readonly string[];
  /** Parts of a name that are also ordinary words (will, young). On their own they do not count. */
  ordinaryWords: readonly string[];
}

/** One way to write a name. */
export interface Form {
  /** One pattern for each unit, in order. Marks and spaces are normal between units and suspicious inside one. */
  units: readonly string[];
  /**
   * whole: several words of a name. part: one of them. initialled: a family name and an initial. initials: those of all words. addressed:
   * a Chinese family name with a form of address. familiar: a family name with a prefix or suffix that may be a form of address.
   */
  kind: 'whole' | 'part' | 'initialled' | 'initials' | 'addressed' | 'familiar';
  /** Whether the order differs from that of the name. */
  reversed: boolean;
  /** Whether all units are ordinary words or declared as such, so that none identifies the person. */
  common: boolean;
  /** Whether it is declared in `ordinaryWords`. It then counts only with a title or an initial. */
  declared: boolean;
  /** Script of the form. Unspaced forms have no word boundaries; a pinyin form can be the reading of many names. */
  script: 'spaced' | 'unspaced' | 'pinyin' | 'romanised';
  /** The declared ordinary words, folded. They are never reported as likely. */
  ordinary: ReadonlySet<string>;
  /** The folds of a text in which the form is searched. */
  folds: readonly Fold[];
}

/** Returns all forms of a person's names, without duplicates. */
export function formsOf({ names, aliases, ordinaryWords }: Called): Form[] {
  const declared = new Set(ordinaryWords.map((word) => foldWord(word)));
  const forms = [...names, ...aliases.filter((alias) => /\p{L}/u.test(alias))].flatMap((name) => formsOfName(name, declared));
  return [...new Map(forms.map((form) => [JSON.stringify(form), form])).values()];
}

function formsOfName(name: string, declared: ReadonlySet<string>): Form[] {
  const { words, nicknames } = wordsOf(name);
  const [only] = words;
  if (only === undefined) return [];
  if (words.length === 1 && /^\p{Script=Han}{2,4}$/u.test(only.text)) return chineseForms(only.text, declared);
  return [
    ...orders(words),
    ...nicknames.flatMap((nickname) => orders([nickname, ...words.slice(1)])),
    ...partsOf(words, nicknames),
  ].flatMap((form) => spelt(form, declared));
}

interface Word {
  text: string;
  /** Its parts between hyphens and apostrophes. */
  units: readonly string[];
}

/** A form before its letters are folded. */
interface Plain {
  kind: Form['kind'];
  words: readonly Word[];
  reversed?: boolean;
  /** Indexes of words that may be written as initials. */
  initials?: readonly number[];
}

/** Splits `William "Bill" Gates` into its words and the nicknames in quotes or brackets. */
function wordsOf(name: string): { words: Word[]; nicknames: Word[] } {
  const nicknames: string[] = [];
  const bare = name.replace(QUOTED, (_, ...groups: unknown[]) => {
    nicknames.push(groups.find((group): group is string => typeof group === 'string') ?? '');
    return ' ';
  });
  const words = bare
    .split(/[\s·•・.,，、/_@#\d()[\]"“”„«»]+/u)
    .filter((word) => /\p{L}/u.test(word))
    .map(asWord);
  return {
    words: words.filter(({ text }) => !TITLES.has(foldWord(text)) || words.length === 1),
    nicknames: nicknames.flatMap((nickname) => wordsOf(nickname).words.slice(0, 1)),
  };
}

const QUOTED = /"([^"]+)"|“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|\(([^)]+)\)|（([^）]+)）|\[([^\]]+)\]|(?<![\p{L}])['‘]([^'’]+)['’](?!\p{L})/gu;

function asWord(text: string): Word {
  return { text, units: text.split(/[^\p{L}\p{M}]+/u).filter((unit) => unit !== '') };
}

/** Returns full names: in order, with the family name first, without middle names, and with initials. */
function orders(words: readonly Word[]): Plain[] {
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined || words.length < 2) return [];
  const inner = words.slice(1, -1);
  const some =
    inner.length === 0
      ? []
      : [
          [first, last],
          [first, ...inner.filter(isTellingWord), last],
          [first, ...inner],
        ];
  const initials: Plain[] =
    first.text.length < 2
      ? []
      : [
          { kind: 'initialled', words: [first, last], initials: [0] },
          { kind: 'initialled', words: [last, first], initials: [1], reversed: true },
          { kind: 'initials', words, initials: words.map((_, index) => index) },
        ];
  return [
    { kind: 'whole', words },
    ...some.map((some): Plain => ({ kind: 'whole', words: some })),
    { kind: 'whole', words: [last, ...words.slice(0, -1)], reversed: true },
    { kind: 'whole', words: [last, first], reversed: true },
    ...initials,
  ];
}

/** Returns every word of a name, and its parts between hyphens and apostrophes. */
function partsOf(words: readonly Word[], nicknames: readonly Word[]): Plain[] {
  const hasCapitals = words.some(({ text }) => /^\p{Lu}/u.test(text));
  const telling = words.filter((word, index) => {
    const isOuter = index === 0 || index === words.length - 1;
    const isParticle = hasCapitals && words.length > 1 && /^\p{Ll}/u.test(word.text);
    return !isParticle && (isOuter || isTellingWord(word)) && [...word.text].length > 1;
  });
  return [...telling, ...nicknames].flatMap((word): Plain[] => {
    const inside = word.units.length < 2 ? [] : word.units.filter((unit) => [...unit].length > 2 && !PARTICLES.has(foldWord(unit)));
    return [{ kind: 'part', words: [word] }, ...inside.map((unit): Plain => ({ kind: 'part', words: [asWord(unit)] }))];
  });
}

function isTellingWord({ text }: Word): boolean {
  return [...text].length > 1 && !PARTICLES.has(foldWord(text));
}

/** Returns a form in every fold: umlauts as two letters, other alphabets in Latin letters. */
function spelt({ kind, words, reversed = false, initials = [] }: Plain, declared: ReadonlySet<string>): Form[] {
  const folded = words.map(({ text }) => foldWord(text));
  const base = {
    kind,
    reversed,
    common: folded.every((word, index) => initials.includes(index) || ORDINARY_WORDS.has(word) || declared.has(word)),
    declared: folded.some((word) => declared.has(word)) && words.length === 1,
    ordinary: declared,
  };
  const text = words.map((word) => word.text).join('');
  const script = isUnspaced(text) || /\p{Script=Katakana}/u.test(text) ? 'unspaced' : 'spaced';
  const unitsIn = (spell: (unit: string) => string) =>
    words.flatMap(({ units }, index) => (initials.includes(index) ? [spell([...(units[0] ?? '')][0] ?? '')] : units.map(spell)));
  const exact = ['plain', 'expanded'].map((fold): Form => {
    const units = unitsIn((unit) => declinable(escapePattern(foldWord(unit, fold as Fold))));
    return { ...base, script, units, folds: script === 'unspaced' ? ['plain'] : ['plain', 'expanded', 'lookalike'] };
  });
  if (kind === 'initials' || script === 'unspaced') return exact;
  const isLatin = !/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(text);
  const inLatin = unitsIn((unit) => romanisedPattern(foldWord(unit, 'romanised')));
  const least = Math.min(...unitsIn((unit) => foldWord(unit, 'romanised')).map(({ length }) => length));
  // Shorter names cannot be told from other words.
  if (words.length === 1 && least < 3) return exact;
  return [...exact, { ...base, script: 'romanised', units: inLatin, folds: isLatin ? ['romanised'] : ['plain', 'romanised'] }];
}

/** Returns the forms of a Chinese name without spaces: in full, the given name, the family name with a form of address, and pinyin. */
function chineseForms(name: string, declared: ReadonlySet<string>): Form[] {
  const { surname, given } = divideName(foldWord(name));
  const ofScript = (script: Form['script']) => ({
    reversed: false,
    common: false,
    declared: false,
    ordinary: declared,
    script,
    folds: ['plain'] as const,
  });
  const chinese: Omit<Form, 'kind' | 'units'> = ofScript('unspaced');
  const pinyin: Omit<Form, 'kind' | 'units'> = ofScript('pinyin');
  const syllables = (characters: string) => [...characters].map((character) => anyOf(readingsOf(character)));
  const [family, own] = [syllables(surname), syllables(given)];
  const isOrdinary = (units: readonly string[]) => units.every((unit) => /^[a-z]+$/.test(unit) && ORDINARY_WORDS.has(unit));
  const isDeclared = (text: string) => declared.has(text);
  // A name of four characters is usually Japanese: two for the family name, two for the given name.
  const halves = [...name].length === 4 && surname.length === 1 ? [name.slice(0, 2), name.slice(2)].map((half) => foldWord(half)) : [];
  return [
    { ...chinese, kind: 'whole', units: [surname, given] },
    ...[given, ...halves]
      .filter((part) => [...part].length >= 2 && !isDeclared(part))
      .map((part): Form => ({ ...chinese, kind: 'part', units: [part] })),
    ...[surname, ...halves.slice(0, 1)].map((family): Form => ({ ...chinese, kind: 'addressed', units: [family, anyOf(ADDRESSES)] })),
    { ...chinese, kind: 'familiar', units: [`[${FAMILIAR.before}]`, surname] },
    { ...chinese, kind: 'familiar', units: [surname, FAMILIAR.behind] },
    { ...pinyin, kind: 'whole', units: [...family, ...own], common: isOrdinary([...family, ...own]) },
    { ...pinyin, kind: 'whole', units: [...own, ...family], reversed: true, common: isOrdinary([...family, ...own]) },
    ...(own.length < 2 ? [] : [{ ...pinyin, kind: 'part', units: own, common: isOrdinary(own) } satisfies Form]),
    { ...pinyin, kind: 'addressed', units: [...family, anyOf(ADDRESSES_IN_PINYIN)] },
    { ...pinyin, kind: 'part', units: family, common: true },
  ];
}

/** Makes the case ending of a Slavic name optional: Чайковский, Чайковского. */
function declinable(letters: string): string {
  return letters.replace(/(?<=^\p{Script=Cyrillic}{4,})(?:ии|ыи|ои|ая|яя|[аяоеиь])$/u, '(?:$&)?');
}

function anyOf(options: readonly string[]): string {
  const unique = [...new Set(options)].sort((a, b) => b.length - a.length);
  return unique.length === 1 ? (unique[0] ?? '') : `(?:${unique.join('|')})`;
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

// Romanisation: countries and decades spell the same name differently (Chaykovskiy, Tchaikovsky, Tschaikowski)

/**
 * Returns a pattern for the usual romanisations of a name, from one of them in lower-case ASCII. For alphabets that write vowels:
 * Cyrillic, Greek, Armenian, Georgian.
 */
function romanisedPattern(letters: string): string {
  let pattern = '';
  for (let at = 0; at < letters.length; ) {
    const [sound, written] = SOUNDS.find(([start]) => letters.startsWith(start, at)) ?? [letters[at] ?? '', ''];
    at += sound.length;
    const isConsonant = written === '' && !/[aeiou]/.test(sound);
    pattern += written === '' ? `${sound}${isConsonant ? '{1,2}' : ''}` : written;
    // A double letter is one sound.
    while (letters[at] === sound && isConsonant) at += 1;
  }
  return pattern;
}

/** The longest come first. */
const SOUNDS: readonly (readonly [string, string])[] = [
  ['shch', '(?:shch|schtsch|sch|sh|chtch)'],
  ['tsch', '(?:tsch|tch|ch|c)'],
  ['tch', '(?:tsch|tch|ch|c)'],
  ['sch', '(?:sch|sh|ch)'],
  ['zh', '(?:zh|z|j|sh|g)'],
  ['kh', '(?:kh|ch|h|x|j|k)'],
  ['ch', '(?:tsch|tch|ch|c|kh|h|x)'],
  ['sh', '(?:sh|sch|ch|s)'],
  ['th', '(?:th|t|f)'],
  ['ph', '(?:ph|f)'],
  ['ts', '(?:ts|tz|c|z)'],
  ['tz', '(?:ts|tz|c|z)'],
  ['ks', '(?:ks|x)'],
  ['mp', '(?:mp|b)'],
  ['nt', '(?:nt|d|nd)'],
  ['gk', '(?:gk|g|ng)'],
  ['ou', '(?:ou|oy|u)'],
  ['oy', '(?:ou|oy|u)'],
  ['ev', '[yji]?[eo](?:v|w|ff?)'],
  ['ey', '[yji]?e[yji]{0,2}'],
  ['ei', '[yji]?e?[yji]{1,2}'],
  ['ye', '[yji]?[eo]'],
  ['je', '[yji]?[eo]'],
  ['yo', '[yji]?[eo]'],
  ['jo', '[yji]?[eo]'],
  ['iy', '[yji]{1,2}'],
  ['ij', '[yji]{1,2}'],
  ['ii', '[yji]{1,2}'],
  ['yy', '[yji]{1,2}'],
  ['ia', '[yji]{1,2}a'],
  ['e', '(?:[yji]?e|[yji]o)'],
  ['y', '[yjiu]{1,2}'],
  ['j', '(?:[yji]{1,2}|zh|dj)'],
  ['i', '[yjieh]{1,2}'],
  ['o', '(?:o|yo|oo)'],
  ['u', '(?:u|ou|oo|oy)'],
  ['x', '(?:x|ks|ch|h)'],
  ['b', '(?:b|v|mp)'],
  ['w', '(?:v|w)'],
  ['v', '(?:v|w|ff?|b)'],
  ['f', '(?:f|ff|ph|v)'],
  ['h', '(?:h|kh|g|x|ch|e)'],
  ['g', '(?:g|gh|h|y)'],
  ['k', '(?:k|c|ck|q)'],
  ['c', '(?:c|k|ts|s)'],
];
