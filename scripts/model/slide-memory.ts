/** Slides of a process that generates again and again: an edit costs what it has changed. By identity: nothing here outlives what it was made from. */
import type { Exchange, Interview } from './corpus.ts';
import type { Slide } from './deck.ts';

export class SlideMemory {
  readonly #planned = new WeakMap<Exchange, WeakMap<Interview, Map<string, readonly Slide[]>>>();
  readonly #overfull = new WeakMap<Slide, number>();
  readonly #rendered = new WeakMap<Slide, Map<string, string>>();
  /** The text of slides as Slidev's parser cut it out, found to be what was planned. */
  readonly verified = new WeakMap<Slide, string>();

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
}

function once<T>(known: WeakMap<Slide, T>, slide: Slide, make: () => T): T {
  const value = known.get(slide) ?? make();
  known.set(slide, value);
  return value;
}
