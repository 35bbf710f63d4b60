/**
 * Runs tasks in a worker thread, one after the other. When the program is not bundled, there is no file for a worker. The tasks then run in
 * this thread, as they do when the worker is lost.
 */
import path from 'node:path';
import { parentPort, type ResourceLimits, Worker } from 'node:worker_threads';
import { type ExitCode, ExpectedError } from './errors.ts';

/** The folder of the bundled program, defined by program.js. */
declare const BUNDLED_FOLDER: string | undefined;

/** Returns the folder of the workers' files. Null when the program is not bundled. */
export const bundledFolder = (): string | null => (typeof BUNDLED_FOLDER === 'undefined' ? null : BUNDLED_FOLDER);

interface Ordered<Order> {
  id: number;
  order: Order;
}

/** Expected errors are sent as data, because a message does not keep their class. */
type Answer<Done> = { id: number } & (
  | { type: 'done'; done: Done }
  | { type: 'refused'; message: string; hint: string | null; exitCode: ExitCode }
  | { type: 'thrown'; error: unknown }
);

/** Runs in the worker: answers every message with the result of `work`. */
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

/** The worker ended before it answered: it ran out of memory, or the program's files are gone. */
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

  /** `name` is a file in the folder. `here` does the same work without a worker. */
  constructor(
    name: string,
    here: (order: Order) => Promise<Done>,
    { folder = bundledFolder(), limits = null }: { folder?: string | null; limits?: ResourceLimits | null } = {},
  ) {
    this.#file = folder === null ? null : path.join(folder, name);
    this.#here = here;
    this.#limits = limits;
  }

  /** Whether any task was sent. */
  get isUsed(): boolean {
    return this.#count > 0;
  }

  /** Starts the worker in advance, because starting takes a while. */
  warmUp(): void {
    if (this.#file !== null) this.#worker ??= this.#start(this.#file);
  }

  /** Throws what the work throws: an ExpectedError with the same fields, or a copy of any other error. */
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

  /** Ends the worker. Unfinished tasks fail. */
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
    // Ignored, because `exit` always follows.
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
