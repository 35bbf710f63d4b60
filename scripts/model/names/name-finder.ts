/** Finding people's names in text, however they are written: the one policy for names that must not leave the house. */
import { asciiLettersOf, type Characters, FOLDS, type Fold, foldCharacters, type Letters, readCharacters } from './folded-text.ts';
import type { Certainty, Where } from './judge-form.ts';
import { judgeHit } from './judge-hit.ts';
import { type Called, type Form, formsOf } from './name-forms.ts';
import type { Hit } from './seen-hit.ts';

export type { Called } from './name-forms.ts';

export interface FoundName {
  /** In UTF-16 units of the text. */
  index: number;
  /** As it stands there. */
  text: string;
  /** certain: nothing else can be meant, or so little else that it must be looked at. likely: it may well be something else. */
  certainty: Certainty;
}

/**
 * Finds the names of some people: whole, or any part of them, whatever their case, accents, marks, alphabet and order. So that nothing slips through, a part
 * that is no very common word is certain, until it is declared as ordinary. What it does not find stands in README.md.
 */
export class NameFinder {
  readonly #patterns: ReadonlyMap<Fold, FoldPatterns>;

  constructor(people: readonly Called[]) {
    const forms = people.flatMap(knownForms);
    this.#patterns = new Map(FOLDS.flatMap((fold) => patternsIn(fold, forms)));
  }

  /** The first certain name in a text that people read, or in one that programs do; null when there is none. */
  find(text: string, where: Where = 'text'): FoundName | null {
    return firstOf(this.all(text, where), 'certain');
  }

  /** The first certain name in a web address, a file name or an id. */
  findInAddress(address: string): FoundName | null {
    return this.find(address, 'address');
  }

  /** Every name in a text, certain or likely, in their order; none that lies within another. */
  all(text: string, where: Where = 'text'): FoundName[] {
    if (this.#patterns.size === 0 || text === '') return [];
    const simple = asciiLettersOf(text);
    if (simple !== null && this.#patterns.get('plain')?.any.test(simple) === false) return [];
    const characters = readCharacters(text);
    return outermost([...this.#patterns].flatMap(([fold, patterns]) => findIn(text, characters, { fold, patterns, where })));
  }
}

interface FoldPatterns {
  /** Finds whether there is anything to look at. */
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

/** The forms of a person are made once. */
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

/** Overlapping ones too: what looks like one may be another's beginning. */
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

/** In letters of another alphabet: what is found in Latin letters is looked for in the plain fold, by its very letters. */
function isOfFold({ at }: Hit, fold: Fold, { characters }: Characters): boolean {
  const letters = at.map((index) => characters[index] ?? '');
  const isOther = (letter: string) => !/[\p{Script=Latin}\p{Script=Inherited}\p{Script=Common}]/u.test(letter);
  if (fold === 'romanised') return letters.some(isOther);
  return fold !== 'lookalike' || (letters.some(isOther) && (at.length >= LEAST_LOOKALIKE || !letters.every(isOther)));
}

/** Shorter words of Cyrillic or Greek look like Latin ones by chance. */
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
