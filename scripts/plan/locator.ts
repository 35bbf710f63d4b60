import type { Exchange, Interview, InterviewText, Person } from '../model/corpus.ts';
import { strictest } from '../model/front-matter.ts';
import type { DeckPerson, Locator } from '../model/outputs/deck.ts';
import { pickText } from '../model/text/text.ts';
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

// Addresses that lead to a moment of a recording.

/**
 * The most exact address that a reader can follow: the recording at the right second where there is a time, else the published text, else the recording.
 * Times are `HH:MM:SS`, as content gives them. What else the address says stays as it is written.
 */
export function exchangeLink(url: string | null, media: string | null, start: string | null, end: string | null): string | null {
  if (start === null || media === null) return url ?? media;
  const [from, to] = [secondsOf(start), end === null ? null : secondsOf(end)];
  const { address, query, fragment } = taken(media);
  switch (playerOf(media)) {
    case 'youtube':
      // Its own players know whole seconds, and an end only where they are embedded.
      if (!/\/embed\//.test(address)) return joined({ address, query: withPair(query, 't', `${Math.floor(from)}s`), fragment });
      return joined({ address, query: withEnd(withPair(query, 'start', `${Math.floor(from)}`), from, to), fragment });
    case 'bilibili':
      return joined({ address, query: withPair(query, 't', `${Math.floor(from)}`), fragment });
    case 'vimeo':
      return joined({ address, query, fragment: withPair(isPairs(fragment) ? fragment : '', 't', `${Math.floor(from)}s`) });
    case 'other':
      // An anchor or a route leads to a place already, and would break.
      if (!isPairs(fragment)) return media;
      return joined({ address, query, fragment: withPair(fragment, 't', to !== null && to > from ? `${from},${to}` : `${from}`) });
  }
}

/** Those that do not follow the W3C's Media Fragments URI 1.0, `#t=252,300`, which browsers do with media files. */
function playerOf(media: string): 'youtube' | 'vimeo' | 'bilibili' | 'other' {
  const { hostname } = new URL(media);
  if (/(?:^|\.)(?:youtube\.com|youtube-nocookie\.com|youtu\.be)$/.test(hostname)) return 'youtube';
  if (/(?:^|\.)vimeo\.com$/.test(hostname)) return 'vimeo';
  return /(?:^|\.)bilibili\.com$/.test(hostname) ? 'bilibili' : 'other';
}

interface Taken {
  address: string;
  query: string;
  fragment: string;
}

function taken(url: string): Taken {
  const [, address = url, query = '', fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(url) ?? [];
  return { address, query, fragment };
}

function joined({ address, query, fragment }: Taken): string {
  return `${address}${query === '' ? '' : `?${query}`}${fragment === '' ? '' : `#${fragment}`}`;
}

/** Pairs as written, for signed addresses are not to be encoded anew; an earlier value of the name gives way. */
function withPair(pairs: string, name: string, value: string): string {
  const others = pairs.split('&').filter((pair) => pair !== '' && pair !== name && !pair.startsWith(`${name}=`));
  return [...others, `${name}=${value}`].join('&');
}

function withEnd(query: string, from: number, to: number | null): string {
  return to !== null && to > from ? withPair(query, 'end', `${Math.ceil(to)}`) : query;
}

const isPairs = (fragment: string) => fragment === '' || /^[\w.-]+=[^&]*(?:&[\w.-]+=[^&]*)*$/.test(fragment);

/** Rounded to what content can say, thousandths. */
function secondsOf(time: string): number {
  const seconds = time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round(seconds * 1000) / 1000;
}
