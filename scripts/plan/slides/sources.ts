/** Every exchange with its locator, and where its interview was published. */
import type { SourcesSlide } from '../../model/outputs/deck.ts';
import type { PlanContext, SlideIdOf } from '../context.ts';
import { linkTo } from '../exchange-text.ts';
import { locatorOf, type PublishedInterview } from '../locator.ts';
import { type Measure, textHeight } from '../measure/measure.ts';
import { fillPages, numberPages } from '../measure/pages.ts';
import type { SelectedExchange } from '../select.ts';
import { heightBelow, planHeader } from './header.ts';

type Row = { head: PublishedInterview } | { row: SourcesSlide['exchanges'][number] };

/** As many slides as the exchanges need. */
export function sourcesSlides(
  selected: readonly SelectedExchange[],
  interviews: readonly PublishedInterview[],
  idOf: SlideIdOf,
  { lang, measure }: PlanContext,
): SourcesSlide[] {
  const rows: Row[] = [
    ...interviews.map((head) => ({ head })),
    ...selected.map((each) => {
      const { slide, text, foreign } = linkTo(each, idOf(each), lang);
      return { row: { slide, headline: text, foreign, locator: locatorOf(each.interview, each.exchange, lang, interviews.length > 1) } };
    }),
  ];
  const room = heightBelow(planHeader(null, 'x', 1, measure), measure);
  const heightOf = (row: Row, small: boolean) =>
    'head' in row ? headHeight(row.head, small, measure) : rowHeight(row.row, small, measure);
  const small = rows.some((row) => heightOf(row, false) > room);
  const pages = fillPages(rows, room, (row) => heightOf(row, small));
  return numberPages(pages, 'deck.sources').map(({ id, part, items }) => ({
    kind: 'sources',
    small,
    id,
    part,
    foreign: null,
    interviews: items.flatMap((item) => ('head' in item ? [item.head] : [])),
    exchanges: items.flatMap((item) => ('row' in item ? [item.row] : [])),
  }));
}

/** Height of a row in CSS pixels. */
export function rowHeight({ headline, locator }: SourcesSlide['exchanges'][number], small: boolean, measure: Measure): number {
  const { sources } = measure.geometry;
  const height = (text: string, column: number) => textHeight(text, { face: 'sans', ...typeOf(small, measure) }, column, measure);
  const place = [locator.section, locator.start, locator.whichInterview].filter((part) => part !== null).join(' · ');
  return Math.max(height(headline, sources.textWidth), height(place, sources.locatorWidth)) + sources.row;
}

/** Rows are set smaller where one of them would be higher than a slide. */
function typeOf(small: boolean, { geometry: { sources } }: Measure): { size: number; line: number } {
  return small ? { size: sources.smallSize, line: sources.smallLine } : sources;
}

/** Height of the box about an interview, at most. */
function headHeight(interview: PublishedInterview, small: boolean, measure: Measure): number {
  const { sources, frame } = measure.geometry;
  const people = interview.people.map(({ name, affiliation }) => `${name ?? 'Interviewee'} (${affiliation ?? ''})`).join(', ');
  const { source } = interview;
  // What the labels of a locale add ("Recording", "accessed ...") is about as long as these.
  const published = source === null ? null : `${source.title} · ${source.publisher ?? ''} · Recording · accessed 30 September 2000`;
  const texts = [`${interview.title} · ${people} · 30 September 2000`, ...(published === null ? [] : [published])];
  const lines = texts.reduce(
    (sum, text) => sum + textHeight(text, { face: 'sans-bold', ...typeOf(small, measure) }, frame.width - 40, measure),
    0,
  );
  return lines + sources.head;
}
