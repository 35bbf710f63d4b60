/** Makes one deck from the content that it shows: plans and renders it, in this thread or in a worker. */
import type { Corpus, Theme } from '../../model/corpus.ts';
import type { ChangeRow, Deck } from '../../model/outputs/deck.ts';
import type { Earlier } from '../../model/outputs/earlier.ts';
import type { SlideMemory } from '../../model/outputs/slide-memory.ts';
import { planDeck } from '../../plan/plan-deck.ts';
import { type DeckPlaces, renderDeck } from '../../render/deck-markdown.ts';
import { loadTemplates, type Templates } from '../../render/load-templates.ts';
import { hashOfLook } from './deck-records.ts';

/** Information about a deck, for reports. */
export interface DeckSummary {
  /** The number of slides. */
  slides: number;
  overfull: Deck['overfull'];
  /** Changes since the given time. Null without `--since`. */
  changes: { new: number; changed: number; gone: number } | null;
}

export interface MadeDeck {
  markdown: string;
  deck: DeckSummary;
}

/** Everything that determines a deck, apart from the templates. */
export interface DeckOrder {
  theme: Theme;
  lang: string;
  corpus: Corpus;
  /** As `YYYY-MM-DD`. */
  today: string;
  places: DeckPlaces;
}

/** Plans and renders a deck. Throws ExpectedError as renderDeck does. */
export function makeDeck(
  { theme, lang, corpus, today, places }: DeckOrder,
  templates: Templates,
  { earlier = null, memory = null }: { earlier?: Earlier | null; memory?: SlideMemory | null } = {},
): MadeDeck {
  const deck = planDeck(theme, { corpus, lang, today, earlier, measure: templates, memory });
  const markdown = renderDeck(deck, templates, places, memory);
  return { markdown, deck: { slides: deck.slides.length, overfull: deck.overfull, changes: countChanges(deck) } };
}

/** Returns null when changes were not asked for. */
function countChanges({ slides }: Deck): DeckSummary['changes'] {
  const changes = slides.filter((slide) => slide.kind === 'changes');
  if (changes.length === 0) return null;
  const marked = (mark: ChangeRow['mark']) => changes.flatMap(({ rows }) => rows).filter((row) => row.mark === mark).length;
  return { new: marked('new'), changed: marked('changed'), gone: changes.reduce((sum, { gone }) => sum + gone, 0) };
}

/** A task for a worker, as plain data. */
export type ThreadOrder =
  | (DeckOrder & {
      type: 'make';
      /** The templates folder. */
      templates: string;
      /** See hashOfLook. */
      look: string;
    })
  /** Saves measurements of the fonts for the next run. */
  | { type: 'keep' };

/**
 * Runs in a worker. Reads the templates itself, and makes nothing when they have changed since `look` was computed, or cannot be read any
 * more.
 */
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
