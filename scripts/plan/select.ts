/** Which exchanges a theme's deck shows. */
import { strictest } from '../model/attribution.ts';
import type { Attribution, Corpus, Exchange, Interview, Person, Theme } from '../model/corpus.ts';
import { matchesQuery } from '../model/query.ts';

export interface SelectedExchange {
  exchange: Exchange;
  interview: Interview;
}

/** The exchanges of a theme in the order of the deck: by interview, then section, then file name. Drafts and embargoed ones are left out. */
export function selectExchanges(corpus: Corpus, theme: Theme, today: string): SelectedExchange[] {
  const matching = new Map<string, Exchange[]>();
  for (const exchange of corpus.exchanges) {
    if (!isTakenBy(theme, exchange)) continue;
    const others = matching.get(exchange.interview);
    if (others === undefined) matching.set(exchange.interview, [exchange]);
    else others.push(exchange);
  }
  return corpus.interviews.flatMap((interview) => {
    const sections = new Map((interview.text[interview.lang]?.sections ?? []).map((section, index) => [section.id, index]));
    const place = (exchange: Exchange) => (exchange.section === null ? sections.size : (sections.get(exchange.section) ?? sections.size));
    return (matching.get(interview.id) ?? [])
      .filter((exchange) => isPublishable(exchange, interview, today))
      .sort((a, b) => place(a) - place(b) || a.number - b.number)
      .map((exchange) => ({ exchange, interview }));
  });
}

/** Whether a theme asks for an exchange. */
export function isTakenBy(theme: Theme, exchange: Exchange): boolean {
  let tags = tagSets.get(exchange);
  if (tags === undefined) {
    tags = new Set(exchange.tags);
    tagSets.set(exchange, tags);
  }
  return matchesQuery(theme.query, tags);
}

/** Every theme asks every exchange, some of them several times. */
const tagSets = new WeakMap<Exchange, ReadonlySet<string>>();

/** Whether an exchange may leave the house on the given day (`YYYY-MM-DD`). */
export function isPublishable(exchange: Exchange, interview: Interview, today: string): boolean {
  return !exchange.draft && !isEmbargoed(interview, today);
}

/** Under embargo until the end of the period that its date names: of the day, the month or the year. */
export function isEmbargoed(interview: Pick<Interview, 'embargo'>, today: string): boolean {
  return interview.embargo !== null && today.slice(0, interview.embargo.length) <= interview.embargo;
}

/** The strictest attribution that applies: of the exchange, its speaker or the interview. */
export function attributionOf(interview: Interview, exchange: Exchange | null, personId: string | null): Attribution {
  const person = interview.text[interview.lang]?.people.find(({ id }) => id === personId) ?? null;
  return strictest([interview.attribution, exchange?.attribution ?? null, person?.attribution ?? null]);
}

/** The corpus in which everybody who is withheld in one exchange is withheld everywhere. */
export function withholdEverywhere(corpus: Corpus): Corpus {
  if (corpus.withheld.length === 0) return corpus;
  const levelOf = (interview: Interview, person: Person) =>
    corpus.withheld.find((withheld) => withheld.interview === interview.id && withheld.person === person.id)?.attribution ?? null;
  const interviews = corpus.interviews.map((interview) => ({
    ...interview,
    text: Object.fromEntries(
      Object.entries(interview.text).map(([lang, text]) => [
        lang,
        { ...text, people: text.people.map((person) => ({ ...person, attribution: levelOf(interview, person) })) },
      ]),
    ),
  }));
  return { ...corpus, interviews };
}
