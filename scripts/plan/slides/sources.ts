/** Plans the sources: the publication of each interview, and every exchange with its place in it, in columns. */
import type { SourceEntry, SourcesSlide } from '../../model/outputs/deck.ts';
import type { Type } from '../../model/outputs/metrics.ts';
import { breakRuns } from '../../model/text/lines.ts';
import type { TextRun } from '../../model/text/text-pieces.ts';
import type { PlanContext, SlideIdOf } from '../context.ts';
import { linkTo } from '../exchange-text.ts';
import { locatorOf, type PublishedInterview, publishedInterview } from '../locator.ts';
import { type Measure, measureIn, textHeight, titleHeight } from '../measure/measure.ts';
import { fewestPages, fillPages, numberPages } from '../measure/pages.ts';
import type { SelectedExchange } from '../select.ts';
import { heightBelow, planHeader } from './header.ts';

/**
 * Returns as many slides as are needed: the interviews, and below them in columns the exchanges. The type is the largest that takes as few slides as
 * the smallest; where something would be higher than a slide, it is smaller.
 */
export function sourcesSlides(selected: readonly SelectedExchange[], idOf: SlideIdOf, { lang, measure }: PlanContext): SourcesSlide[] {
  const interviews = [...new Set(selected.map(({ interview }) => interview))];
  const boxes = interviews.map((interview) => publishedInterview(interview, lang));
  const entries = entriesOf(selected, idOf, lang, interviews.length > 1);
  const room = heightBelow(planHeader(null, 'x', 1, measure), measure);
  const { sizes, small } = measure.geometry.sources;
  const isHigher = (type: Type) =>
    boxes.some((box) => interviewHeight(box, type, measure) > room) || entries.some((entry) => entryHeight(entry, type, measure) > room);
  const types = sizes.filter((type) => !isHigher(type));
  return fewestPages((types.length === 0 ? [small] : types).map((type) => slidesIn(type, { boxes, entries, room }, measure)));
}

function slidesIn(
  type: Type,
  { boxes, entries, room }: { boxes: readonly PublishedInterview[]; entries: readonly SourceEntry[]; room: number },
  measure: Measure,
): SourcesSlide[] {
  const heightOf = (entry: SourceEntry) => entryHeight(entry, type, measure);
  const pages: Pick<SourcesSlide, 'interviews' | 'columns'>[] = fillPages(boxes, room, (box) => interviewHeight(box, type, measure)).map(
    (page) => ({ interviews: page, columns: [] }),
  );
  const last = pages.at(-1);
  let rest = [...entries];
  if (last !== undefined) {
    const left = room - boxesHeight(last.interviews, type, measure);
    const count = countThatFit(entries, left, heightOf, measure);
    last.columns = count === 0 ? [] : fillPages(entries.slice(0, count), left, heightOf, measure.geometry.sources.columns);
    rest = entries.slice(count);
  }
  const { columns: abreast } = measure.geometry.sources;
  const columns = rest.length === 0 ? [] : fillPages(rest, room, heightOf, abreast);
  for (let at = 0; at < columns.length; at += abreast) pages.push({ interviews: [], columns: columns.slice(at, at + abreast) });
  return numberPages(
    pages.map((page) => [page]),
    'deck.sources',
  ).map(({ id, continued, items }) => ({
    kind: 'sources',
    part: 'reference',
    type,
    id,
    continued,
    foreign: null,
    interviews: items.flatMap((page) => page.interviews),
    columns: items.flatMap((page) => page.columns),
  }));
}

function entriesOf(selected: readonly SelectedExchange[], idOf: SlideIdOf, lang: string, several: boolean): SourceEntry[] {
  let head: string | null = null;
  return selected.map((each) => {
    const { slide, text, foreign } = linkTo(each, idOf(each), lang);
    const locator = locatorOf(each.interview, each.exchange, lang, several);
    const own = [locator.whichInterview, locator.section].filter((part) => part !== null).join(' · ');
    const section = own === '' || own === head ? null : own;
    head = own;
    return { section, slide, headline: text, foreign, locator };
  });
}

/** Returns how many of the first entries fit into columns of a height in CSS pixels. */
function countThatFit(entries: readonly SourceEntry[], height: number, heightOf: (entry: SourceEntry) => number, measure: Measure): number {
  let count = 0;
  for (let column = 0; column < measure.geometry.sources.columns; column += 1) {
    let left = height;
    for (let entry = entries[count]; entry !== undefined && heightOf(entry) <= left; entry = entries[count]) {
      left -= heightOf(entry);
      count += 1;
    }
  }
  return count;
}

/** Returns the height of the interviews and the longest column, in CSS pixels. */
export function sourcesHeight({ interviews, columns, type }: SourcesSlide, measure: Measure): number {
  const heights = columns.map((column) => column.reduce((sum, entry) => sum + entryHeight(entry, type, measure), 0));
  return boxesHeight(interviews, type, measure) + Math.max(0, ...heights);
}

function boxesHeight(interviews: readonly PublishedInterview[], type: Type, measure: Measure): number {
  return interviews.reduce((sum, interview) => sum + interviewHeight(interview, type, measure), 0);
}

/** Returns the height of an exchange with what opens above it, in CSS pixels. */
function entryHeight({ section, headline, foreign, locator }: SourceEntry, type: Type, measure: Measure): number {
  const { sources } = measure.geometry;
  const inLang = foreign === null ? measure : measureIn(foreign, measure);
  const row = titleHeight(headline, { face: 'sans', ...type }, sources.textWidth, inLang) + sources.row;
  const start = locator.start === null ? 0 : type.line;
  const above = section === null ? 0 : textHeight(section, { face: 'sans-bold', ...type }, sources.columnWidth, measure) + sources.section;
  return row + start + above;
}

/** Returns the height of the box about an interview, in CSS pixels. */
function interviewHeight(interview: PublishedInterview, type: Type, measure: Measure): number {
  const { sources, frame } = measure.geometry;
  const people = interview.people.map(
    ({ name, affiliation }) => `${name ?? 'Interviewee'}${affiliation === null ? '' : ` (${affiliation})`}`,
  );
  const { source } = interview;
  const labels = /^zh\b/.test(interview.lang) ? LONGEST.zh : LONGEST.en;
  const longest = (date: string) => labels.dates[date.split('-').length - 1] ?? '';
  const column = frame.width - 2 * sources.inset;
  const title: TextRun[] = [
    { text: interview.title, face: 'sans-bold' },
    { text: ` · ${people.join(', ')} · ${longest(interview.date)}`, face: 'sans' },
  ];
  const media = source?.media ? [` · ${labels.recording}`] : [];
  const accessed = source?.accessed ? [` · ${labels.accessed}${longest(source.accessed)}`] : [];
  const published =
    source === null ? [] : [[source.title, source.publisher === null ? '' : ` · ${source.publisher}`, ...media, ...accessed].join('')];
  const below = [...published, ...(source?.note ? [source.note] : [])];
  const lines = breakRuns(title, { size: type.size, column }, measure.width).length;
  return below.reduce((sum, text) => sum + textHeight(text, { face: 'sans', ...type }, column, measure), sources.head + lines * type.line);
}

/** About as long as the labels of the locales, and as dates of a year, a month or a day. */
const LONGEST = {
  en: { dates: ['2000', 'September 2000', '30 September 2000'], recording: 'Recording', accessed: 'accessed ' },
  zh: { dates: ['2000年', '2000年12月', '2000年12月30日'], recording: '录像', accessed: '查阅于 ' },
};
