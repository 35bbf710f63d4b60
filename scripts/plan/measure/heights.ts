/** How high the content of a planned slide is, by the sizes and fonts that it was planned with. */
import type { ChangesSlide, Slide } from '../../model/outputs/deck.ts';
import type { Block } from '../../model/text/text.ts';
import { blocksHeight } from '../slides/block-sizes.ts';
import { termHeight } from '../slides/glossary.ts';
import { heightBelow, planHeader } from '../slides/header.ts';
import { numbersHeight } from '../slides/numbers.ts';
import { quoteByHeight } from '../slides/quote.ts';
import { rowTextHeight } from '../slides/rows.ts';
import { rowHeight } from '../slides/sources.ts';
import { tableExcess } from '../slides/table.ts';
import { coverTitle, sectionTitle } from '../slides/titles.ts';
import { type Measure, measureIn } from './measure.ts';

/** Height of what stands below the headline, in CSS pixels; null for kinds that are not set line by line (cover, section, related). */
export function contentHeight(slide: Slide, given: Measure): number | null {
  const measure = slide.foreign === null ? given : measureIn(slide.foreign, given);
  const { geometry } = measure;
  const points = (blocks: readonly Block[], width: number) =>
    'textSize' in slide ? blocksHeight(blocks, { width, style: geometry.text[slide.textSize] }, measure) : 0;
  switch (slide.kind) {
    case 'exchange':
      return points(slide.blocks, geometry.frame.width);
    case 'figure': {
      const figure = measure.figureSize(slide.figure, slide.room).height;
      if (slide.arrangement === 'beside') return Math.max(figure, points(slide.blocks, geometry.figure.textWidth));
      return slide.arrangement === 'alone' ? figure : figure + geometry.figure.stripGap + points(slide.blocks, geometry.frame.width);
    }
    case 'number':
      return Math.max(numbersHeight(slide.numbers, slide.valueSize, measure), points(slide.blocks, geometry.number.textWidth));
    case 'quote': {
      const style = slide.textSize === 'compact' ? geometry.quote.compact : geometry.quote.normal;
      const by = slide.by === null ? 0 : quoteByHeight(slide.by, measure);
      return geometry.quote.mark + blocksHeight(slide.blocks, { width: geometry.quote.width, style, face: 'serif' }, measure) + by;
    }
    case 'bottom-line':
      return sum(slide.takeaways.map((row) => rowTextHeight({ ...row, above: null }, 'takeaways', slide.rowSize, measure) + slide.padding));
    case 'changes':
      return changesHeight(slide, measure);
    case 'agenda':
      return sum(
        slide.sections.map(
          (row) =>
            rowTextHeight({ text: row.title ?? 'x', above: row.interview, foreign: row.foreign }, 'agenda', slide.rowSize, measure) +
            slide.padding,
        ),
      );
    case 'glossary':
      return Math.max(
        ...slide.columns.map(
          (column) => sum(column.map((term) => termHeight(term, measure))) + geometry.glossary.gap * (column.length - 1),
        ),
      );
    case 'sources':
      return slide.interviews.length > 0 ? null : sum(slide.exchanges.map((row) => rowHeight(row, slide.small, measure)));
    default:
      return null;
  }
}

/** How far a slide's content is too large for its box, in CSS pixels; 0 when it fits. */
export function overfullBy(slide: Slide, measure: Measure): number {
  if (slide.kind === 'cover') return coverTitle(slide.title, slide.subtitle, slide.people, measure).excess;
  if (slide.kind === 'section') return sectionTitle(slide.title ?? 'x', slide.interview, measure).excess;
  const height = contentHeight(slide, measure);
  if (height === null) return 0;
  const [question, headline] = 'headline' in slide ? [slide.question, slide.headline] : [null, 'x'];
  const room = heightBelow(planHeader(question, headline, slide.part.count, measure), measure);
  const wide = slide.kind === 'figure' ? measure.figureSize(slide.figure, slide.room).width - slide.room.width : 0;
  const tables = 'blocks' in slide ? tableExcess(slide.blocks) : 0;
  return Math.max(0, Math.ceil(height - room), Math.ceil(wide), tables);
}

function changesHeight({ rows, rowSize, padding, gone, nothing }: ChangesSlide, measure: Measure): number {
  const { large, gone: line } = measure.geometry.changes;
  if (nothing) return large.line;
  const texts = rows.map(({ text, foreign, earlier }) => ({ text, foreign, above: null, below: earlier }));
  return sum(texts.map((row) => rowTextHeight(row, 'changes', rowSize, measure) + padding)) + (gone > 0 ? line : 0);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
