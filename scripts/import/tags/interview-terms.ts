/** Editor's notes -> glossary terms. */
import type { Place } from '../../model/problems/problem.ts';
import { unusedSlug } from '../exchanges/ascii-slug.ts';
import type { Slugging } from '../exchanges/nameless-slug.ts';
import type { KnownTerm } from '../merge/known.ts';
import { linesOf, oneLine, widthOf } from '../plain-text.ts';
import type { EditorsNote } from '../transcript.ts';

export interface ImportedTerm {
  id: string;
  name: string;
  aliases: string[];
  definition: string[];
  /** The places of its notes in the file. */
  places: Place[];
  /** Whether the content already has the term. Then its definition stays as it is. */
  isKnown: boolean;
}

export interface ReadNotes {
  terms: ImportedTerm[];
  /** Notes without a term, or with one that is too long. They become text without a speaker. */
  remarks: { text: string; place: Place }[];
}

/** Reads notes as terms. Notes on the same term, by any of its names, are joined and keep all their words. */
export function readNotes(notes: readonly EditorsNote[], known: readonly KnownTerm[], slugOf: Slugging): ReadNotes {
  const owners = new Map<string, ImportedTerm>();
  const taken = new Set(known.map(({ id }) => id));
  for (const { id, names } of known) {
    const term: ImportedTerm = { id, name: names[0] ?? id, aliases: [], definition: [], places: [], isKnown: true };
    for (const name of [...names, id]) owners.set(keyOf(name), term);
  }
  const found: ReadNotes = { terms: [], remarks: [] };
  for (const { term: written, definition, place } of notes) {
    const name = oneLine(written);
    const lines = linesOf([definition]);
    const names = name.length <= LONGEST_NAME ? namesIn(name) : [name];
    const isTerm = name !== '' && lines.length > 0 && widthOf(names[0] ?? '') <= WIDEST_NAME && definition.length <= LONGEST_DEFINITION;
    if (isTerm && name.length <= LONGEST_NAME) addTerm(names, lines, place, { owners, taken, found, slugOf });
    else found.remarks.push(...[name, ...lines].filter((text) => text !== '').map((text) => ({ text, place })));
  }
  return found;
}

interface Notebook {
  /** By every name in use. */
  owners: Map<string, ImportedTerm>;
  taken: Set<string>;
  found: ReadNotes;
  slugOf: Slugging;
}

function addTerm(names: readonly string[], lines: readonly string[], place: Place, { owners, taken, found, slugOf }: Notebook): void {
  const owner = names.flatMap((each) => owners.get(keyOf(each)) ?? [])[0] ?? newTerm(names, taken, slugOf);
  if (owner.places.length === 0) found.terms.push(owner);
  owner.places.push(place);
  const unknown = names.filter((each) => !owners.has(keyOf(each)));
  for (const each of unknown) owners.set(keyOf(each), owner);
  if (owner.isKnown) return;
  owner.aliases.push(...unknown.filter((each) => each !== owner.name));
  owner.definition.push(...lines);
}

const LONGEST_NAME = 200;
/** In letters. A wider text is a sentence, not a term. */
const WIDEST_NAME = 44;
/** In characters. The longest definition that can be shown. */
const LONGEST_DEFINITION = 40_000;

/** Returns the names in `SGD (Stochastic Gradient Descent)`: the first name and those in brackets. */
function namesIn(written: string): string[] {
  const [, name, others] = /^(.+?)\s*[(（]([^()（）]+)[)）]$/.exec(written) ?? [];
  const names = name === undefined || others === undefined ? [written] : [name, ...others.split(/[,，、;；]/)];
  return [...new Map(names.map((each) => [keyOf(each), each.trim()])).values()].filter((each) => each !== '');
}

function newTerm(names: readonly string[], taken: Set<string>, slugOf: Slugging): ImportedTerm {
  // A name in Latin letters gives a more readable id than a transliterated one.
  const readable = names.find((name) => /^[\p{Script=Latin}\p{N}\p{P}\p{Zs}]+$/u.test(name)) ?? names[0] ?? '';
  const longer = names.find((name) => /^[\p{Script=Latin}\p{N}\p{P}\p{Zs}]+$/u.test(name) && name.length > readable.length);
  const id = unusedSlug(slugOf(readable.length < 3 && longer !== undefined ? longer : readable, 'term'), taken);
  return { id, name: names[0] ?? '', aliases: [], definition: [], places: [], isKnown: false };
}

/** Compares names of terms in the same way as the content reader. */
function keyOf(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}
