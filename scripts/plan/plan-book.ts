/**
 * Plans the book: the briefings of all themes of a language as chapters, with every exchange printed once, one glossary and one list of
 * sources.
 */
import type { Theme } from '../model/corpus.ts';
import type { Book, BookChapter, BookExchange, BookPlace } from '../model/outputs/book.ts';
import type { Briefing, BriefingExchange, BriefingInterview } from '../model/outputs/briefing.ts';
import type { GlossaryTerm } from '../model/outputs/deck.ts';
import { bookName, type PlanContext } from './context.ts';
import { planBriefing } from './plan-briefing.ts';
import { byAlphabet } from './slides/glossary.ts';

/** Plans the book of the themes that have exchanges to show. Deterministic, as are their briefings. */
export function planBook(themes: readonly Theme[], context: PlanContext): Book {
  const briefings = themes.map((theme) => planBriefing(theme, context));
  const told = placesOf(briefings);
  const chapterOf = new Map(briefings.map(({ name, theme }) => [name, chapterId(theme)]));
  const interviews = unique(briefings.flatMap((briefing) => briefing.interviews));
  return {
    lang: context.lang,
    name: bookName(context.lang, context.corpus.baseLanguage),
    people: unique(briefings.flatMap(({ people }) => people)),
    date:
      briefings
        .map(({ date }) => date)
        .sort()
        .at(-1) ?? '',
    interviews,
    chapters: briefings.map((briefing) => chapter(briefing, told, chapterOf)),
    glossary: glossaryOf(briefings, context.lang),
    exchanges: [...told.values()].map(({ exchange }) => exchange),
    sources: [...new Set(briefings.flatMap(({ sources }) => sources))].sort(),
  };
}

interface Told {
  exchange: BriefingExchange;
  place: BookPlace;
}

const chapterId = (theme: string) => `chapter.${theme}`;
const within = ({ theme }: Briefing, id: string) => `${theme}.${id}`;

/**
 * Returns where each exchange is printed, by `<interview>/<exchange>`: in the first chapter that has it. Exchanges are numbered across
 * the book.
 */
function placesOf(briefings: readonly Briefing[]): Map<string, Told> {
  const told = new Map<string, Told>();
  // A chapter with one interview does not name it, but the book may have several.
  const several = unique(briefings.flatMap(({ interviews }) => interviews)).length > 1;
  for (const briefing of briefings) {
    const { title, foreign, interviews } = briefing;
    for (const exchange of exchangesOf(briefing)) {
      if (told.has(exchange.exchange)) continue;
      const id = within(briefing, exchange.id);
      const own: BriefingExchange = { ...exchange, id, source: told.size + 1, locator: locatorIn(exchange, interviews, several) };
      told.set(exchange.exchange, { exchange: own, place: { id, chapter: title, foreign } });
    }
  }
  return told;
}

function locatorIn({ locator }: BriefingExchange, [only]: readonly BriefingInterview[], several: boolean): BriefingExchange['locator'] {
  return several && locator.whichInterview === null && only !== undefined ? { ...locator, whichInterview: only.title } : locator;
}

function chapter(briefing: Briefing, told: ReadonlyMap<string, Told>, chapterOf: ReadonlyMap<string, string>): BookChapter {
  const { theme, title, subtitle, accent, foreign, summary, answer, open } = briefing;
  const byId = new Map(exchangesOf(briefing).map((exchange) => [exchange.id, exchange.exchange]));
  return {
    theme,
    title,
    subtitle,
    accent,
    foreign,
    summary,
    answer,
    open,
    id: chapterId(theme),
    bottomLine: briefing.bottomLine.map((link) => {
      const place = told.get(byId.get(link.slide) ?? '');
      return place === undefined ? link : { ...link, slide: place.exchange.id, source: place.exchange.source };
    }),
    sections: briefing.sections.map((section) => ({
      ...section,
      id: within(briefing, section.id),
      exchanges: section.exchanges.map((exchange) => exchangeIn(briefing, exchange, told)),
    })),
    related: briefing.related.flatMap((related) => {
      const id = chapterOf.get(related.name);
      return id === undefined ? [] : [{ ...related, chapter: id }];
    }),
  };
}

function exchangeIn(
  briefing: Briefing,
  { id: own, exchange: key, headline, foreign }: BriefingExchange,
  told: ReadonlyMap<string, Told>,
): BookExchange {
  const id = within(briefing, own);
  const found = told.get(key);
  if (found === undefined) throw new TypeError(`the exchange ${key} is in no chapter`);
  if (found.exchange.id === id) return { kind: 'told', exchange: found.exchange };
  return { kind: 'referred', id, headline, foreign, source: found.exchange.source, to: found.place };
}

function glossaryOf(briefings: readonly Briefing[], lang: string): GlossaryTerm[] {
  const terms = new Map(briefings.flatMap(({ glossary }) => glossary).map((term) => [term.id, term]));
  return [...terms.values()].sort(byAlphabet(lang));
}

function exchangesOf({ sections }: Briefing): BriefingExchange[] {
  return sections.flatMap(({ exchanges }) => exchanges);
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
