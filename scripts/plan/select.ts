/** Which exchanges a theme's deck shows. */
import type { Attribution, Corpus, Exchange, Interview, Theme } from '../model/corpus.ts';
import { matchesQuery } from '../model/query.ts';

export interface SelectedExchange {
  exchange: Exchange;
  interview: Interview;
}

/** The exchanges of a theme in the order of the deck: by interview, then section, then file name. Drafts and embargoed ones are left out. */
export function selectExchanges(corpus: Corpus, theme: Theme, today: string): SelectedExchange[] {
  return corpus.interviews.flatMap((interview) => {
    const sections = new Map((interview.text[interview.lang]?.sections ?? []).map((section, index) => [section.id, index]));
    const place = (exchange: Exchange) => (exchange.section === null ? sections.size : (sections.get(exchange.section) ?? sections.size));
    return corpus.exchanges
      .filter((exchange) => exchange.interview === interview.id && isPublishable(exchange, interview, today))
      .filter((exchange) => matchesQuery(theme.query, new Set(exchange.tags)))
      .sort((a, b) => place(a) - place(b) || a.number - b.number)
      .map((exchange) => ({ exchange, interview }));
  });
}

/** Whether an exchange may leave the house on the given day (`YYYY-MM-DD`). */
export function isPublishable(exchange: Exchange, interview: Interview, today: string): boolean {
  return !exchange.draft && !isEmbargoed(interview, today);
}

/** Under embargo until the end of the period that its date names: of the day, the month or the year. */
export function isEmbargoed(interview: Interview, today: string): boolean {
  return interview.embargo !== null && today.slice(0, interview.embargo.length) <= interview.embargo;
}

/** The strictest attribution that applies: of the exchange, its speaker or the interview. */
export function attributionOf(interview: Interview, exchange: Exchange | null, personId: string | null): Attribution {
  const person = interview.text[interview.lang]?.people.find(({ id }) => id === personId) ?? null;
  const all = [interview.attribution, exchange?.attribution ?? null, person?.attribution ?? null];
  return all.includes('anonymous') ? 'anonymous' : all.includes('role') ? 'role' : 'named';
}
