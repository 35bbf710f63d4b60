/** Finds names of people in text, in any spelling. */
import { asciiLettersOf, type Characters, FOLDS, type Fold, foldCharacters, type Letters, readCharacters } from './folded-text.ts';
import { type Called, type Form, formsOf } from './name-forms.ts';
import { ABBREVIATIONS, CAPITALISED_WORDS, ORDINARY_WORDS } from './ordinary-words.ts';
import { endsWord, type Hit, hasInitial, hasTitle, hasTones, isEdge, isHandle, type NameGap, Seen } from './seen-hit.ts';

export type { Called } from './name-forms.ts';

export interface FoundName {
  /** In UTF-16 units of the text. */
  index: number;
  /** The name as it is written there. */
  text: string;
  /** certain: it means the person, or other meanings are so unlikely that it must be checked. likely: it may mean something else. */
  certainty: Certainty;
}

/**
 * Finds the names of some people, in full or in part, ignoring case, accents, marks, alphabet and order. To miss nothing, a part of a
 * name counts as certain unless it is a very common word or declared as ordinary. The limits are documented in README.md.
 */
export class NameFinder {
  readonly #patterns: ReadonlyMap<Fold, FoldPatterns>;

  constructor(people: readonly Called[]) {
    const forms = people.flatMap(knownForms);
    this.#patterns = new Map(FOLDS.flatMap((fold) => patternsIn(fold, forms)));
  }

  /** Returns the first certain name in a text or an address, or null. */
  find(text: string, where: Where = 'text'): FoundName | null {
    return firstOf(this.all(text, where), 'certain');
  }

  /** Returns the first certain name in a web address, a file name or an id. */
  findInAddress(address: string): FoundName | null {
    return this.find(address, 'address');
  }

