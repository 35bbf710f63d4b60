/**
 * Remembers slides in a process that generates again and again, so that an edit costs only what it changes. Entries are keyed by object
 * identity and vanish with their sources. Only the front matter of each deck's last version is keyed by text.
 */
import type { Exchange, Interview } from '../corpus.ts';
import type { Slide } from './deck.ts';

export class SlideMemory {
  readonly #planned = new WeakMap<Exchange, WeakMap<Interview, Map<string, readonly Slide[]>>>();
  readonly #overfull = new WeakMap<Slide, number>();
  readonly #rendered = new WeakMap<Slide, Map<string, string>>();
  /** By deck and slide text, as cut by Slidev's parser: the front matter that the parser reads in it. */
  readonly #frontMatter = new Map<string, ReadonlyMap<string, FrontMatter>>();

  /** Returns the slides planned earlier for the exchange with the same `key`, or those that `plan` makes. */
  planOnce<S extends Slide>(exchange: Exchange, interview: Interview, key: string, plan: () => S[]): S[] {
    const byInterview = this.#planned.get(exchange) ?? new WeakMap<Interview, Map<string, readonly Slide[]>>();
    this.#planned.set(exchange, byInterview);
    const byKey = byInterview.get(interview) ?? new Map<string, readonly Slide[]>();
    byInterview.set(interview, byKey);
    const known = byKey.get(key) ?? plan();
    byKey.set(key, known);
    // The key includes everything that decides the kind of slides.
    return known as S[];
  }

  /** Returns by how many pixels a slide is too high. */
  measureOnce(slide: Slide, measure: () => number): number {
    return once(this.#overfull, slide, measure);
  }

  /** Returns the Markdown of a slide. Decks share slides, so `key` includes everything of the deck that the rendering depends on. */
  renderOnce(slide: Slide, key: string, render: () => string): string {
    const byKey = once(this.#rendered, slide, () => new Map<string, string>());
    const known = byKey.get(key) ?? render();
    byKey.set(key, known);
    return known;
  }

  /**
   * Returns the front matter of all slides of a deck, given their texts. `read` is called only for texts that the deck's last version did
   * not have.
   */
  readOnce(deck: string, slides: readonly string[], read: (text: string) => FrontMatter): FrontMatter[] {
    const before = this.#frontMatter.get(deck);
    const found = new Map(slides.map((text) => [text, before?.get(text) ?? read(text)]));
    this.#frontMatter.set(deck, found);
    return slides.flatMap((text) => found.get(text) ?? []);
  }
}

/** The fields that identify a slide in Slidev. */
export interface FrontMatter {
  layout: unknown;
  slideId: unknown;
  keys: readonly string[];
}

function once<T>(known: WeakMap<Slide, T>, slide: Slide, make: () => T): T {
  const value = known.get(slide) ?? make();
  known.set(slide, value);
  return value;
}
