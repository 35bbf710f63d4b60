/** Chooses the sizes of titles on covers, section openings and related themes: as large as the room allows. */
import type { DeckPerson } from '../../model/outputs/deck.ts';
import { countLines, type Measure, textHeight } from '../measure/measure.ts';

/** Line height of a title as a share of its size: `h1` and `h2` in the theme. */
const TITLE_LINE = { cover: 1.08, section: 1.12, related: 1.2 };

/** The most lines of a title, as long as a smaller size is left. */
const MOST_TITLE_LINES = 3;

export interface TitleSizes {
  /** In CSS pixels, as are all sizes. */
  title: number;
  /** The size of the text below it. */
  below: number;
  /** By how much both are too high at the smallest sizes; 0 when they fit. */
  excess: number;
}

/** Returns sizes of a cover's title and subtitle that leave room for the people below. */
export function coverTitle(title: string, subtitle: string | null, people: readonly DeckPerson[], measure: Measure): TitleSizes {
  const { cover } = measure.geometry;
  const room = cover.box - cover.kicker - peopleHeight(people, measure) - 2 * cover.between;
  const below = (size: number) =>
    subtitle === null
      ? 0
      : textHeight(subtitle, { face: 'sans', size, line: subtitleLine(size) }, cover.titleWidth, measure) + cover.between;
  const height = (size: number, small: number) => titleHeight(title, size, 'cover', cover.titleWidth, measure) + below(small);
  return chooseSizes(
    title,
    { titles: cover.titles, width: cover.titleWidth },
    cover.subtitles,
    (...sizes) => height(...sizes),
    room,
    measure,
  );
}

/** Line height of the subtitle, in CSS pixels: `.subtitle` in the theme. */
const subtitleLine = (size: number) => Math.round((size * 4) / 3);

/** Returns the sizes of a section's title and of the interview below it. */
export function sectionTitle(title: string, interview: string | null, measure: Measure): TitleSizes {
  const { section } = measure.geometry;
  const below = (size: number) =>
    interview === null
      ? 0
      : textHeight(interview, { face: 'sans', size, line: subtitleLine(size) }, section.titleWidth, measure) + section.between;
  const height = (size: number, small: number) => titleHeight(title, size, 'section', section.titleWidth, measure) + below(small);
  const room = section.box - section.kicker;
  return chooseSizes(title, { titles: section.titles, width: section.titleWidth }, section.interviews, height, room, measure);
}

/** Returns the size of the titles of related themes, the same for all themes of a slide. */
export function relatedTitle(cards: readonly { title: string; subtitle: string | null }[], measure: Measure): number {
  const { titles, titlesHeight } = measure.geometry.related;
  const fits = (size: number) => cards.every((card) => relatedTitleHeight(card, size, measure) <= titlesHeight);
  return titles.find(fits) ?? Math.min(...titles);
}

/** Returns the height of a related theme's title and subtitle, in CSS pixels. */
export function relatedTitleHeight(
  { title, subtitle }: { title: string; subtitle: string | null },
  size: number,
  measure: Measure,
): number {
  const { related } = measure.geometry;
  return (
    titleHeight(title, size, 'related', related.columnWidth, measure) +
    textHeight(subtitle ?? '', { face: 'sans', ...related }, related.columnWidth, measure)
  );
}

/** Returns the height of the people on the cover, in CSS pixels. They stand side by side when there is room. */
export function peopleHeight(people: readonly DeckPerson[], measure: Measure): number {
  const { people: type, titleWidth: room } = measure.geometry.cover;
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

function titleHeight(title: string, size: number, kind: keyof typeof TITLE_LINE, width: number, measure: Measure): number {
  return Math.ceil(countLines(title, 'serif-bold', size, width, measure.width) * size * TITLE_LINE[kind]);
}

/**
 * Chooses the largest title of at most three lines without a broken word; failing that, the largest that fits. The text below is as large
 * as possible.
 */
function chooseSizes(
  title: string,
  { titles, width }: { titles: readonly number[]; width: number },
  others: readonly number[],
  height: (title: number, other: number) => number,
  room: number,
  measure: Measure,
): TitleSizes {
  const words = title.split(/\s+/).flatMap((word) => (/\p{Script=Han}/u.test(word) ? [] : [word]));
  const isWhole = (size: number) => words.every((word) => measure.width(word, 'serif-bold', size) <= width);
  const isShort = (size: number) => countLines(title, 'serif-bold', size, width, measure.width) <= MOST_TITLE_LINES;
  const pairs = titles.flatMap((size) => others.map((other) => ({ title: size, below: other, height: height(size, other) })));
  const fitting = pairs.filter((pair) => pair.height <= room);
  const calm = (size: number) => size <= LARGEST_LONG_TITLE || isShort(size);
  const best = fitting.find((pair) => isWhole(pair.title) && calm(pair.title)) ?? fitting.find((pair) => calm(pair.title)) ?? fitting[0];
  const chosen = best ?? pairs.reduce((least, pair) => (pair.height < least.height ? pair : least));
  return { title: chosen.title, below: chosen.below, excess: Math.max(0, Math.ceil(chosen.height - room)) };
}

/** In CSS pixels. A title of more than three lines is not set larger. */
const LARGEST_LONG_TITLE = 36;
