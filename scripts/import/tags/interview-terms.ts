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
  /** Where its notes stand in the file. */
  places: Place[];
  /** Whether the content has it already: then its definition there stays. */
  isKnown: boolean;
}

export interface ReadNotes {
  terms: ImportedTerm[];
  /** Notes without a term, or too long for one: text that nobody speaks. */
  remarks: { text: string; place: Place }[];
}

/** A note for each term; notes on the same one, by any of its names, are one term, and each keeps its words. */
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
/** In letters: what is wider is a sentence, not a term. */
const WIDEST_NAME = 44;
/** In characters: so much of a definition can be shown. */
const LONGEST_DEFINITION = 40_000;

/** `SGD (Stochastic Gradient Descent)`: a name, and what stands in brackets behind it are others. */
function namesIn(written: string): string[] {
  const [, name, others] = /^(.+?)\s*[(（]([^()（）]+)[)）]$/.exec(written) ?? [];
  const names = name === undefined || others === undefined ? [written] : [name, ...others.split(/[,，、;；]/)];
  return [...new Map(names.map((each) => [keyOf(each), each.trim()])).values()].filter((each) => each !== '');
}

function newTerm(names: readonly string[], taken: Set<string>, slugOf: Slugging): ImportedTerm {
  // A name in Latin letters reads better in an address than one that is spelt out.
  const readable = names.find((name) => /^[\p{Script=Latin}\p{N}\p{P}\p{Zs}]+$/u.test(name)) ?? names[0] ?? '';
  const longer = names.find((name) => /^[\p{Script=Latin}\p{N}\p{P}\p{Zs}]+$/u.test(name) && name.length > readable.length);
  const id = unusedSlug(slugOf(readable.length < 3 && longer !== undefined ? longer : readable, 'term'), taken);
  return { id, name: names[0] ?? '', aliases: [], definition: [], places: [], isKnown: false };
}

/** As the content reader compares names of terms. */
function keyOf(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}
