/** One deck from what it shows of the content: planned and rendered, in this thread or in another one. */
import type { Corpus, Theme } from '../../model/corpus.ts';
import type { ChangeRow, Deck } from '../../model/outputs/deck.ts';
import type { Earlier } from '../../model/outputs/earlier.ts';
import type { SlideMemory } from '../../model/outputs/slide-memory.ts';
import { planDeck } from '../../plan/plan-deck.ts';
import { type DeckPlaces, renderDeck } from '../../render/deck-markdown.ts';
import { loadTemplates, type Templates } from '../../render/load-templates.ts';
import { hashOfLook } from './deck-records.ts';

/** What is said of a deck that was made. */
export interface DeckSummary {
  /** Their number. */
  slides: number;
  overfull: Deck['overfull'];
  /** Since the time that was asked about; null where nobody asked. */
  changes: { new: number; changed: number; gone: number } | null;
}

export interface MadeDeck {
  markdown: string;
  deck: DeckSummary;
}

/** All that a deck follows from besides the templates. */
export interface DeckOrder {
  theme: Theme;
  lang: string;
  corpus: Corpus;
  /** As `YYYY-MM-DD`. */
  today: string;
  places: DeckPlaces;
}

/** Throws ExpectedError as renderDeck does. */
export function makeDeck(
  { theme, lang, corpus, today, places }: DeckOrder,
  templates: Templates,
  { earlier = null, memory = null }: { earlier?: Earlier | null; memory?: SlideMemory | null } = {},
): MadeDeck {
  const deck = planDeck(theme, { corpus, lang, today, earlier, measure: templates, memory });
  const markdown = renderDeck(deck, templates, places, memory);
  return { markdown, deck: { slides: deck.slides.length, overfull: deck.overfull, changes: countChanges(deck) } };
}

/** Null where nobody asked what has changed. */
function countChanges({ slides }: Deck): DeckSummary['changes'] {
  const changes = slides.filter((slide) => slide.kind === 'changes');
  if (changes.length === 0) return null;
  const marked = (mark: ChangeRow['mark']) => changes.flatMap(({ rows }) => rows).filter((row) => row.mark === mark).length;
  return { new: marked('new'), changed: marked('changed'), gone: changes.reduce((sum, { gone }) => sum + gone, 0) };
}

/** What a thread is told to do, in data. */
export type ThreadOrder =
  | (DeckOrder & {
      type: 'make';
      /** The templates folder. */
      templates: string;
      /** See hashOfLook. */
      look: string;
    })
  /** What was found out about the fonts is kept for the next run. */
  | { type: 'keep' };

/** The thread's work: it reads the templates itself, and makes nothing where these are others than those that were meant, or cannot be read any more. */
export class DeckMaker {
  #loaded: Promise<Templates | null> | null = null;

  readonly work = async (order: ThreadOrder): Promise<MadeDeck | null> => {
    if (order.type === 'make') this.#loaded ??= loadTemplates(order.templates).catch(() => null);
    const templates = await this.#loaded;
    if (order.type === 'keep') templates?.keep();
    else if (templates !== null && hashOfLook(templates, order.places) === order.look) return makeDeck(order, templates);
    return null;
  };
}
