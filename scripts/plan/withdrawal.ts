/** What was published once and may not be any more: then the last good version of a deck cannot stay. */
import type { BrokenFile, Corpus, Exchange, Interview, WithheldPerson } from '../model/corpus.ts';
import { isEmbargoed, isPublishable } from './select.ts';

/**
 * Those of the content files that a deck was made from which may not be published on the given day (`YYYY-MM-DD`): drafts, what is under embargo, and what
 * says so in a way that cannot be read. Sorted.
 */
export function forbiddenSources(sources: ReadonlySet<string>, corpus: Corpus, today: string): string[] {
  const places = placesIn(corpus);
  return [...sources].filter((source) => isForbidden(source, places, today)).sort();
}

/** Interviews and what is broken in them by the interview's id, exchanges by file. */
interface Places {
  interviews: ReadonlyMap<string, Interview>;
  exchanges: ReadonlyMap<string, Exchange>;
  broken: ReadonlyMap<string | null, readonly BrokenFile[]>;
}

/** Made once for a corpus: every source of every deck is looked for. */
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

/** Everybody of the interviews that a deck draws on who must not be named in it. */
export function withheldIn(sources: ReadonlySet<string>, corpus: Corpus): WithheldPerson[] {
  if (corpus.withheld.length === 0) return [];
  const interviews = new Set([...sources].map(interviewOf));
  const open = namedIn(sources, corpus);
  // Who is named openly in another interview of the same deck stands on its cover anyway.
  return corpus.withheld.filter(({ interview, names }) => interviews.has(interview) && !names.some((name) => open.has(name)));
}

/** The names, in all languages, of everybody whom a deck that draws on these files may name. */
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
 * Whether an output names somebody who is withheld today. `named` tells whether it might name somebody of a name; null where nobody knows, and then
 * everybody counts whose interview it draws on.
 */
export function namesWithheld(sources: ReadonlySet<string>, named: ((name: string) => boolean) | null, corpus: Corpus): boolean {
  if (named === null) return withheldIn(sources, corpus).length > 0;
  const open = namedIn(sources, corpus);
  // An interview may have another id by now.
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
  // A word in a translation concerns that language alone.
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
