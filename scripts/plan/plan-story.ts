/** Plans the argument of a theme: the steps that its short deck shows, from the written story or from what is there. */
import type { Corpus, Theme } from '../model/corpus.ts';
import type { DrawnFigure } from '../model/outputs/deck.ts';
import type { Figure, FigureOf } from '../model/outputs/figure.ts';
import { CERTAINTIES, type Statement, type Statements, type StoryRole } from '../model/story.ts';
import { type Block, pickText } from '../model/text/text.ts';
import { headlineOf } from './exchange-text.ts';
import { type SelectedExchange, selectExchanges } from './select.ts';

export interface PlannedStory {
  /** Null when the theme has none. */
  answer: string | null;
  open: string | null;
  steps: PlannedStep[];
  /** Null when the theme makes no such statements. */
  certainty: Statements | null;
  /** `written` in the theme, or `found`: the key exchanges, else those with exhibits. */
  origin: 'written' | 'found';
}

export interface PlannedStep {
  /** Null in a story that nobody has written. */
  role: StoryRole | null;
  headline: string;
  /** The language of the headline when it differs from the wanted one; else null. */
  foreign: string | null;
  /** The exchanges that prove the headline; at least one. */
  shown: SelectedExchange[];
  exhibit: Exhibit | null;
}

/** What proves a headline: a figure, numbers side by side, or a quote. */
export type Exhibit =
  | { kind: 'figure'; figure: DrawnFigure }
  | { kind: 'numbers'; numbers: FigureOf<'number'>[] }
  | { kind: 'quote'; blocks: Block[] };

/** Returns the kind of an exhibit in the words of the content format. */
export function kindOfExhibit(exhibit: Exhibit | null): Figure['kind'] | 'quote' | null {
  switch (exhibit?.kind) {
    case 'figure':
      return exhibit.figure.kind;
    case 'numbers':
      return 'number';
    case 'quote':
      return 'quote';
    default:
      return null;
  }
}

/** How many steps a story has that is not written. */
const MOST_STEPS = 7;

/**
 * Returns the story of a theme in a language on a day (`YYYY-MM-DD`). Only what may be published is in it: a step whose exchanges are all
 * drafts or under embargo is left out, and one of which some are has the takeaway of the others as its headline.
 */
export function planStory(theme: Theme, { corpus, lang, today }: { corpus: Corpus; lang: string; today: string }): PlannedStory {
  const selected = selectExchanges(corpus, theme, today);
  const { value, lang: textLang } = pickText(theme.text, lang, corpus.baseLanguage);
  const { answer, open, story, certainty } = value;
  const written = story.flatMap(({ role, show, figure, say }): PlannedStep[] => {
    const shown = show.flatMap((address) => find(address, selected));
    const [first] = shown;
    if (first === undefined) return [];
    // The number counts the figures of the first address, whose exchange may be left out.
    const isFirst = find(show[0] ?? '', selected)[0] === first;
    const own = stepOf(first, shown, role, lang, isFirst ? (figure ?? null) : null);
    // What is said of several exchanges may tell of the one that may not be published.
    const isWhole = shown.length === show.length;
    return [say === undefined || !isWhole ? own : { ...own, headline: say, foreign: textLang === lang ? null : textLang }];
  });
  return {
    answer,
    open,
    steps: story.length > 0 ? written : findSteps(selected, lang),
    certainty: certainty === null ? null : publishable(certainty, selected),
    origin: story.length > 0 ? 'written' : 'found',
  };
}

/** Returns the steps that sum up the argument: the first of each role but evidence. All steps when these are too few. */
export function summaryOf({ steps }: PlannedStory): PlannedStep[] {
  const chosen = SUMMARIZED.flatMap((role) => steps.filter((step) => step.role === role).slice(0, 1));
  return chosen.length < FEWEST ? steps : chosen;
}

const SUMMARIZED: readonly StoryRole[] = ['situation', 'change', 'question', 'answer'];
const FEWEST = 2;

/** Returns the exchange at an address; none when it may not be published. */
function find(address: string, selected: readonly SelectedExchange[]): SelectedExchange[] {
  const [id, interview = null] = address.split('/').reverse();
  return selected.filter(({ exchange }) => exchange.id === id && (interview === null || exchange.interview === interview)).slice(0, 1);
}

/** Returns the exchanges that a statement rests on and that may be published. */
export function findStatement({ show }: Statement, selected: readonly SelectedExchange[]): SelectedExchange[] {
  return show.flatMap((address) => find(address, selected));
}

/** Leaves out statements of which an exchange may not be published. */
function publishable(certainty: Statements, selected: readonly SelectedExchange[]): Statements {
  const may = (statement: Statement) => findStatement(statement, selected).length === statement.show.length;
  const [states = [], expects = [], open = []] = CERTAINTIES.map((each) => certainty[each].filter(may));
  return { states, expects, open };
}

/** Returns the key exchanges; when there are none, those with an exhibit before the others. In the order of the deck, at most seven. */
function findSteps(selected: readonly SelectedExchange[], lang: string): PlannedStep[] {
  const steps = selected.map((each) => stepOf(each, [each], null, lang, null));
  const key = steps.filter(({ shown }) => shown[0]?.exchange.key === true);
  if (key.length > 0) return key.slice(0, MOST_STEPS);
  const chosen = [...steps.filter(({ exhibit }) => exhibit !== null), ...steps.filter(({ exhibit }) => exhibit === null)].slice(
    0,
    MOST_STEPS,
  );
  return steps.filter((step) => chosen.includes(step));
}

function stepOf(
  first: SelectedExchange,
  shown: SelectedExchange[],
  role: StoryRole | null,
  lang: string,
  figure: number | null,
): PlannedStep {
  const { lang: textLang } = pickText(first.exchange.text, lang, first.interview.lang);
  return {
    role,
    headline: headlineOf(first, lang),
    foreign: textLang === lang ? null : textLang,
    shown,
    exhibit: exhibitOf(shown, lang, figure),
  };
}

/**
 * Returns the chosen figure of the first exchange, else the first figure of any of them, else the first quote. Null without any. The numbers
 * of an exchange stand together, unless one of them was chosen.
 */
function exhibitOf(shown: readonly SelectedExchange[], lang: string, number: number | null): Exhibit | null {
  const texts = shown.map(({ exchange, interview }) => pickText(exchange.text, lang, interview.lang).value);
  const chosen = number === null ? undefined : texts[0]?.figures[number - 1];
  if (chosen !== undefined) return chosen.kind === 'number' ? { kind: 'numbers', numbers: [chosen] } : { kind: 'figure', figure: chosen };
  for (const { figures } of texts) {
    const [figure] = figures;
    if (figure === undefined) continue;
    if (figure.kind !== 'number') return { kind: 'figure', figure };
    return { kind: 'numbers', numbers: figures.filter((each) => each.kind === 'number').slice(0, MOST_NUMBERS) };
  }
  const quote = texts.flatMap(({ body }) => body).find((block) => block.type === 'quote');
  return quote?.type === 'quote' ? { kind: 'quote', blocks: quote.children } : null;
}

/** The most numbers side by side. */
const MOST_NUMBERS = 3;
