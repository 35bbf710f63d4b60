/**
 * Work in a thread of its own, order after order. Where the program is not bundled there is no file for a thread to run; then, and when the thread is lost,
 * the work is done in this one.
 */
import path from 'node:path';
import { parentPort, type ResourceLimits, Worker } from 'node:worker_threads';
import { type ExitCode, ExpectedError } from './errors.ts';

/** The folder of the bundled program, put there by program.js. */
declare const BUNDLED_FOLDER: string | undefined;

/** Where the files lie that threads run; null where there are none. */
export const bundledFolder = (): string | null => (typeof BUNDLED_FOLDER === 'undefined' ? null : BUNDLED_FOLDER);

interface Ordered<Order> {
  id: number;
  order: Order;
}

/** Expected errors as data, for their class does not survive the way. */
type Answer<Done> = { id: number } & (
  | { type: 'done'; done: Done }
  | { type: 'refused'; message: string; hint: string | null; exitCode: ExitCode }
  | { type: 'thrown'; error: unknown }
);

/** The thread's own side: works through what comes. */
export function answerOrders<Order, Done>(work: (order: Order) => Promise<Done>): void {
  parentPort?.on('message', async ({ id, order }: Ordered<Order>) => {
    const answer = (given: Answer<Done>) => parentPort?.postMessage(given);
    try {
      answer({ id, type: 'done', done: await work(order) });
    } catch (error) {
      if (error instanceof ExpectedError)
        answer({ id, type: 'refused', message: error.message, hint: error.hint, exitCode: error.exitCode });
      else answer({ id, type: 'thrown', error });
    }
  });
}

/** The thread ended before its answer came: no memory, or the program's files are gone. */
class ThreadLost extends Error {}

interface Waiting<Done> {
  resolve(done: Done): void;
  reject(reason: unknown): void;
}

export class OrderThread<Order, Done> {
  readonly #file: string | null;
  readonly #limits: ResourceLimits | null;
  readonly #here: (order: Order) => Promise<Done>;
  readonly #waiting = new Map<number, Waiting<Done>>();
  #worker: Worker | null = null;
  #count = 0;
  #closed = false;

  /** `name` is that of a file in the folder; `here` does the same work without a thread. */
  constructor(
    name: string,
    here: (order: Order) => Promise<Done>,
    { folder = bundledFolder(), limits = null }: { folder?: string | null; limits?: ResourceLimits | null } = {},
  ) {
    this.#file = folder === null ? null : path.join(folder, name);
    this.#here = here;
    this.#limits = limits;
  }

  /** Whether anything was sent. */
  get isUsed(): boolean {
    return this.#count > 0;
  }

  /** Starts the thread, which takes a while until it can do something. */
  warmUp(): void {
    if (this.#file !== null) this.#worker ??= this.#start(this.#file);
  }

  /** Throws what the work throws: ExpectedError as it was, of other errors a copy. */
  async send(order: Order): Promise<Done> {
    this.#count += 1;
    if (this.#file === null) return this.#here(order);
    try {
      return await this.#post(order);
    } catch (error) {
      if (error instanceof ThreadLost && !this.#closed) return this.#here(order);
      throw error;
    }
  }

  /** Ends the thread; what it still has to do fails. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker?.terminate();
  }

  async #post(order: Order): Promise<Done> {
    if (this.#closed) throw new ThreadLost('the session is closed');
    this.warmUp();
    const id = this.#count;
    return new Promise((resolve, reject) => {
      this.#worker?.postMessage({ id, order } satisfies Ordered<Order>);
      this.#waiting.set(id, { resolve, reject });
    });
  }

  #start(file: string): Worker {
    const worker = new Worker(file, this.#limits === null ? {} : { resourceLimits: this.#limits });
    worker.on('message', (answer: Answer<Done>) => this.#take(answer));
    // What it says of its end comes with `exit` in any case.
    worker.on('error', () => {});
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = null;
      for (const { reject } of this.#waiting.values()) reject(new ThreadLost());
      this.#waiting.clear();
    });
    return worker;
  }

  #take(answer: Answer<Done>): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.type === 'done') waiting?.resolve(answer.done);
    else if (answer.type === 'thrown') waiting?.reject(answer.error);
    else {
      const { message, exitCode, hint } = answer;
      waiting?.reject(new ExpectedError(message, { exitCode, ...(hint === null ? {} : { hint }) }));
    }
  }
}
