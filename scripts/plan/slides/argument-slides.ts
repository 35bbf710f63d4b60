/** Plans the slides that show a theme's argument as a whole: the cover, the summary, what is stated, expected and left open, and the map. */
import type { Theme } from '../../model/corpus.ts';
import type { CertaintySlide, CoverSlide, DeckPerson, MapSlide, SlideLink, SummaryRow, SummarySlide } from '../../model/outputs/deck.ts';
import type { CertaintySize } from '../../model/outputs/metrics.ts';
import { CERTAINTIES, type StoryRole } from '../../model/story.ts';
import { breakRuns } from '../../model/text/lines.ts';
import { pickText } from '../../model/text/text.ts';
import { type TextRun, wordsIn } from '../../model/text/text-pieces.ts';
import type { PlanContext, SlideIdOf } from '../context.ts';
import type { PublishedInterview } from '../locator.ts';
import { keptWords, type Measure, measureIn, textHeight, titleHeight, titleLines } from '../measure/measure.ts';
import { WHOLE } from '../measure/pages.ts';
import { findStatement, type PlannedStep, type PlannedStory, summaryOf } from '../plan-story.ts';
import type { SelectedExchange } from '../select.ts';
import { heightBelow, planHeader } from './header.ts';
import { certaintyColumn, LONGEST_OPEN, mapColumns, withFace } from './kept-words.ts';
import { rowSlides, rowTextHeight } from './rows.ts';
import { stepId } from './step-slides.ts';

/** Plans the first slide: the theme's answer, who says it to whom and when, and what kind of source that is. */
export function coverSlide(
  theme: Theme,
  interviews: readonly PublishedInterview[],
  people: readonly DeckPerson[],
  { corpus, lang, measure }: PlanContext,
): CoverSlide {
  const { value: text, lang: textLang } = pickText(theme.text, lang, corpus.baseLanguage);
  const { answer } = text;
  const words = {
    claim: answer ?? text.title,
    title: answer === null ? null : text.title,
    subtitle: answer === null ? text.subtitle : null,
    interviews: interviews
      .slice(0, MOST_INTERVIEWS)
      .map(({ title, date, source }) => ({ title, date, publisher: source?.publisher ?? null })),
    sourceNote: interviews.map(({ source }) => source?.note ?? null).find((note) => note !== null) ?? null,
  };
  const shown = peopleThatFit({ ...words, people: people.slice(0, MOST_PEOPLE) }, measure);
  return {
    ...WHOLE,
    kind: 'cover',
    part: 'short',
    id: 'deck.cover',
    foreign: textLang === lang ? null : textLang,
    ...words,
    claimSize: planClaim({ ...words, people: shown }, measure).size,
    people: shown,
    summary: text.summary,
  };
}

/** The most interviews and people on a cover. The sources list all of them. */
const MOST_INTERVIEWS = 3;
const MOST_PEOPLE = 4;

type CoverWords = Pick<CoverSlide, 'claim' | 'title' | 'subtitle' | 'people' | 'interviews' | 'sourceNote'>;

/** Returns by how much the cover is too high at the smallest size of its claim, in CSS pixels; 0 when it fits. */
export function coverExcess(slide: CoverWords, measure: Measure): number {
  return planClaim(slide, measure).excess;
}

/** Returns the people as long as the claim keeps a readable size. */
function peopleThatFit(words: CoverWords, measure: Measure): DeckPerson[] {
  let { people } = words;
  while (people.length > 0 && planClaim({ ...words, people }, measure).excess > 0) people = people.slice(0, -1);
  return people;
}

/** The largest claim has at most four lines and no broken word; failing that, it is the largest that fits. */
function planClaim(words: CoverWords, measure: Measure): { size: number; excess: number } {
  const { claims, claimWidth, box, kicker, subtitle, between } = measure.geometry.cover;
  const { claim } = words;
  const above = words.title === null ? 0 : kicker;
  const below = words.subtitle === null ? 0 : between + titleHeight(words.subtitle, { face: 'sans', ...subtitle }, claimWidth, measure);
  const room = box - above - below - between - footHeight(words, measure);
  const linesAt = (size: number) => titleLines(claim, 'serif-bold', size, claimWidth, measure);
  const heightAt = (size: number) => Math.ceil(linesAt(size) * size * COVER_LINE);
  const fitting = claims.filter((size) => heightAt(size) <= room);
  const size =
    fitting.find((each) => linesAt(each) <= MOST_LINES && isWhole(claim, each, claimWidth, measure)) ?? fitting[0] ?? Math.min(...claims);
  return { size, excess: Math.max(0, heightAt(size) - room) };
}

const MOST_LINES = 4;

