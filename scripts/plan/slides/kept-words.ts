/** Says which words the theme keeps on one line: those of Chinese texts at which a line may end. */
import type {
  CertaintySlide,
  ExchangeSlide,
  FigureSlide,
  NumberSlide,
  QuoteSlide,
  Slide,
  SummaryRow,
  SummarySlide,
} from '../../model/outputs/deck.ts';
import type { Face } from '../../model/outputs/metrics.ts';
import type { Stretch } from '../../model/text/text.ts';
import { splitAtStretches } from '../../model/text/text-pieces.ts';
import { type Column, type Measure, measureIn, titleWords } from '../measure/measure.ts';
import { keepWords } from './block-sizes.ts';
import { besideWidth } from './exhibits.ts';
import { glossaryColumn } from './glossary.ts';

/** Returns a planned slide with the words that it keeps whole, in its rich text and in the titles of its front matter. */
export function withWords<S extends Slide>(slide: S, measure: Measure): S {
  const words = dividedTitles(slide, measure);
  return { ...slide, ...richText(slide, measure), ...(words.length === 0 ? {} : { words }) };
}

/** Returns the column of a slide's rich text. */
export function columnOf(slide: ExchangeSlide | FigureSlide | NumberSlide | QuoteSlide, measure: Measure): Column {
  const { frame, text, number, quote } = measure.geometry;
  const full = { width: frame.width, style: text[slide.textSize] };
  switch (slide.kind) {
    case 'figure':
      return slide.arrangement === 'beside' ? { ...full, width: besideWidth(slide.room, measure) } : full;
    case 'number':
      return slide.arrangement === 'beside' ? { ...full, width: number.textWidth } : full;
    case 'quote':
      return { width: quote.width, style: slide.textSize === 'compact' ? quote.compact : quote.normal, face: 'serif' };
    default:
      return full;
  }
}

function richText(slide: Slide, measure: Measure): Partial<Slide> {
  if ('blocks' in slide) return { blocks: keepWords(slide.blocks, columnOf(slide, measure), inLanguageOf(slide, measure)) };
  if (slide.kind !== 'glossary') return {};
  const column = glossaryColumn(slide.type, measure);
  return {
    columns: slide.columns.map((terms) => terms.map((term) => ({ ...term, definition: keepWords(term.definition, column, measure) }))),
  };
}

/** Returns the titles that keep words, as `words` of a slide has them. A text that stands twice keeps the words of both. */
function dividedTitles(slide: Slide, measure: Measure): string[][] {
  const words = new Map<string, Map<number, Stretch>>();
  for (const title of titlesOf(slide, measure)) {
    const { text, face, size, column, beside = '' } = title;
    const own = words.get(text) ?? new Map<number, Stretch>();
    for (const word of titleWords(text, face, size, column, beside, inLanguageOf(title, measure))) own.set(word[0], word);
    words.set(text, own);
  }
  const inOrder = (own: ReadonlyMap<number, Stretch>) => [...own.values()].sort(([a], [b]) => a - b);
  return [...words].flatMap(([text, own]) => (own.size === 0 ? [] : [splitAtStretches(text, inOrder(own))]));
}

function inLanguageOf({ foreign = null }: { foreign?: string | null }, measure: Measure): Measure {
  return foreign === null ? measure : measureIn(foreign, measure);
}

/** A text of the front matter in its column. Sizes are in CSS pixels. */
interface Title {
  text: string;
  face: Face;
  size: number;
  column: number;
  /** The language by which it was planned when that differs from the deck's; else null. */
  foreign?: string | null;
  /** Text that stands before or after it on the same lines, about as long as the longest. */
  beside?: string;
}

