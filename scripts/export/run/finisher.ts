/** Finishes printed PDFs beside the browser's work: in a thread of its own, so that the next deck is shown meanwhile. */
import { OrderThread } from '../../shared/order-thread.ts';
import { type Finished, type FinishOrder, finishAndInspect } from './finishing.ts';

export interface Finisher {
  /** Throws as finishPdf does. */
  finish(order: FinishOrder): Promise<Finished>;
  /** Starts the thread, which takes a while until it can do something. */
  warmUp(): void;
  close(): Promise<void>;
}

/** `folder` holds the file that the thread runs, and null means none; that of the program when not given. */
export function openFinisher(folder?: string | null): Finisher {
  const thread = new OrderThread<FinishOrder, Finished>('finish-worker.mjs', finishAndInspect, folder === undefined ? {} : { folder });
  return { finish: (order) => thread.send(order), warmUp: () => thread.warmUp(), close: () => thread.close() };
}