/** Line height of the claim as a share of its size: `.cover h1` in the theme. */
const COVER_LINE = 1.16;

/** Returns the height of people, interviews and the note on the source, in CSS pixels. */
function footHeight({ people, interviews, sourceNote }: CoverWords, measure: Measure): number {
  const { foot, between } = measure.geometry.cover;
  const { width } = measure.geometry.frame;
  const heightOf = (text: string) => textHeight(text, { face: 'sans', ...foot }, width, measure);
  // About as long as any date.
  const lines = interviews.map(({ title, publisher }) => `${title} · 30 September 2000 · ${publisher ?? ''}`);
  const below = [...lines, ...(sourceNote === null ? [] : [sourceNote])].reduce((sum, text) => sum + heightOf(text), 0);
  return peopleHeight(people, measure) + (people.length > 0 && below > 0 ? between : 0) + below;
}

/** Returns the height of the people, in CSS pixels. They stand side by side when there is room. */
function peopleHeight(people: readonly DeckPerson[], measure: Measure): number {
  const { people: type } = measure.geometry.cover;
  const { width: room } = measure.geometry.frame;
  const rows: { width: number; height: number }[] = [];
  for (const { name, role, affiliation } of people) {
    const [first, second] = [name ?? LONGEST_ROLE, name === null ? (affiliation ?? '') : [role, affiliation].filter(Boolean).join(' · ')];
    const wanted = Math.max(measure.width(first, 'sans-bold', type.size), measure.width(second, 'sans', type.size));
    const width = Math.min(room, Math.ceil(wanted) + 2);
    const height =
      textHeight(first, { face: 'sans-bold', ...type }, room, measure) + textHeight(second, { face: 'sans', ...type }, room, measure);
    const row = rows.at(-1);
    if (row !== undefined && row.width + type.column + width <= room) {
      row.width += type.column + width;
      row.height = Math.max(row.height, height);
    } else rows.push({ width, height });
  }
  return rows.reduce((sum, row) => sum + row.height, 0) + type.row * Math.max(0, rows.length - 1);
}

/** About as long as the locales' labels for a person whose name is withheld. */
const LONGEST_ROLE = 'Interviewee';

// The summary

/** The roles of the steps that carry the answer. */
const CARRYING: readonly StoryRole[] = ['evidence', 'answer'];
/** The most steps on the map. */
const MOST_SUPPORTS = 5;
/** With fewer steps there is no summary and no map. */
const FEWEST = 2;

/** Returns the argument in a few lines, usually on one slide. None for a story of one step. */
export function summarySlides(theme: Theme, story: PlannedStory, { corpus, lang, measure }: PlanContext): SummarySlide[] {
  const { value: text, lang: textLang } = pickText(theme.text, lang, corpus.baseLanguage);
  const rows = summaryOf(story).map((step, index): SummaryRow => ({ ...stepLink(step, story.steps), role: step.role, number: index + 1 }));
  if (rows.length < FEWEST) return [];
  // Without an answer the cover has it.
  const headline = text.answer === null ? null : text.subtitle;
  const inLang = measureIn(textLang, measure);
  const { headlineSize, breakAt } = planHeader(null, headline ?? 'x', 1, inLang);
  const pages = rowSlides(rows.map(withFace), 'deck.summary', 'summary', measure, headline === null ? {} : { headline });
  const foreign = textLang === lang ? null : textLang;
  return pages.map(({ items, first: _first, ...page }) => {
    return {
      kind: 'summary',
      part: 'short',
      foreign,
      headline,
      headlineSize,
      breakAt,
      ...page,
      rows: items.map(({ face: _face, ...row }) => row),
    };
  });
}

function stepLink(step: PlannedStep, steps: readonly PlannedStep[]): SlideLink {
  return { slide: stepId(steps.indexOf(step)), text: step.headline, foreign: step.foreign };
}

/** Returns the slide with what is stated, expected and left open. None without such statements. */
export function certaintySlides(
  { certainty }: PlannedStory,
  selected: readonly SelectedExchange[],
  idOf: SlideIdOf,
  { measure }: PlanContext,
): CertaintySlide[] {
  if (certainty === null) return [];
  const columns = CERTAINTIES.map((each) => ({
    certainty: each,
    statements: certainty[each].map((statement) => {
      const [exchange] = findStatement(statement, selected);
      return { text: statement.text, slide: exchange === undefined ? null : idOf(exchange) };
    }),
  })).filter(({ statements }) => statements.length > 0);
  if (columns.length === 0) return [];
  const room = heightBelow(planHeader(null, 'x', 1, measure), measure);
  const rowSize = (['large', 'medium'] as const).find((size) => columnsHeight(columns, size, measure) <= room) ?? 'small';
  return [{ ...WHOLE, kind: 'certainty', part: 'short', id: 'deck.certainty', rowSize, columns }];
}

