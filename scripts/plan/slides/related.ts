/** Plans slides about other themes that share exchanges with a theme. */
import type { Theme } from '../../model/corpus.ts';
import type { RelatedSlide, RelatedTheme, SlideLink } from '../../model/outputs/deck.ts';
import { pickText } from '../../model/text/text.ts';
import { deckName, type PlanContext, type SlideIdOf } from '../context.ts';
import { linkTo } from '../exchange-text.ts';
import { type Measure, titleHeight, titleLines } from '../measure/measure.ts';
import { numberPages } from '../measure/pages.ts';
import { type SelectedExchange, selectExchanges } from '../select.ts';
import { heightBelow, planHeader } from './header.ts';

/** The most shared exchanges listed for each related theme. */
const MOST_SHARED = 4;

/** Returns slides with one theme in each column, the closest themes first. */
export function relatedSlides(theme: Theme, selected: readonly SelectedExchange[], idOf: SlideIdOf, context: PlanContext): RelatedSlide[] {
  const { measure } = context;
  const { columns, titlesHeight } = measure.geometry.related;
  const themes = relatedThemes(theme, selected, idOf, context);
  const slides = Array.from({ length: Math.ceil(themes.length / columns) }, (_, index) =>
    themes.slice(index * columns, (index + 1) * columns),
  );
  return numberPages(slides, 'deck.related').map(({ id, continued, items }) => {
    const titleSize = relatedTitle(items, measure);
    const cards = items.map((card) => {
      // When both are too high, only the title is shown. The theme's own deck has the subtitle.
      const shown = relatedTitleHeight(card, titleSize, measure) <= titlesHeight ? card : { ...card, subtitle: null };
      return { ...shown, shared: sharedThatFit(shown, titleSize, measure) };
    });
    return { kind: 'related', part: 'reference', id, continued, foreign: null, titleSize, themes: cards };
  });
}

/** Returns the closest themes first, each with all exchanges that it shares. */
export function relatedThemes(
  theme: Theme,
  selected: readonly SelectedExchange[],
  idOf: SlideIdOf,
  { corpus, lang, today }: PlanContext,
): RelatedTheme[] {
  return corpus.themes
    .filter(({ id }) => id !== theme.id)
    .flatMap((other): RelatedTheme[] => {
      const theirs = new Set(selectExchanges(corpus, other, today).map(({ exchange }) => exchange));
      const shared = selected.filter(({ exchange }) => theirs.has(exchange)).map((each) => linkTo(each, idOf(each), lang));
      if (shared.length === 0) return [];
      const { value, lang: textLang } = pickText(other.text, lang, corpus.baseLanguage);
      return [
        {
          name: deckName(other.id, lang, corpus.baseLanguage),
          title: value.title,
          subtitle: value.subtitle,
          foreign: textLang === lang ? null : textLang,
          accent: other.accent,
          exchanges: shared.length,
          shared,
        },
      ];
    })
    .sort((a, b) => b.exchanges - a.exchanges);
}

/** Returns the first shared exchanges, as many as fit into a column below its titles. */
function sharedThatFit(card: RelatedTheme, titleSize: number, measure: Measure): SlideLink[] {
  const { related } = measure.geometry;
  const height = (text: string) => titleHeight(text, { face: 'sans', ...related }, related.columnWidth, measure);
  let left = heightBelow(planHeader(null, 'x', 1, measure), measure) - related.head - relatedTitleHeight(card, titleSize, measure);
  return card.shared.slice(0, MOST_SHARED).filter(({ text }) => {
    left -= height(text) + related.gap;
    return left >= 0;
  });
}

/** Returns the size of the titles of related themes, the same for all themes of a slide. */
function relatedTitle(cards: readonly { title: string; subtitle: string | null }[], measure: Measure): number {
  const { titles, titlesHeight } = measure.geometry.related;
  const fits = (size: number) => cards.every((card) => relatedTitleHeight(card, size, measure) <= titlesHeight);
  return titles.find(fits) ?? Math.min(...titles);
}

/** Returns the height of a related theme's title and subtitle, in CSS pixels. */
function relatedTitleHeight({ title, subtitle }: { title: string; subtitle: string | null }, size: number, measure: Measure): number {
  const { related } = measure.geometry;
  return (
    Math.ceil(titleLines(title, 'serif-bold', size, related.columnWidth, measure) * size * TITLE_LINE) +
    titleHeight(subtitle ?? '', { face: 'sans', ...related }, related.columnWidth, measure)
  );
}

/** Line height of a title as a share of its size: `.related h2` in the theme. */
const TITLE_LINE = 1.2;
