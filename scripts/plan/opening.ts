/** The slides before the first exchange, and the one that opens each section. */

import type { Theme } from '../model/corpus.ts';
import { countWords } from '../model/count-words.ts';
import type { AgendaSlide, BottomLineSlide, CoverSlide, DeckPerson, SectionSlide } from '../model/deck.ts';
import { type Block, pickText } from '../model/text.ts';
import { blocksHeight } from './blocks.ts';
import type { PlanContext, SectionGroup, SlideIdOf } from './context.ts';
import { headlineOf, linkTo } from './exchange-text.ts';
import type { PublishedInterview } from './locator.ts';
import { countLines, type Measure, textHeight } from './measure.ts';
import { rowSlides } from './rows.ts';
import type { SelectedExchange } from './select.ts';
import { planTables } from './table.ts';
import { splitSentences } from './words.ts';

/** The bottom line shows at most so many takeaways (DESIGN.md 5: three to five). */
export const MOST_KEY_TAKEAWAYS = 5;
/** A cover names at most so many interviews; the sources have them all. */
const MOST_INTERVIEWS = 3;
const MOST_PEOPLE = 4;
const whole = { part: { index: 1, count: 1 }, foreign: null };

/** The first slide: theme, people, interviews, and what it is about. */
export function coverSlide(
  theme: Theme,
  interviews: readonly PublishedInterview[],
  people: DeckPerson[],
  { corpus, lang, measure }: PlanContext,
): CoverSlide {
  const { value: text, lang: textLang } = pickText(theme.text, lang, corpus.baseLanguage);
  return {
    ...whole,
    kind: 'cover',
    id: 'deck.cover',
    foreign: textLang === lang ? null : textLang,
    title: text.title,
    titleSize: titleSize(text.title, measure.geometry.cover, measure),
    subtitle: text.subtitle,
    people: people.slice(0, MOST_PEOPLE),
    interviews: interviews
      .slice(0, MOST_INTERVIEWS)
      .map(({ title, date, source }) => ({ title, date, publisher: source?.publisher ?? null })),
    shown: leadingSentences(text.summary, textLang, measure),
    summary: text.summary,
  };
}

/** The largest size at which a title keeps to three lines and no word of it is broken. */
function titleSize(title: string, { titleWidth, titles }: { titleWidth: number; titles: readonly number[] }, { width }: Measure): number {
  const words = title.split(/\s+/).flatMap((word) => (/\p{Script=Han}/u.test(word) ? [] : [word]));
  const fits = (size: number) =>
    countLines(title, 'serif-bold', size, titleWidth, width) <= MOST_TITLE_LINES &&
    words.every((word) => width(word, 'serif-bold', size) <= titleWidth);
  return titles.find(fits) ?? Math.min(...titles);
}

const MOST_TITLE_LINES = 3;

/** As many sentences of the summary as the cover has room for. */
function leadingSentences(summary: readonly Block[], lang: string, measure: Measure): Block[] {
  const { width, size, line, gap, height } = measure.geometry.cover;
  const column = { width, style: { ...measure.geometry.text.compact, size, line, gap } };
  const shown: Block[] = [];
  for (const block of planTables(summary, column, measure)) {
    const sentences = block.type === 'paragraph' ? splitSentences(block.children, lang) : [];
    const fits = (last: Block) => blocksHeight([...shown, last], column, measure) <= height;
    let used = sentences.length;
    const leading = (): Block => (block.type === 'paragraph' ? { ...block, children: sentences.slice(0, used).flat() } : block);
    while (used > 0 && !fits(leading())) used -= 1;
    if (used > 0 || (block.type !== 'paragraph' && fits(block))) shown.push(leading());
    if (used < sentences.length) break;
  }
  return shown;
}

/** The key takeaways, each a link to its slide; nothing when no exchange is marked as key. */
export function bottomLineSlides(
  selected: readonly SelectedExchange[],
  idOf: SlideIdOf,
  { lang, measure }: PlanContext,
): BottomLineSlide[] {
  const takeaways = keyExchanges(selected).map((each) => linkTo(each, idOf(each), lang));
  const rows = takeaways.map((takeaway) => ({ ...takeaway, above: null }));
  return rowSlides(rows, 'deck.bottom-line', 'takeaways', measure).map(({ items, ...rows }) => {
    return { kind: 'bottom-line', foreign: null, ...rows, takeaways: items.map(({ above: _above, ...takeaway }) => takeaway) };
  });
}

/** The exchanges whose takeaways are the bottom line. */
export function keyExchanges(selected: readonly SelectedExchange[]): SelectedExchange[] {
  return selected.filter(({ exchange }) => exchange.key).slice(0, MOST_KEY_TAKEAWAYS);
}

/** The sections, linked; left out when there is but one. */
export function agendaSlides(groups: readonly SectionGroup[], { measure }: PlanContext): AgendaSlide[] {
  if (groups.length < 2) return [];
  const rows = groups.map((group) => ({
    slide: group.id,
    title: group.title,
    foreign: group.foreign,
    interview: group.interview,
    exchanges: group.selected.length,
  }));
  const texts = rows.map((row) => ({ ...row, text: row.title ?? OTHER_SECTION, above: row.interview }));
  return rowSlides(texts, 'deck.agenda', 'agenda', measure).map(({ items, ...page }) => {
    return { kind: 'agenda', foreign: null, ...page, sections: items.map(({ text: _text, above: _above, ...row }) => row) };
  });
}

/** About as long as what the locales call the exchanges of no section. */
const OTHER_SECTION = 'Further exchanges';

/** The slide that opens a section; a deck of one section needs none. */
export function sectionSlide(
  group: SectionGroup,
  index: number,
  count: number,
  idOf: SlideIdOf,
  { lang, measure }: PlanContext,
): SectionSlide[] {
  if (count < 2) return [];
  const listed = listedExchanges(group.selected, lang, measure).map((each) => linkTo(each, idOf(each), lang));
  const { id, title, foreign, interview } = group;
  const size = titleSize(title ?? OTHER_SECTION, measure.geometry.section, measure);
  return [
    {
      ...whole,
      foreign,
      kind: 'section',
      id,
      title,
      titleSize: size,
      index: index + 1,
      count,
      interview,
      exchanges: group.selected.length,
      listed,
    },
  ];
}

/** The exchanges that a section's opening names: all, if they can be taken in at a glance; else the key ones, as far as they can. */
function listedExchanges(selected: readonly SelectedExchange[], lang: string, measure: Measure): SelectedExchange[] {
  const { section, frame } = measure.geometry;
  const height = (each: SelectedExchange) =>
    textHeight(headlineOf(each, lang), { face: 'sans', ...section }, section.width, measure) + section.gap;
  const room = frame.bottom - frame.top;
  const takesIn = (all: readonly SelectedExchange[]) =>
    all.reduce((sum, each) => sum + height(each), 0) <= room &&
    all.reduce((sum, each) => sum + countWords(headlineOf(each, lang)), 0) <= section.words;
  if (takesIn(selected)) return [...selected];
  const key = selected.filter(({ exchange }) => exchange.key);
  let shown = key;
  while (!takesIn(shown)) shown = shown.slice(0, -1);
  return shown;
}
