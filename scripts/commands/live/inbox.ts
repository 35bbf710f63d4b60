/** Things that somebody brings at any time and one other takes one after the other; what is brought twice meanwhile counts once. */
export class Inbox<T> {
  readonly #items = new Set<T>();
  readonly #signal: AbortSignal;
  #failure: Error | null = null;
  #wake: () => void = () => {};

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#wake(), { once: true });
  }

  add(items: Iterable<T>): void {
    for (const item of items) this.#items.add(item);
    this.#wake();
  }

  /** Nothing more will come: whoever waits has the error thrown. */
  fail(error: Error): void {
    this.#failure = error;
    this.#wake();
  }

  /** Waits until there is something and takes the first. Throws the signal's reason when the run is interrupted, and what `fail` was told. */
  async next(): Promise<T> {
    await this.#some();
    for (const item of this.#items) {
      this.#items.delete(item);
      return item;
    }
    return this.next();
  }

  /** Waits until there is something and takes all of it. Throws as `next` does. */
  async all(): Promise<T[]> {
    await this.#some();
    const items = [...this.#items];
    this.#items.clear();
    return items;
  }

  async #some(): Promise<void> {
    while (this.#items.size === 0 && this.#failure === null && !this.#signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#signal.throwIfAborted();
    if (this.#failure !== null) throw this.#failure;
  }
}
