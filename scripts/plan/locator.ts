import { attributionOf, isNamed } from '../model/consent.ts';
import type { Exchange, Interview, InterviewText, Person } from '../model/corpus.ts';
import type { DeckPerson, Locator } from '../model/outputs/deck.ts';
import { pickText } from '../model/text/text.ts';

/**
 * Returns the source of an exchange's claims. Includes the speaker's name only when it may be shown. `several`: the deck shows several
 * interviews.
 */
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

/** The parts of an interview that a deck may show. */
export interface PublishedInterview {
  title: string;
  lang: string;
  people: DeckPerson[];
  date: string;
  /** Null when it is missing, or would reveal a person who must not be named. */
  source: InterviewText['source'];
}

/** Returns an interview without what its attributions withhold. */
export function publishedInterview(interview: Interview, lang: string): PublishedInterview {
  const { value: text } = pickText(interview.text, lang, interview.lang);
  return {
    title: text.title,
    lang,
    people: deckPeople(interview, lang),
    date: interview.date,
    source: isNamed(interview, null) ? text.source : null,
  };
}

/** Returns the people for a deck, interviewees first, without withheld names. */
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

// Addresses of moments in a recording

/**
 * Returns the most exact address for a reader: the recording at the right second when there is a time, else the published text, else the
 * recording. Times are `HH:MM:SS`, as in content. The rest of the address stays as written.
 */
export function exchangeLink(url: string | null, media: string | null, start: string | null, end: string | null): string | null {
  if (start === null || media === null) return url ?? media;
  const [from, to] = [secondsOf(start), end === null ? null : secondsOf(end)];
  const { address, query, fragment } = taken(media);
  switch (playerOf(media)) {
    case 'youtube':
      // YouTube takes whole seconds, and an end only in embedded players.
      if (!/\/embed\//.test(address)) return joined({ address, query: withPair(query, 't', `${Math.floor(from)}s`), fragment });
      return joined({ address, query: withEnd(withPair(query, 'start', `${Math.floor(from)}`), from, to), fragment });
    case 'bilibili':
      return joined({ address, query: withPair(query, 't', `${Math.floor(from)}`), fragment });
    case 'vimeo':
      return joined({ address, query, fragment: withPair(isPairs(fragment) ? fragment : '', 't', `${Math.floor(from)}s`) });
    case 'other':
      // The fragment is an anchor or a route, which a time would break.
      if (!isPairs(fragment)) return media;
      return joined({ address, query, fragment: withPair(fragment, 't', to !== null && to > from ? `${from},${to}` : `${from}`) });
  }
}

/** Recognises players that do not follow the W3C's Media Fragments URI 1.0 (`#t=252,300`). Browsers follow it for media files. */
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

/**
 * Sets a pair and removes earlier values of its name. Other pairs stay as written, because encoding them again would break signed
 * addresses.
 */
function withPair(pairs: string, name: string, value: string): string {
  const others = pairs.split('&').filter((pair) => pair !== '' && pair !== name && !pair.startsWith(`${name}=`));
  return [...others, `${name}=${value}`].join('&');
}

function withEnd(query: string, from: number, to: number | null): string {
  return to !== null && to > from ? withPair(query, 'end', `${Math.ceil(to)}`) : query;
}

const isPairs = (fragment: string) => fragment === '' || /^[\w.-]+=[^&]*(?:&[\w.-]+=[^&]*)*$/.test(fragment);

/** Rounds to thousandths, the precision of content. */
function secondsOf(time: string): number {
  const seconds = time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round(seconds * 1000) / 1000;
}