/** Returns the height of the longest column of statements, in CSS pixels. */
export function columnsHeight(columns: CertaintySlide['columns'], rowSize: CertaintySize, measure: Measure): number {
  const { certainty } = measure.geometry;
  const { size, line } = certainty[rowSize];
  const column = certaintyColumn(columns.length, measure);
  const linesOf = ({ text, slide }: CertaintySlide['columns'][number]['statements'][number]) => {
    // The page of the evidence follows the last word.
    const page: TextRun[] = slide === null ? [] : [{ text: '\u00a0999', face: 'sans', scale: PAGE_SIZE / size }];
    return breakRuns([{ text, face: 'sans' }, ...page], { size, column, words: keptWords(measure) }, measure.width).length;
  };
  const heights = columns.map(({ statements }) =>
    statements.reduce((sum, statement) => sum + linesOf(statement) * line + certainty.between, certainty.head - certainty.between),
  );
  return Math.max(...heights);
}

/** In CSS pixels: `.certainty .page-of` in the theme. */
const PAGE_SIZE = 14;

/** Returns the argument on one page. None for a theme without an answer or with too few steps. */
export function mapSlides({ answer, open, steps }: PlannedStory, { measure }: PlanContext): MapSlide[] {
  if (answer === null || steps.length < FEWEST) return [];
  const carrying = steps.filter(({ role }) => role !== null && CARRYING.includes(role));
  const supports = (carrying.length < FEWEST ? steps : carrying).slice(0, MOST_SUPPORTS).map((step) => stepLink(step, steps));
  const { map } = measure.geometry;
  const room = heightBelow(planHeader(null, 'x', 1, measure), measure);
  const sizes = map.supports.flatMap((supportSize) => map.claims.map((claimSize) => ({ supportSize, claimSize })));
  const heightOf = (size: (typeof sizes)[number]) => mapHeight({ claim: answer, supports, open, ...size }, measure);
  const size =
    sizes.find((each) => isWhole(answer, each.claimSize, mapColumns(measure).panel, measure) && heightOf(each) <= room) ?? sizes.at(-1);
  if (size === undefined) throw new RangeError('the geometry has no sizes for the claim of the map');
  return [{ ...WHOLE, kind: 'map', part: 'short', id: 'deck.map', claim: answer, supports, open, ...size }];
}

/** Returns whether no word of a claim is wider than its column. */
function isWhole(claim: string, size: number, column: number, measure: Measure): boolean {
  const cut = keptWords(measure);
  const chinese = cut === null ? [] : wordsIn(claim, cut).map(([from, to]) => claim.slice(from, to));
  const others = claim.split(/\s+/).filter((word) => !/\p{Script=Han}/u.test(word));
  return [...chinese, ...others].every((word) => measure.width(word, 'serif-bold', size) <= column);
}

/** Returns the height of the map, in CSS pixels. */
export function mapHeight(
  { claim, claimSize, supports, supportSize, open }: Omit<MapSlide, keyof typeof WHOLE | 'kind' | 'part' | 'id'>,
  measure: Measure,
): number {
  const { map, frame } = measure.geometry;
  const { panel: column, supports: width } = mapColumns(measure);
  const panel = Math.ceil(titleLines(claim, 'serif-bold', claimSize, column, measure) * claimSize * CLAIM_LINE) + 2 * map.inset;
  const boxes = supports.map(({ text, foreign }) => {
    const inLang = foreign === null ? measure : measureIn(foreign, measure);
    return (
      titleHeight(text, { face: 'sans', size: supportSize, line: Math.round(supportSize * SUPPORT_LINE) }, width, inLang) + 2 * map.padding
    );
  });
  const stack = boxes.reduce((sum, each) => sum + each, 0) + map.between * (boxes.length - 1);
  const below =
    open === null ? 0 : map.openGap + titleHeight(`${LONGEST_OPEN}${open}`, { face: 'sans-bold', ...map.open }, frame.width, measure);
  return Math.max(panel, stack) + below;
}

/** Line height of the claim as a share of its size: `.map .claim` in the theme. */
const CLAIM_LINE = 1.22;
/** Likewise of what carries it. */
const SUPPORT_LINE = 1.35;

/** Returns the height of the rows of a summary, in CSS pixels. */
export function summaryHeight({ rows, rowSize, padding }: SummarySlide, measure: Measure): number {
  return rows.reduce((sum, row) => sum + rowTextHeight(withFace(row), 'summary', rowSize, measure) + padding, 0);
}
