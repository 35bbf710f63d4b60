/**
 * Slides of a process that generates again and again: an edit costs what it has changed. By identity, so that nothing outlives what it was
 * made from; but for the front matter of the last version of each deck, which is known by its text.
 */
import type { Exchange, Interview } from '../corpus.ts';
import type { Slide } from './deck.ts';

export class SlideMemory {
  readonly #planned = new WeakMap<Exchange, WeakMap<Interview, Map<string, readonly Slide[]>>>();
  readonly #overfull = new WeakMap<Slide, number>();
  readonly #rendered = new WeakMap<Slide, Map<string, string>>();
  /** By deck and the text of a slide as Slidev's parser cuts it out: the front matter that the parser reads in it. */
  readonly #frontMatter = new Map<string, ReadonlyMap<string, FrontMatter>>();

  /** The slides of an exchange as they were planned before with the same `key`, or as `plan` makes them. */
  planOnce<S extends Slide>(exchange: Exchange, interview: Interview, key: string, plan: () => S[]): S[] {
    const byInterview = this.#planned.get(exchange) ?? new WeakMap<Interview, Map<string, readonly Slide[]>>();
    this.#planned.set(exchange, byInterview);
    const byKey = byInterview.get(interview) ?? new Map<string, readonly Slide[]>();
    byInterview.set(interview, byKey);
    const known = byKey.get(key) ?? plan();
    byKey.set(key, known);
    // The key names all that decides about the kind of slides.
    return known as S[];
  }

  /** By how many pixels a slide is too high. */
  measureOnce(slide: Slide, measure: () => number): number {
    return once(this.#overfull, slide, measure);
  }

  /** A slide's Markdown. Decks share slides: `key` names all of a deck that decides how a slide of it is rendered. */
  renderOnce(slide: Slide, key: string, render: () => string): string {
    const byKey = once(this.#rendered, slide, () => new Map<string, string>());
    const known = byKey.get(key) ?? render();
    byKey.set(key, known);
    return known;
  }

  /** The front matter of all slides of a deck, given by their texts; `read` reads those that the deck's last version did not have. */
  readOnce(deck: string, slides: readonly string[], read: (text: string) => FrontMatter): FrontMatter[] {
    const before = this.#frontMatter.get(deck);
    const found = new Map(slides.map((text) => [text, before?.get(text) ?? read(text)]));
    this.#frontMatter.set(deck, found);
    return slides.flatMap((text) => found.get(text) ?? []);
  }
}

/** What says which slide this is for Slidev. */
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
