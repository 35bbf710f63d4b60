/** The decks that a page may be asking for: each time one is shown it has addresses of its own, for a page never asks for a module twice. */
import { sha256 } from '../../shared/hashes.ts';
import type { OnSite } from '../site.ts';
import type { Shell } from './build-shell.ts';
import type { CompiledDeck } from './compile-deck.ts';

export interface Shown {
  shell: Shell;
  shellKey: string;
  deck: CompiledDeck;
}

export class ShownDecks {
  /** The last ones, by number. */
  readonly #shown = new Map<number, Shown>();
  #count = 0;
  /** Counts the pages that must not be the same. */
  #page = 0;

  /** From now on it is answered for. */
  add(shown: Shown): OnSite {
    this.#count += 1;
    // A deck with code of its own has a page of its own.
    const isAlone = !shown.deck.plain || this.#shown.get(this.#count - 1)?.deck.plain === false;
    if (isAlone || this.#count % SHOWN_IN_A_PAGE === 0) this.#page += 1;
    this.#shown.set(this.#count, shown);
    this.#shown.delete(this.#count - REMEMBERED);
    return { slides: shown.deck.slides, stage: { page: pageKey(shown, this.#page), deck: `/deck/${this.#count}/deck.js` } };
  }

  /** The deck that an address belongs to: the one it names, one that has such a picture (named after what is in it), or the last one. */
  at(address: string): Shown | undefined {
    const number = /^\/deck\/(\d+)\//.exec(address)?.[1];
    if (number !== undefined) return this.#shown.get(Number(number));
    const withPicture = [...this.#shown.values()].find(({ deck }) => Object.hasOwn(deck.pictures, address));
    return withPicture ?? this.#shown.get(this.#count);
  }
}

/** A page may still be reading the one before. */
const REMEMBERED = 3;

/** The page is opened anew for another shell, for another page around the app, and now and then: what it has read stays in its memory. */
function pageKey({ shellKey, deck }: Shown, page: number): string {
  return sha256(JSON.stringify([shellKey, deck.frame, page])).slice(0, 16);
}

const SHOWN_IN_A_PAGE = 50;
