/**
 * Finishes printed PDFs beside the browser's work: in a thread of its own, so that the next deck is shown meanwhile. Where the program is not bundled
 * there is no file for a thread to run; then it is done in this one.
 */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { ExpectedError } from '../shared/errors.ts';
import type { Answer, Ordered } from './finish-worker.ts';
import { type Finished, type FinishOrder, finishAndInspect } from './finishing.ts';

export interface Finisher {
  /** Throws as finishPdf does. */
  finish(order: FinishOrder): Promise<Finished>;
  /** Starts the thread, which takes a while until it can do something. */
  warmUp(): void;
  close(): Promise<void>;
}

/** The folder of the bundled program, put there by program.js. */
declare const BUNDLED_FOLDER: string | undefined;

/** `folder` holds the file that a thread runs; null where there is none. */
export function openFinisher(folder = typeof BUNDLED_FOLDER === 'undefined' ? null : BUNDLED_FOLDER): Finisher {
  if (folder === null) return { finish: finishAndInspect, warmUp() {}, async close() {} };
  return new FinisherThread(path.join(folder, 'finish-worker.js'));
}

/** The thread ended before its answer came: no memory, or the program's files are gone. */
class ThreadLost extends Error {}

interface Waiting {
  resolve(finished: Finished): void;
  reject(reason: unknown): void;
}

class FinisherThread implements Finisher {
  readonly #file: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #count = 0;
  #closed = false;

  constructor(file: string) {
    this.#file = file;
  }

  warmUp(): void {
    this.#worker ??= this.#start();
  }

  async finish(order: FinishOrder): Promise<Finished> {
    try {
      return await this.#send(order);
    } catch (error) {
      if (error instanceof ThreadLost && !this.#closed) return finishAndInspect(order);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker?.terminate();
  }

  async #send(order: FinishOrder): Promise<Finished> {
    if (this.#closed) throw new ThreadLost('the session is closed');
    this.warmUp();
    const id = this.#count;
    this.#count += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker?.postMessage({ id, order } satisfies Ordered);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#file);
    worker.on('message', (answer: Answer) => this.#take(answer));
    // What it says of its end comes with `exit` in any case.
    worker.on('error', () => {});
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = null;
      for (const { reject } of this.#waiting.values()) reject(new ThreadLost());
      this.#waiting.clear();
    });
    return worker;
  }

  #take(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.type === 'finished') waiting?.resolve(answer.finished);
    else if (answer.type === 'thrown') waiting?.reject(answer.error);
    else waiting?.reject(new ExpectedError(answer.message, answer.hint === null ? {} : { hint: answer.hint }));
  }
}
