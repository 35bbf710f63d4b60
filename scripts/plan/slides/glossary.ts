/** Plans the glossary: the terms that the exchanges use, in columns. */
import type { Corpus } from '../../model/corpus.ts';
import type { GlossarySlide, GlossaryTerm } from '../../model/outputs/deck.ts';
import { pickText } from '../../model/text/text.ts';
import type { PlanContext } from '../context.ts';
import { type Column, type Measure, textHeight } from '../measure/measure.ts';
import { fewestPages, fillPages, numberPages } from '../measure/pages.ts';
import { splitBlocks } from '../measure/split.ts';
import type { SelectedExchange } from '../select.ts';
import { blocksHeight, planTables } from './block-sizes.ts';
import { heightBelow, planHeader } from './header.ts';

type GlossaryType = GlossarySlide['type'];

/** Returns the terms that the exchanges use, in the alphabetical order of the language. */
export function termsOf(selected: readonly SelectedExchange[], corpus: Corpus, lang: string): GlossaryTerm[] {
  const used = new Set(selected.flatMap(({ exchange }) => exchange.terms));
  return corpus.terms
    .filter(({ id }) => used.has(id))
    .map((term) => {
      const { value, lang: textLang } = pickText(term.text, lang, corpus.baseLanguage);
      return { id: term.id, ...value, foreign: textLang === lang ? null : textLang, continued: { index: 1, count: 1 } };
    })
    .sort(byAlphabet(lang));
}

/** Compares terms as dictionaries of the language do, and numbers by their value: "Phase 2" before "Phase 10". */
export function byAlphabet(lang: string): (a: GlossaryTerm, b: GlossaryTerm) => number {
  const { compare } = new Intl.Collator(lang, { numeric: true });
  return (a, b) => compare(a.term, b.term) || (a.id < b.id ? -1 : 1);
}

/**
 * Returns slides with the terms in columns, in the largest type that takes as few slides as the smallest. Where it can be helped, no term is divided.
 */
export function glossarySlides(terms: readonly GlossaryTerm[], context: PlanContext): GlossarySlide[] {
  const { sizes } = context.measure.geometry.glossary;
  const settings = sizes.map((type) => slidesIn(type, terms, context));
  const isWhole = (slides: readonly GlossarySlide[]) =>
    slides.every(({ columns }) => columns.flat().every(({ continued }) => continued.count === 1));
  const whole = settings.filter(isWhole);
  return fewestPages(whole.length === 0 ? settings : whole);
}

function slidesIn(type: GlossaryType, terms: readonly GlossaryTerm[], { lang, measure }: PlanContext): GlossarySlide[] {
  const { gap, columns: abreast } = measure.geometry.glossary;
  const room = heightBelow(planHeader(null, 'x', 1, measure), measure);
  const parts = terms
    .map((term) => ({ ...term, definition: planTables(term.definition, glossaryColumn(type, measure), measure) }))
    .flatMap((term) => splitTerm(term, type, room, lang, measure));
  const columns = fillPages(parts, room + gap, (term) => termHeight(term, type, measure) + gap, abreast);
  const slides = Array.from({ length: Math.ceil(columns.length / abreast) }, (_, index) =>
    columns.slice(index * abreast, (index + 1) * abreast),
  );
  return numberPages(slides, 'deck.glossary').map(({ id, continued, items }) => ({
    kind: 'glossary',
    part: 'reference',
    id,
    continued,
    foreign: null,
    type,
    columns: items,
  }));
}

/** Returns the height of a term with its definition, in CSS pixels. */
export function termHeight({ term, definition }: GlossaryTerm, type: GlossaryType, measure: Measure): number {
  const { columnWidth } = measure.geometry.glossary;
  return (
    textHeight(term, { face: 'sans-bold', size: type.term, line: type.termLine }, columnWidth, measure) +
    blocksHeight(definition, glossaryColumn(type, measure), measure)
  );
}

/** Splits a term whose definition is longer than a column. */
function splitTerm(term: GlossaryTerm, type: GlossaryType, room: number, lang: string, measure: Measure): GlossaryTerm[] {
  if (termHeight(term, type, measure) <= room) return [term];
  const head = termHeight({ ...term, term: `${term.term} (9/9)`, definition: [] }, type, measure);
  const below = { ...glossaryColumn(type, measure), height: room - head };
  const parts = splitBlocks(term.definition, { usual: below, compact: below, bare: false }, lang, measure);
  return parts.map(({ blocks }, index) => ({ ...term, definition: blocks, continued: { index: index + 1, count: parts.length } }));
}

/** Returns the column of definitions. */
export function glossaryColumn({ size, line }: GlossaryType, { geometry: { glossary, text } }: Measure): Column {
  return { width: glossary.columnWidth, style: { ...text.compact, size, line } };
}