  /** Returns every certain or likely name in a text, in order, without names inside other names. */
  all(text: string, where: Where = 'text'): FoundName[] {
    if (this.#patterns.size === 0 || text === '') return [];
    const simple = asciiLettersOf(text);
    if (simple !== null && this.#patterns.get('plain')?.any.test(simple) === false) return [];
    const characters = readCharacters(text);
    return outermost([...this.#patterns].flatMap(([fold, patterns]) => findIn(text, characters, { fold, patterns, where })));
  }
}

interface FoldPatterns {
  /** A quick test for any of the forms. */
  any: RegExp;
  forms: { form: Form; pattern: RegExp }[];
}

function findIn(
  text: string,
  characters: Characters,
  { fold, patterns, where }: { fold: Fold; patterns: FoldPatterns; where: Where },
): FoundName[] {
  const letters = foldCharacters(characters, fold);
  if (letters === null || !patterns.any.test(letters.letters)) return [];
  return patterns.forms.flatMap(({ form, pattern }) =>
    hitsOf(pattern, letters).flatMap((hit) => {
      const certainty = isOfFold(hit, fold, characters) ? judgeHit(hit, form, characters, where) : null;
      return certainty === null ? [] : [foundAt(hit, certainty, text, characters)];
    }),
  );
}

/** Cache, so that the forms of a person are made only once. */
const formsByPerson = new WeakMap<Called, Form[]>();

function knownForms(person: Called): Form[] {
  const forms = formsByPerson.get(person) ?? formsOf(person);
  formsByPerson.set(person, forms);
  return forms;
}

function patternsIn(fold: Fold, all: readonly Form[]): [Fold, FoldPatterns][] {
  const forms = all.filter(({ folds }) => folds.includes(fold));
  if (forms.length === 0) return [];
  const any = new RegExp(forms.map(({ units }) => units.join('')).join('|'), 'u');
  return [[fold, { any, forms: forms.map((form) => ({ form, pattern: patternOf(form) })) }]];
}

const patternOf = ({ units }: Form) => new RegExp(units.map((unit) => `(${unit})`).join(''), 'dgu');

/** Includes overlapping matches, because the start of one name may look like another. */
function hitsOf(pattern: RegExp, { letters, from }: Letters): Hit[] {
  const hits: Hit[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(letters); match !== null; match = pattern.exec(letters)) {
    const { index } = match;
    const borders = (match.indices ?? []).slice(2).map((span) => (span?.[0] ?? index) - index);
    hits.push({ letters: match[0], at: from.slice(index, index + match[0].length), borders });
    pattern.lastIndex = index + 1;
  }
  return hits;
}

/** Whether a match contains letters of another alphabet. Matches in Latin letters only are left to the plain fold. */
function isOfFold({ at }: Hit, fold: Fold, { characters }: Characters): boolean {
  const letters = at.map((index) => characters[index] ?? '');
  const isOther = (letter: string) => !/[\p{Script=Latin}\p{Script=Inherited}\p{Script=Common}]/u.test(letter);
  if (fold === 'romanised') return letters.some(isOther);
  return fold !== 'lookalike' || (letters.some(isOther) && (at.length >= LEAST_LOOKALIKE || !letters.every(isOther)));
}

/** In letters. Shorter Cyrillic or Greek words look like Latin ones by chance. */
const LEAST_LOOKALIKE = 5;

function foundAt({ at }: Hit, certainty: Certainty, text: string, { starts, ends }: Characters): FoundName {
  const index = starts[at[0] ?? 0] ?? 0;
  return { index, text: text.slice(index, ends[at.at(-1) ?? 0] ?? text.length), certainty };
}

function outermost(found: readonly FoundName[]): FoundName[] {
  const kept: FoundName[] = [];
  const weight = ({ certainty, text }: FoundName) => (certainty === 'certain' ? 1_000_000 : 0) + text.length;
  for (const each of [...found].sort((a, b) => weight(b) - weight(a))) {
    const overlaps = kept.some(({ index, text }) => each.index < index + text.length && index < each.index + each.text.length);
    if (!overlaps) kept.push(each);
  }
  return kept.sort((a, b) => a.index - b.index);
}

function firstOf(found: readonly FoundName[], certainty: Certainty): FoundName | null {
  return found.find((each) => each.certainty === certainty) ?? null;
}

// Certainty of a match, from its surroundings

/** Returns null when the match is something else. */
function judgeHit(hit: Hit, form: Form, text: Characters, where: Where): Certainty | null {
  const seen = new Seen(hit, text);
  const judged = form.script === 'unspaced' ? judgeUnspaced(form, seen) : judgeSpaced(form, seen, where);
  return judged === 'likely' && form.ordinary.has(hit.letters) ? null : judged;
}

function judgeSpaced(form: Form, seen: Seen, where: Where): Certainty | null {
  const edges = judgeEdges(seen, form, where);
  const gaps = edges === null ? null : judgeGaps(seen, form);
  const written = gaps === null ? null : judgeForm(seen, form, where);
  return written !== null && (edges === 'likely' || gaps === 'likely') ? 'likely' : written;
}

/** Chinese names need no word boundaries. Between family name and given name there may be a dot or a space. */
function judgeUnspaced({ kind }: Form, seen: Seen): Certainty | null {
  const gaps = seen.gaps();
  if (gaps.some(({ text }) => !/^[\s\p{P}\p{S}]{1,3}$/u.test(text) || BREAKS.test(text))) return null;
  // A foreign name in Katakana needs word boundaries.
  if (/\p{Script=Katakana}/u.test(seen.word()) && /\p{Script=Katakana}/u.test(`${seen.before(1)}${seen.after(1)}`)) return null;
  if (kind !== 'whole' && gaps.length > 0) return null;
  return kind === 'familiar' ? 'likely' : 'certain';
}

/** Judges the word boundaries around a name. */
function judgeEdges(seen: Seen, { kind, units, script }: Form, where: Where): Certainty | null {
  const { length } = seen.hit.letters;
  if (kind === 'whole' && units.length > 1 && length >= LEAST_INSIDE) return 'certain';
  const begins = isEdge(seen.character(seen.first - 1), seen.character(seen.first));
  if (begins && endsWord(seen)) return 'certain';
  // Slavic names are declined: Petrov, Petrova, Petrovu.
  const isDeclined = begins && length >= LEAST_DECLINED && /^\p{Script=Cyrillic}{1,3}(?!\p{L})/u.test(seen.after(4));
  if (isDeclined) return seen.isCapital(0) && script !== 'pinyin' ? 'certain' : 'likely';
  const isName = kind === 'whole' || kind === 'part';
  return where === 'address' && isName && length >= LEAST_WITHIN_ADDRESS ? 'likely' : null;
}

/** Whether the characters between the letters may be inside a name. */
function judgeGaps(seen: Seen, form: Form): Certainty | null {
  const { borders } = seen.hit;
  const gaps = seen.gaps();
  if (gaps.some(({ text }) => /[\p{L}\p{N}]/u.test(text) || text.length > LONGEST_GAP)) return null;
  const between = gaps.filter(({ before }) => borders.includes(before));
  if (between.some((gap) => isBreak(gap, seen, form))) return null;
  // Pinyin syllables may be separated anywhere.
  const isSyllable = ({ text }: NameGap) => form.script === 'pinyin' && /^[\s\p{Pd}_.'’]{1,2}$/u.test(text);
  const within = gaps.filter((gap) => !borders.includes(gap.before) && !isSyllable(gap));
  return within.length === 0 ? 'certain' : judgeParted(within, between.length, seen, form);
}

/**
 * Whether a sentence or paragraph ends in a gap, so that "Will. Young people" is not a name. Not checked for names that resemble no word.
 */
function isBreak({ text, before }: NameGap, { hit: { borders } }: Seen, { kind, common, script }: Form): boolean {
  const unit = [0, ...borders].findLast((border) => border < before) ?? 0;
  const isInitial = before - unit === 1;
  return (BREAKS.test(text) && !isInitial && (common || script === 'pinyin')) || (kind === 'initialled' && /\n\s*\n/.test(text));
}

/** Judges words in pieces: Zebu-lon, Z e b u l o n, Anne Marie. "A new man" is not Newman. */
function judgeParted(within: readonly NameGap[], between: number, seen: Seen, { kind }: Form): Certainty | null {
  const { letters } = seen.hit;
  if (letters.length < LEAST_PARTED || kind === 'initials' || kind === 'initialled') return null;
  if (within.some(({ text }) => BREAKS.test(text) || text.length > LONGEST_PART_GAP)) return null;
  const isSpacedOut = within.length === letters.length - 1 - between && within.length >= LEAST_SPACED_OUT;
  if (isSpacedOut) return 'certain';
  const cuts = within.map(({ before }) => before);
  const pieces = [0, ...cuts].map((from, index) => letters.slice(from, cuts[index] ?? letters.length));
  const isOrdinary = pieces.some((piece) => ORDINARY_WORDS.has(piece) || piece.length < 2);
  const isCapital = seen.isCapital(0);
  if (isOrdinary && !isCapital && within.some(({ text }) => /^\s+$/u.test(text))) return null;
  const isSure = ({ text, before }: NameGap) => {
    const isHyphen = !/\s/u.test(text) || /^[-‐]\s*\n\s*$/u.test(text);
    return isHyphen ? !isOrdinary || isCapital : isCapital && seen.isCapital(before);
  };
  return within.every(isSure) ? 'certain' : 'likely';
}

/** The end of a sentence, a paragraph or a table cell. */
const BREAKS = /[.!?;:。！？；：|]\s|\n\s*\n|\t/u;
/** In characters. */
const LONGEST_GAP = 8;
const LONGEST_PART_GAP = 3;
/** In letters. A full name of this length is also found inside other words. */
const LEAST_INSIDE = 9;
const LEAST_WITHIN_ADDRESS = 5;
const LEAST_DECLINED = 4;
/** In letters. Shorter names in pieces are usually other words. */
const LEAST_PARTED = 5;
/** In gaps, as in Q u i s t. */
const LEAST_SPACED_OUT = 3;

// Certainty of a match, from its spelling

/** certain: it means the person, or other meanings are so unlikely that it must be checked. likely: it may mean something else. */
type Certainty = 'certain' | 'likely';
/** text: written for readers. address: a web address, an id or a file name, which are mostly lower-case. */
type Where = 'text' | 'address';

/** Returns null when the match is something else. Word boundaries and gaps have been checked. */
function judgeForm(seen: Seen, form: Form, where: Where): Certainty | null {
  switch (form.kind) {
    case 'part':
      return judgePart(seen, form, where);
    case 'initialled':
      return seen.gaps().length === 0 ? judgeJoinedInitial(seen, form, where) : judgeInitialled(seen, form, where);
    case 'initials':
      return judgeInitials(seen, where);
    case 'whole':
      return form.common ? judgeOrdinaryWhole(seen, form, where) : judgeWhole(seen, form, where);
    case 'addressed':
      return 'certain';
    case 'familiar':
      return 'likely';
  }
}

function judgeWhole(seen: Seen, { reversed }: Form, where: Where): Certainty | null {
  const { letters } = seen.hit;
  const [gap] = seen.gaps();
  if (letters.length >= LEAST_TOGETHER || hasTones(seen)) return 'certain';
  // Short names such as Al So or Li Na may be other words.
  if (gap === undefined) {
    if (ORDINARY_WORDS.has(letters) || (reversed && !seen.isCapital(0))) return null;
    return seen.isCapital(0) ? 'certain' : 'likely';
  }
  if (seen.hasCapitals()) return 'certain';
  if (reversed) return gap.text.includes(',') && seen.isCapital(0) ? 'certain' : 'likely';
  const isMarked = where === 'address' || !/\s/.test(gap.text);
  return isMarked || seen.isCapital(0) ? 'certain' : 'likely';
}

/** Judges full names of ordinary words: Will Young, May Long. */
function judgeOrdinaryWhole(seen: Seen, { reversed, script }: Form, where: Where): Certainty | null {
  const { letters } = seen.hit;
  const isJoined = seen.gaps().length === 0;
  if (isJoined && ORDINARY_WORDS.has(letters)) return null;
  if (seen.hasCapitals() && (!isJoined || letters.length >= LEAST_TOGETHER)) return 'certain';
  if ((reversed || (isJoined && letters.length < LEAST_TOGETHER)) && !seen.isCapital(0)) return null;
  return reversed || isJoined || where === 'address' || script === 'pinyin' ? 'likely' : 'certain';
}

/** Judges Q. Zebulon and Zebulon Q. */
function judgeInitialled(seen: Seen, { common, reversed }: Form, where: Where): Certainty | null {
  if (!seen.hasCapitals()) return where === 'address' && !common ? 'certain' : null;
  const isMarked = /[.,]/.test(`${seen.gaps()[0]?.text ?? ''}${reversed ? seen.after(1) : ''}`);
  return isMarked ? 'certain' : 'likely';
}

/** Judges an initial joined to a name: zquist, quistz. */
function judgeJoinedInitial(seen: Seen, { common, reversed }: Form, where: Where): Certainty | null {
  const { letters } = seen.hit;
  if (ORDINARY_WORDS.has(letters) || letters.length < LEAST_JOINED) return null;
  if (reversed || common) return 'likely';
  return letters.length >= LEAST_TOGETHER || where === 'address' || isHandle(seen) ? 'certain' : 'likely';
}

function judgePart(seen: Seen, form: Form, where: Where): Certainty | null {
  const { letters } = seen.hit;
  if (hasTitle(seen) || hasInitial(seen)) return 'certain';
  if (form.declared) return null;
  if (form.script === 'pinyin') return judgePinyin(seen, form, where);
  if (form.common || ORDINARY_WORDS.has(letters)) return judgeOrdinary(seen, where);
  if (where === 'address') return letters.length < LEAST_IN_ADDRESS ? null : 'certain';
  return letters.length > 2 ? 'certain' : judgeShort(seen);
}

/** Judges short names: Li, Na. */
function judgeShort(seen: Seen): Certainty | null {
  // Li2CO3 is lithium carbonate.
  if (/^\d/.test(seen.after(1))) return null;
  if (ABBREVIATIONS.has(seen.hit.letters) && seen.isCapital(1)) return 'likely';
  return seen.isCapital(0) ? 'certain' : 'likely';
}

/** Judges names in pinyin: a given name of two syllables, or a family name. Either can stand for many different characters. */
function judgePinyin(seen: Seen, { units, common }: Form, where: Where): Certainty | null {
  const { letters } = seen.hit;
  const isCapital = seen.isCapital(0);
  if (units.length > 1 && !common)
    return letters.length >= LEAST_TOGETHER || (isCapital && seen.gaps().length === 0) ? 'certain' : 'likely';
  return isCapital && where === 'text' && !ORDINARY_WORDS.has(letters) ? 'likely' : null;
}

/** Judges ordinary words such as Will and Young. Inside a sentence, a capital with no other explanation marks a name. */
function judgeOrdinary(seen: Seen, where: Where): Certainty | null {
  if (isHandle(seen)) return 'certain';
  if (where === 'address' || !seen.isCapital(0)) return null;
  const isPlain = /\p{Ll}/u.test(seen.word());
  const isWithin = /(?:^|\P{L})\p{Ll}+,? $/u.test(seen.before(24));
  const isFollowed = /^ \p{Lu}/u.test(seen.after(2));
  return isPlain && isWithin && !isFollowed && !CAPITALISED_WORDS.has(seen.hit.letters) ? 'certain' : 'likely';
}

/** Judges initials of a full name. They are capitals, and often mean something else. */
function judgeInitials(seen: Seen, where: Where): Certainty | null {
  if (where === 'address' || ABBREVIATIONS.has(seen.hit.letters)) return null;
  const isShort = seen.gaps().every(({ text }) => text === '.' || text === '. ');
  return isShort && /^\p{Lu}+$/u.test(seen.word()) ? 'likely' : null;
}

/** In letters. Shorter names written as one word ("Al So") would match inside ordinary words. */
const LEAST_TOGETHER = 6;
const LEAST_JOINED = 4;
const LEAST_IN_ADDRESS = 3;
