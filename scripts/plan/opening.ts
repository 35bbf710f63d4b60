/** The slides before the first exchange, and the one that opens each section. */
import type { Theme } from '../model/corpus.ts';
import type { AgendaSlide, BottomLineSlide, CoverSlide, DeckPerson, SectionSlide } from '../model/deck.ts';
import { pickText } from '../model/text.ts';
import type { PlanContext, SectionGroup, SlideIdOf } from './context.ts';
import { headlineOf } from './exchange-slides.ts';
import type { PublishedInterview } from './locator.ts';
import type { SelectedExchange } from './select.ts';

/** The bottom line shows at most so many takeaways (DESIGN.md 5: three to five). */
export const MOST_KEY_TAKEAWAYS = 5;
const AGENDA_ROWS = 5;
/** A section slide names its exchanges as long as they can be taken in; beyond that it is only the title. */
const MOST_LISTED = 16;
const whole = { part: { index: 1, count: 1 }, foreign: null };

export function coverSlide(
  theme: Theme,
  interviews: readonly PublishedInterview[],
  people: DeckPerson[],
  { corpus, lang }: PlanContext,
): CoverSlide {
  const { value: text, lang: textLang } = pickText(theme.text, lang, corpus.baseLanguage);
  return {
    ...whole,
    kind: 'cover',
    id: 'deck.cover',
    foreign: textLang === lang ? null : textLang,
    title: text.title,
    subtitle: text.subtitle,
    people,
    interviews: interviews.map(({ title, date, source }) => ({ title, date, publisher: source?.publisher ?? null })),
    summary: text.summary,
  };
}

/** The key takeaways, each a link to its slide; nothing when no exchange is marked as key. */
export function bottomLineSlide(selected: readonly SelectedExchange[], idOf: SlideIdOf, lang: string): BottomLineSlide[] {
  const takeaways = selected
    .filter(({ exchange }) => exchange.key)
    .slice(0, MOST_KEY_TAKEAWAYS)
    .map((each) => ({ slide: idOf(each), text: headlineOf(each, lang) }));
  return takeaways.length === 0 ? [] : [{ ...whole, kind: 'bottom-line', id: 'deck.bottom-line', takeaways }];
}

/** The sections, linked; left out when there is but one. */
export function agendaSlides(groups: readonly SectionGroup[]): AgendaSlide[] {
  if (groups.length < 2) return [];
  const rows = groups.map((group) => ({
    slide: group.id,
    title: group.title,
    interview: group.interview,
    exchanges: group.selected.length,
  }));
  const count = Math.ceil(rows.length / AGENDA_ROWS);
  const size = Math.ceil(rows.length / count);
  return Array.from({ length: count }, (_, index) => ({
    kind: 'agenda',
    id: index === 0 ? 'deck.agenda' : `deck.agenda.${index + 1}`,
    part: { index: index + 1, count },
    foreign: null,
    sections: rows.slice(index * size, (index + 1) * size),
  }));
}

/** The slide that opens a section; a deck of one section needs none. */
export function sectionSlide(group: SectionGroup, index: number, count: number, idOf: SlideIdOf, lang: string): SectionSlide[] {
  if (count < 2) return [];
  const listed = group.selected.length > MOST_LISTED ? [] : group.selected;
  const exchanges = listed.map((each) => ({ slide: idOf(each), text: headlineOf(each, lang) }));
  return [{ ...whole, kind: 'section', id: group.id, title: group.title, index: index + 1, count, interview: group.interview, exchanges }];
}
