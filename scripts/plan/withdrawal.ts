/** Finds published content that may no longer be published. The last good version of a deck must then be removed. */
import type { BrokenFile, Corpus, Exchange, Interview, WithheldPerson } from '../model/corpus.ts';
import { isEmbargoed, isPublishable } from './select.ts';

/**
 * Returns the content files of a deck that may not be published on the given day (`YYYY-MM-DD`), sorted: drafts, files under embargo, and
 * files whose permission cannot be read.
 */
export function forbiddenSources(sources: ReadonlySet<string>, corpus: Corpus, today: string): string[] {
  const places = placesIn(corpus);
  return [...sources].filter((source) => isForbidden(source, places, today)).sort();
}

/** Interviews and broken files by the interview's id, exchanges by file. */
interface Places {
  interviews: ReadonlyMap<string, Interview>;
  exchanges: ReadonlyMap<string, Exchange>;
  broken: ReadonlyMap<string | null, readonly BrokenFile[]>;
}

/** Cache by corpus, because every source of every deck is looked up. */
const known = new WeakMap<Corpus, Places>();

function placesIn(corpus: Corpus): Places {
  let places = known.get(corpus);
  if (places === undefined) {
    const broken = new Map<string | null, BrokenFile[]>();
    for (const each of corpus.broken) {
      const others = broken.get(each.interview);
      if (others === undefined) broken.set(each.interview, [each]);
      else others.push(each);
    }
    places = {
      interviews: new Map(corpus.interviews.map((interview) => [interview.id, interview])),
      exchanges: new Map(corpus.exchanges.map((exchange) => [exchange.file, exchange])),
      broken,
    };
    known.set(corpus, places);
  }
  return places;
}

/** Returns the people in a deck's interviews who must not be named in it. */
export function withheldIn(sources: ReadonlySet<string>, corpus: Corpus): WithheldPerson[] {
  if (corpus.withheld.length === 0) return [];
  const interviews = new Set([...sources].map(interviewOf));
  const open = namedIn(sources, corpus);
  // A person named openly in another interview of the same deck is on its cover anyway.
  return corpus.withheld.filter(({ interview, names }) => interviews.has(interview) && !names.some((name) => open.has(name)));
}

/** Returns the names, in all languages, of everybody whom a deck made from these files may name. */
export function namedIn(sources: ReadonlySet<string>, corpus: Corpus): ReadonlySet<string> {
  const interviews = new Set([...sources].map(interviewOf));
  const isWithheld = (interview: string, person: string) =>
    corpus.withheld.some((withheld) => withheld.interview === interview && withheld.person === person);
  const people = corpus.interviews
    .filter(({ id }) => interviews.has(id))
    .flatMap((interview) => Object.values(interview.text).flatMap((text) => text.people.map((person) => ({ interview, person }))));
  return new Set(people.filter(({ interview, person }) => !isWithheld(interview.id, person.id)).map(({ person }) => person.name));
}

/**
 * Whether an output names a person who is withheld today. `named` tells whether the output may contain a name. When null this is unknown,
 * and every withheld person of its interviews counts.
 */
export function namesWithheld(sources: ReadonlySet<string>, named: ((name: string) => boolean) | null, corpus: Corpus): boolean {
  if (named === null) return withheldIn(sources, corpus).length > 0;
  const open = namedIn(sources, corpus);
  // The id of an interview may have changed since.
  return corpus.withheld.some(({ names }) => names.some(named) && !names.some((name) => open.has(name)));
}

function isForbidden(source: string, { interviews, exchanges, broken }: Places, today: string): boolean {
  const base = source.replace(/\.[a-z]{2,3}\.md$/, '.md');
  const id = interviewOf(source);
  const interview = interviews.get(id);
  if (interview !== undefined && isEmbargoed(interview, today)) return true;
  const exchange = exchanges.get(base);
  if (exchange !== undefined && interview !== undefined && !isPublishable(exchange, interview, today)) return true;
  return (broken.get(id) ?? []).some((each) => forbids(each, source, base, today));
}

function forbids({ kind, file, lang, permission }: BrokenFile, source: string, base: string, today: string): boolean {
  const { draft, embargo, attribution } = permission;
  // A permission in a translation concerns only that language.
  const concerns = lang === null || source.endsWith(`.${lang}.md`);
  if (concerns && (attribution === 'unreadable' || isUnderEmbargo(embargo, today))) return true;
  return kind === 'exchange' && draft !== false && (file === source || file === base);
}

function isUnderEmbargo(embargo: string | null, today: string): boolean {
  return embargo === 'unreadable' || (embargo !== null && isEmbargoed({ embargo }, today));
}

function interviewOf(source: string): string {
  return source.split('/')[1] ?? '';
}
