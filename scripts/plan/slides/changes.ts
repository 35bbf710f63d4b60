/** Finds what is new or changed in a deck since an earlier time. */
import { Consent, isNamed } from '../../model/consent.ts';
import type { Corpus, Theme } from '../../model/corpus.ts';
import type { NameFinder } from '../../model/names/name-finder.ts';
import type { ChangeRow, ChangesSlide } from '../../model/outputs/deck.ts';
import type { Earlier } from '../../model/outputs/earlier.ts';
import { pickText } from '../../model/text/text.ts';
import type { PlanContext, SlideIdOf } from '../context.ts';
import { headlineOf, linkTo } from '../exchange-text.ts';
import { type SelectedExchange, selectExchanges } from '../select.ts';
import { rowSlides } from './rows.ts';

export interface Changes {
  /** New and changed exchanges, in the order of the deck. */
  rows: { selected: SelectedExchange; mark: ChangeRow['mark']; earlier: string | null }[];
  /** The number of exchanges that are no longer in the deck. They are not named, because they may have been withdrawn on purpose. */
  gone: number;
}

/** Compares the exchanges in a theme's deck now with those at the earlier time. */
export function changesOf(theme: Theme, selected: readonly SelectedExchange[], then: Earlier, now: Corpus, lang: string): Changes {
  const { corpus } = then;
  // The earlier query of the theme decides what its deck contained. When it cannot be read, today's query is used.
  const isBroken = corpus.broken.some(({ kind, id }) => kind === 'theme' && id === theme.id);
  const earlierTheme = corpus.themes.find(({ id }) => id === theme.id) ?? (isBroken ? theme : null);
  const before = new Map(
    (earlierTheme === null ? [] : selectExchanges(corpus, earlierTheme, then.day)).map((each) => [keyOf(each), each] as const),
  );
  const finders = [corpus, now].flatMap((each) => Consent.of(each).finderIn(null) ?? []);
  const rows = selected.flatMap((each): Changes['rows'] => {
    const earlier = before.get(keyOf(each));
    if (earlier === undefined) return [{ selected: each, mark: wasUnreadable(each, corpus) ? 'changed' : 'new', earlier: null }];
    if (shownText(earlier, lang) === shownText(each, lang)) return [];
    return [{ selected: each, mark: 'changed', earlier: earlierHeadline(earlier, each, finders, lang) }];
  });
  const shown = new Set(selected.map(keyOf));
  return { rows, gone: [...before.keys()].filter((key) => !shown.has(key)).length };
}

/** Returns as many slides as the changes need; one that says so when there are none; no slide when changes were not asked for. */
export function changesSlides(
  theme: Theme,
  selected: readonly SelectedExchange[],
  idOf: SlideIdOf,
  { corpus, lang, earlier, measure }: PlanContext,
): ChangesSlide[] {
  if (earlier === null) return [];
  const { rows, gone } = changesOf(theme, selected, earlier, corpus, lang);
  const links = rows.map((row): ChangeRow => ({ ...linkTo(row.selected, idOf(row.selected), lang), mark: row.mark, earlier: row.earlier }));
  const base = { kind: 'changes', part: 'short', foreign: null, since: earlier.since } as const;
  if (links.length === 0) {
    const { padding } = measure.geometry.changes;
    return [
      { ...base, id: ID, continued: { index: 1, count: 1 }, rowSize: 'large', padding: padding.least, rows: [], gone, nothing: gone === 0 },
    ];
  }
  const texts = links.map((row) => ({ ...row, below: row.earlier }));
  return rowSlides(texts, ID, 'changes', measure, { closing: gone > 0 }).map(({ items, first: _first, ...page }) => ({
    ...base,
    ...page,
    rows: items.map(({ below: _below, ...row }) => row),
    gone: page.continued.index === page.continued.count ? gone : 0,
    nothing: false,
  }));
}

const ID = 'deck.changes';

const keyOf = ({ exchange }: SelectedExchange) => `${exchange.interview}/${exchange.id}`;

/** Returns the text that slides show of an exchange, for comparison. Excludes the notes. */
function shownText({ exchange, interview }: SelectedExchange, lang: string): string {
  const { value, lang: textLang } = pickText(exchange.text, lang, interview.lang);
  const { question, takeaway, body, figures, transcript } = value;
  return JSON.stringify([textLang, question, takeaway, body.length > 0 ? body : transcript, figures]);
}

/** Whether the earlier exchange is unknown, because its file or its interview's file had an error. */
function wasUnreadable({ exchange, interview }: SelectedExchange, { broken }: Corpus): boolean {
  return broken.some(
    ({ kind, lang, id, interview: of }) =>
      lang === null && of === interview.id && (kind === 'interview' || (kind === 'exchange' && id === exchange.id)),
  );
}

/**
 * Returns the earlier headline when it differs, is in the same language, and names nobody who is withheld now or was then. Null
 * otherwise.
 */
function earlierHeadline(then: SelectedExchange, now: SelectedExchange, finders: readonly NameFinder[], lang: string): string | null {
  const languageOf = ({ exchange, interview }: SelectedExchange) => pickText(exchange.text, lang, interview.lang).lang;
  const headline = headlineOf(then, lang);
  if (headline === headlineOf(now, lang) || languageOf(then) !== languageOf(now)) return null;
  if (![then, now].every(({ exchange, interview }) => isNamed(interview, exchange))) return null;
  // Nobody checks this headline any more, so likely names are excluded too.
  return finders.some((finder) => finder.all(headline).length > 0) ? null : headline;
}
