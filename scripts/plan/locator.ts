import { strictest } from '../model/attribution.ts';
import type { Exchange, Interview, InterviewText, Person } from '../model/corpus.ts';
import type { DeckPerson, Locator } from '../model/outputs/deck.ts';
import { pickText } from '../model/text/text.ts';
import { exchangeLink } from './media-link.ts';
import { attributionOf } from './select.ts';

/** Where an exchange's claims come from, with the speaker's name only where it may be given. `several`: the deck shows more than one interview. */
export function locatorOf(interview: Interview, exchange: Exchange, lang: string, several: boolean): Locator {
  const { value: text } = pickText(interview.text, lang, interview.lang);
  const speaker = text.people.find(({ id }) => id === exchange.speaker) ?? null;
  return {
    speaker: speaker !== null && attributionOf(interview, exchange, speaker.id) === 'named' ? speaker.name : null,
    interview: text.title,
    whichInterview: several ? text.title : null,
    date: interview.date,
    section: text.sections.find(({ id }) => id === exchange.section)?.title ?? null,
    number: exchange.number,
    start: exchange.start,
    href: !isNamed(interview, exchange)
      ? null
      : exchangeLink(text.source?.url ?? null, text.source?.media ?? null, exchange.start, exchange.end),
  };
}

/** An interview as a deck may show it. */
export interface PublishedInterview {
  title: string;
  people: DeckPerson[];
  date: string;
  /** Null when it is not given, or would tell who somebody is that must not be named. */
  source: InterviewText['source'];
}

/** An interview with what its attributions leave of it. */
export function publishedInterview(interview: Interview, lang: string): PublishedInterview {
  const { value: text } = pickText(interview.text, lang, interview.lang);
  return {
    title: text.title,
    people: deckPeople(interview, lang),
    date: interview.date,
    source: isNamed(interview, null) ? text.source : null,
  };
}

/** Whether nobody in the interview is withheld: then its source may be given, which names everybody. */
function isNamed(interview: Interview, exchange: Exchange | null): boolean {
  const people = interview.text[interview.lang]?.people ?? [];
  return strictest([attributionOf(interview, exchange, null), ...people.map(({ attribution }) => attribution)]) === 'named';
}

/** People as a deck shows them: interviewees first; no name where attribution withholds it. */
function deckPeople(interview: Interview, lang: string): DeckPerson[] {
  const { value: text } = pickText(interview.text, lang, interview.lang);
  const rank = (person: Person) => (person.role === 'interviewee' ? 0 : 1);
  return [...text.people]
    .sort((a, b) => rank(a) - rank(b))
    .flatMap((person) => {
      const shown = attributionOf(interview, null, person.id);
      if (shown === 'anonymous') return [];
      const named = shown === 'named';
      return [{ name: named ? person.name : null, role: person.role, affiliation: named ? (person.affiliation ?? null) : null }];
    });
}
