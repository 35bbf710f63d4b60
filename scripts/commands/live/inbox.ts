/** A queue with one consumer. Items can be added at any time; an item added twice before it is taken counts once. */
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

  /** Makes all current and later calls of `next` and `all` throw this error. */
  fail(error: Error): void {
    this.#failure = error;
    this.#wake();
  }

  /**
   * Waits until there is an item and takes the first. Throws the signal's reason when the run is interrupted, and the error given to
   * `fail`.
   */
  async next(): Promise<T> {
    await this.#some();
    for (const item of this.#items) {
      this.#items.delete(item);
      return item;
    }
    return this.next();
  }

  /** Waits until there is an item and takes all. Throws as `next` does. */
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