/** Returns the texts that the layout of a slide shows by SetText.vue. */
function titlesOf(slide: Slide, measure: Measure): Title[] {
  const { geometry } = measure;
  switch (slide.kind) {
    case 'cover': {
      const { claimWidth: column, subtitle } = geometry.cover;
      return [
        { text: slide.claim, face: 'serif-bold', size: slide.claimSize, column },
        ...optional(slide.subtitle, { face: 'sans', size: subtitle.size, column }),
      ];
    }
    case 'summary': {
      const { width: column } = geometry.summary;
      const rows = slide.rows.map((row) => ({ ...withFace(row), size: geometry.summary[slide.rowSize].size, column }));
      return [...headlineOf(slide, measure), ...rows];
    }
    case 'changes': {
      const { width: column, detail } = geometry.changes;
      return slide.rows.flatMap(({ text, earlier, foreign }): Title[] => [
        { text, face: 'sans', size: geometry.changes[slide.rowSize].size, column, foreign },
        ...optional(earlier, { face: 'sans', size: detail.size, column: detail.width, foreign }),
      ]);
    }
    case 'certainty':
      return statementsOf(slide, measure);
    case 'map': {
      const { panel, supports: column } = mapColumns(measure);
      return [
        { text: slide.claim, face: 'serif-bold', size: slide.claimSize, column: panel },
        ...slide.supports.map(({ text, foreign }): Title => ({ text, face: 'sans', size: slide.supportSize, column, foreign })),
        ...optional(slide.open, { face: 'sans-bold', size: geometry.map.open.size, column: geometry.frame.width, beside: LONGEST_OPEN }),
      ];
    }
    case 'related': {
      const { columnWidth: column, size } = geometry.related;
      return slide.themes.flatMap(({ title, subtitle, shared }): Title[] => [
        { text: title, face: 'serif-bold', size: slide.titleSize, column },
        ...optional(subtitle, { face: 'sans', size, column }),
        ...shared.map(({ text }): Title => ({ text, face: 'sans', size, column })),
      ]);
    }
    case 'sources': {
      const { size } = slide.type;
      const column = geometry.sources.textWidth;
      return slide.columns.flat().map(({ headline, foreign }): Title => ({ text: headline, face: 'sans', size, column, foreign }));
    }
    case 'glossary':
      return [];
    default:
      return [
        ...headlineOf(slide, measure),
        ...optional(slide.questionLine, {
          face: 'sans',
          size: geometry.question.size,
          column: geometry.frame.width,
          foreign: slide.foreign,
        }),
      ];
  }
}

function statementsOf({ columns, rowSize }: CertaintySlide, measure: Measure): Title[] {
  const { size } = measure.geometry.certainty[rowSize];
  const column = certaintyColumn(columns.length, measure);
  return columns.flatMap(({ statements }) =>
    statements.map(({ text }): Title => ({ text, face: 'sans', size, column, beside: '\u00a0999' })),
  );
}

/** Returns the headline, unless it has its own break: then each half is one line. */
function headlineOf(slide: ExchangeSlide | FigureSlide | NumberSlide | QuoteSlide | SummarySlide, { geometry }: Measure): Title[] {
  const { headline, headlineSize, breakAt, continued } = slide;
  const foreign = ('headlineLang' in slide ? slide.headlineLang : null) ?? slide.foreign;
  const beside = continued.count > 1 ? '\u00a0（9/9）' : '';
  const { size } = geometry.headline[headlineSize];
  return breakAt === null ? optional(headline, { face: 'serif-bold', size, column: geometry.frame.width, foreign, beside }) : [];
}

function optional(text: string | null, type: Omit<Title, 'text'>): Title[] {
  return text === null ? [] : [{ text, ...type }];
}

// Types and columns of titles, for the planners of their slides, too

/** The answer is set in bold. */
export const withFace = (row: SummaryRow) => ({ ...row, face: row.role === 'answer' ? ('sans-bold' as const) : ('sans' as const) });

/** Returns the width of one of the columns of statements, in CSS pixels. */
export function certaintyColumn(count: number, { geometry: { certainty, frame } }: Measure): number {
  return Math.floor((frame.width - certainty.gap * (count - 1)) / count);
}

/** Returns the widths of the text in the panel of the answer and in the boxes of what carries it, in CSS pixels. */
export function mapColumns({ geometry: { map, frame } }: Measure): { panel: number; supports: number } {
  return { panel: map.panel - 2 * map.inset, supports: frame.width - map.panel - map.gap - 2 * map.inset };
}

/** About as long as the locales' label in front of what stays open. */
export const LONGEST_OPEN = 'Left open: ';
