/** Decks made in several threads at once, where they are so many that it takes a while (80 decks of 1,000 slides on two cores: 49 s instead of 83). */
import os from 'node:os';
import { bundledFolder, OrderThread } from '../../shared/order-thread.ts';
import { DeckMaker, type DeckOrder, type MadeDeck, type ThreadOrder } from './deck-making.ts';

/** Fewer exchanges are planned and rendered before a thread knows how. */
const LEAST = 500;
/** Each needs some hundred megabytes. */
const MOST = 4;

/** A quarter of what V8 gives new objects by default: 60 MB less for two threads, in the same time. */
const limits = { maxYoungGenerationSizeMb: 12 };

export class DeckThreads {
  readonly #threads: OrderThread<ThreadOrder, MadeDeck | null>[];
  readonly #templates: string;
  readonly #look: string;
  #next = 0;

  /** For decks with as many exchanges as given; of few none is started. `templates` is the folder, `look` what it was read as. */
  constructor(decks: readonly number[], { templates, look }: { templates: string; look: string }) {
    const isMuch = decks.reduce((sum, exchanges) => sum + exchanges, 0) >= LEAST && bundledFolder() !== null;
    const count = Math.min(os.availableParallelism(), MOST, decks.length);
    const start = () => new OrderThread<ThreadOrder, MadeDeck | null>('deck-worker.mjs', new DeckMaker().work, { limits });
    this.#threads = Array.from({ length: isMuch && count > 1 ? count : 0 }, start);
    this.#templates = templates;
    this.#look = look;
  }

  /** How many decks are to be begun before the first is done: one waits for every thread that is about to be free. */
  get atOnce(): number {
    return this.#threads.length + 1;
  }

  /** Null where there is no thread, or the thread finds other templates. Throws as makeDeck does. */
  async make(order: DeckOrder): Promise<MadeDeck | null> {
    const thread = this.#threads[this.#next % this.#threads.length];
    this.#next += 1;
    return (await thread?.send({ type: 'make', ...order, templates: this.#templates, look: this.#look })) ?? null;
  }

  /** One after the other: all write to the same place, and what the last one found stays. */
  async keep(): Promise<void> {
    for (const thread of this.#threads) await thread.send({ type: 'keep' });
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}
