/** Plans the slides before the first exchange, and those that open sections. */
import type { Theme } from '../../model/corpus.ts';
import type { AgendaSlide, BottomLineSlide, CoverSlide, DeckPerson, SectionSlide } from '../../model/outputs/deck.ts';
import { type Block, countWords, pickText } from '../../model/text/text.ts';
import type { PlanContext, SectionGroup, SlideIdOf } from '../context.ts';
import { headlineOf, linkTo } from '../exchange-text.ts';
import type { PublishedInterview } from '../locator.ts';
import { type Measure, textHeight } from '../measure/measure.ts';
import { splitSentences } from '../measure/split-words.ts';
import type { SelectedExchange } from '../select.ts';
import { blocksHeight, planTables } from './block-sizes.ts';
import { rowSlides } from './rows.ts';
import { coverTitle, peopleHeight, sectionTitle } from './titles.ts';

/** The most takeaways on the bottom line (DESIGN.md 5: three to five). */
export const MOST_KEY_TAKEAWAYS = 5;
/** The most interviews on a cover. The sources list all of them. */
const MOST_INTERVIEWS = 3;
const MOST_PEOPLE = 4;
const whole = { part: { index: 1, count: 1 }, foreign: null };

/** Plans the first slide: theme, people, interviews and summary. */
export function coverSlide(
  theme: Theme,
  interviews: readonly PublishedInterview[],
  people: DeckPerson[],
  { corpus, lang, measure }: PlanContext,
): CoverSlide {
  const { value: text, lang: textLang } = pickText(theme.text, lang, corpus.baseLanguage);
  let shownPeople = firstThatFit(people.slice(0, MOST_PEOPLE), (some) => peopleHeight(some, measure), measure);
  while (shownPeople.length > 0 && coverTitle(text.title, text.subtitle, shownPeople, measure).excess > 0)
    shownPeople = shownPeople.slice(0, -1);
  const shownInterviews = firstThatFit(
    interviews.slice(0, MOST_INTERVIEWS).map(({ title, date, source }) => ({ title, date, publisher: source?.publisher ?? null })),
    (some) => interviewsHeight(some, measure),
    measure,
  );
  const sizes = coverTitle(text.title, text.subtitle, shownPeople, measure);
  return {
    ...whole,
    kind: 'cover',
    id: 'deck.cover',
    foreign: textLang === lang ? null : textLang,
    title: text.title,
    titleSize: sizes.title,
    subtitle: text.subtitle,
    subtitleSize: sizes.below,
    people: shownPeople,
    interviews: shownInterviews,
    shown: leadingSentences(text.summary, textLang, interviewsHeight(shownInterviews, measure), measure),
    summary: text.summary,
  };
}

/** The largest share of the cover's height for people, and for interviews. The sources list all of them. */
const MOST_OF_COVER = 0.45;

/** Returns the first items that fit into their share of the cover, at least one. */
function firstThatFit<T>(items: readonly T[], heightOf: (items: readonly T[]) => number, { geometry }: Measure): T[] {
  let shown = [...items];
  while (shown.length > 1 && heightOf(shown) > geometry.cover.box * MOST_OF_COVER) shown = shown.slice(0, -1);
  return shown;
}

/** Returns the height of the interviews at the foot of the cover, each with its date below the title. */
function interviewsHeight(interviews: readonly CoverSlide['interviews'][number][], measure: Measure): number {
  const { width, interviews: type } = measure.geometry.cover;
  const texts = interviews.flatMap(({ title, publisher }) => [title, `30 September 2000 · ${publisher ?? ''}`]);
  return texts.reduce((sum, text) => sum + textHeight(text, { face: 'sans', ...type }, width, measure), type.head);
}

/** Returns as many sentences of the summary as the cover has room for above content of `below` CSS pixels. */
function leadingSentences(summary: readonly Block[], lang: string, below: number, measure: Measure): Block[] {
  const { width, size, line, gap, height: most, box } = measure.geometry.cover;
  const height = Math.min(most, box - below - line);
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

/** Returns slides with the key takeaways, each linked to its slide. Empty when no exchange is marked as key. */
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

/** Returns the exchanges whose takeaways form the bottom line. */
export function keyExchanges(selected: readonly SelectedExchange[]): SelectedExchange[] {
  return selected.filter(({ exchange }) => exchange.key).slice(0, MOST_KEY_TAKEAWAYS);
}

/** Returns slides with the linked sections. Empty when there is only one section. */
export function agendaSlides(groups: readonly SectionGroup[], { measure }: PlanContext): AgendaSlide[] {
  if (groups.length < 2) return [];
  const rows = groups.map((group) => ({
    slide: group.id,
    title: group.title,
    foreign: group.foreign,
    interview: fitsBeside(group.interview, measure) ? group.interview : null,
    exchanges: group.selected.length,
  }));
  const texts = rows.map((row) => ({ ...row, text: row.title ?? OTHER_SECTION, above: row.interview }));
  return rowSlides(texts, 'deck.agenda', 'agenda', measure).map(({ items, ...page }) => {
    return { kind: 'agenda', foreign: null, ...page, sections: items.map(({ text: _text, above: _above, ...row }) => row) };
  });
}

/** Whether the title of an interview fits at the end of a row. A longer one is shown in full on the section's opening slide. */
function fitsBeside(interview: string | null, measure: Measure): boolean {
  const { detail } = measure.geometry.agenda;
  return textHeight(interview ?? '', { face: 'sans', ...detail }, detail.width, measure) <= MOST_LINES_BESIDE * detail.line;
}

const MOST_LINES_BESIDE = 5;

/** About as long as the locales' names for exchanges without a section. */
const OTHER_SECTION = 'Further exchanges';

/** Returns the slide that opens a section. A deck of one section needs none. */
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
  const sizes = sectionTitle(title ?? OTHER_SECTION, interview, measure);
  return [
    {
      ...whole,
      foreign,
      kind: 'section',
      id,
      title,
      titleSize: sizes.title,
      interviewSize: sizes.below,
      index: index + 1,
      count,
      interview,
      exchanges: group.selected.length,
      listed,
    },
  ];
}

/** Returns the exchanges that a section's opening lists: all when they fit, else the key ones that fit. */
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
